import { Box } from 'ink';
import { useMemo } from 'react';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import { eventColumns } from '../../src/views/history/event-columns.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { ofHistory } from '../runtime/store-changes.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { Table } from '../widgets/Table.tsx';

const maxEvents = 500;
const none: readonly never[] = [];

type TimelineTabProps = {
  readonly card: ProductCard;
  readonly rows: number;
  /** Cells of the tab: it may not have the whole window. */
  readonly cells: number;
};

/** Everything that happened to one product, over all shops, newest first. */
export function TimelineTab({ card, rows, cells }: TimelineTabProps) {
  const { services, formatFor, words } = useApp();
  const { product } = card;
  const query = useQuery(
    `timeline ${product.id}`,
    () => services.history.list({ productId: product.id, limit: maxEvents }),
    ofHistory(product.id),
  );
  const events = query.value ?? none;
  const ids = useMemo(() => events.map((event) => String(event.seq)), [events]);
  const list = useList({ ids }, Math.max(1, rows - 1));
  const keys = useProductBindings()(product);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys, timeline: undefined } });
  const columns = useMemo(() => eventColumns(formatFor([product]), product), [formatFor, product]);
  return (
    <Box flexDirection="column">
      {events.length === 0 && !query.loading ? (
        <EmptyState said={words.screen.nothingHappened} />
      ) : (
        <Table
          columns={columns}
          rows={events}
          list={list.state}
          onMove={list.move}
          width={cells - 1}
          queryKey="timeline"
        />
      )}
    </Box>
  );
}
