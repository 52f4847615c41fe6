import { Box } from 'ink';
import { useMemo } from 'react';
import type { ProductCard } from '../../../src/services/services.ts';
import { eventColumns } from '../../../src/views/happenings/event-columns.ts';
import { useDesk } from '../../desk/use-desk.ts';
import { useQuery } from '../../desk/use-query.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useProductKeys } from '../../keys/use-product-keys.ts';
import { useList } from '../../lists/use-list.ts';
import { EmptyNote } from '../EmptyNote.tsx';
import { Table } from '../Table.tsx';

const most = 500;
const none: readonly never[] = [];

/** Everything that happened to one product, over all shops, newest first. */
export function TimelineTab({ card, rows }: { readonly card: ProductCard; readonly rows: number }) {
  const { services, telling, words, room } = useDesk();
  const { product } = card;
  const answer = useQuery(`timeline ${product.id}`, () => services.timeline({ productId: product.id, limit: most }));
  const events = answer.value ?? none;
  const ids = useMemo(() => events.map((event) => String(event.seq)), [events]);
  const list = useList({ ids }, Math.max(1, rows - 1));
  const keys = useProductKeys()(product);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys } });
  const columns = useMemo(() => eventColumns(telling([product])), [telling, product]);
  return (
    <Box flexDirection="column">
      {events.length === 0 && !answer.waiting ? (
        <EmptyNote said={words.screen.nothingHappened} />
      ) : (
        <Table columns={columns} rows={events} list={list.state} width={room.columns - 1} about="timeline" />
      )}
    </Box>
  );
}
