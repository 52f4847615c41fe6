import { Box } from 'ink';
import { useMemo } from 'react';
import { eventColumns } from '../../src/views/history/event-columns.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { ofHistory } from '../runtime/store-changes.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { Table } from '../widgets/Table.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import type { TabProps } from './tab-props.ts';

const maxEvents = 500;
const none: readonly never[] = [];
/** From so many cells on a line holds all; a blank and two lines for it in full, where so many rows are there. */
const wideEnough = 110;
const fullLines = 3;
const fewest = 12;

/** Everything that happened to one product, over all shops, newest first. */
export function TimelineTab({ card, rows, cells }: TabProps) {
  const { services, formatFor, words } = useApp();
  const { product } = card;
  const query = useQuery(
    `timeline ${product.id}`,
    () => services.history.list({ productId: product.id, limit: maxEvents }),
    ofHistory(product.id),
  );
  const events = query.value ?? none;
  const ids = useMemo(() => events.map((event) => String(event.seq)), [events]);
  // Where a line cannot hold all that happened, the one under the cursor is told in full beneath.
  const beneath = cells < wideEnough && rows > fewest ? fullLines : 0;
  const list = useList({ ids }, Math.max(1, rows - 1 - beneath));
  const here = beneath === 0 ? undefined : events.find((event) => String(event.seq) === list.cursor);
  const keys = useProductBindings()(product);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys, timeline: undefined } });
  const columns = useMemo(
    () => eventColumns(formatFor([product, ...card.named]), product),
    [formatFor, product, card.named],
  );
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
      {here === undefined ? undefined : (
        <Box flexDirection="column" paddingLeft={3} marginTop={1 + Math.max(0, list.state.height - events.length)}>
          <TextLines
            lines={wrap(eventLine(here, formatFor([product, ...card.named])).sentence, cells - 5)}
            rows={beneath - 1}
          />
        </Box>
      )}
    </Box>
  );
}
