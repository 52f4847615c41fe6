import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import type { LookUpHit } from '../../src/services/services.ts';
import type { Hint } from '../../src/views/input/keymap.ts';
import { chosenIds } from '../../src/views/input/list-state.ts';
import { number } from '../../src/views/numbers.ts';
import { hitId, hitLines, lookUpColumns } from '../../src/views/products/look-up-lines.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useProductKeys } from '../keys/use-product-keys.ts';
import { useBulk } from '../lists/use-bulk.ts';
import { useFilter } from '../lists/use-filter.ts';
import { useFreshMarks } from '../lists/use-fresh-marks.ts';
import { useList } from '../lists/use-list.ts';
import { usePaneCard } from '../lists/use-pane-card.ts';
import { openProduct } from '../open-product.ts';
import { DetailPane, detailWidth, paneLines } from '../parts/DetailPane.tsx';
import { EmptyNote } from '../parts/EmptyNote.tsx';
import { FilterLine } from '../parts/FilterLine.tsx';
import { Table } from '../parts/Table.tsx';
import { Today } from '../parts/Today.tsx';
import { Trouble } from '../parts/Trouble.tsx';

const most = 200;
const none: readonly LookUpHit[] = [];

const searchHints: readonly Hint[] = [
  { key: 'enter', does: 'search' },
  { key: 'down', does: 'choose-row' },
  { key: 'escape', does: 'let-go' },
];

/** Finds a product by whatever was typed, pasted or scanned, and says what matched. Empty, it shows what needs doing today. */
export function ProductLookup({ text }: { readonly text?: string }) {
  const desk = useDesk();
  const { services, words, room, keep, telling, go } = desk;
  const search = useFilter({
    start: text,
    onKey: (name) => {
      if (name === 'down') list.act({ type: 'move', by: 1 });
      else if (name === 'up') list.act({ type: 'move', by: -1 });
      return name === 'down' || name === 'up';
    },
    onEnter: (text) => {
      // Typed faster than the answer came: what stands there still answers an older text.
      const typed = text.trim();
      if (typed !== '' && answer.value?.asked !== typed) openProduct(desk, typed);
      else if (hits.length === 1) openHit(hits[0]);
    },
    onScan: (code) => openProduct(desk, code),
    hints: searchHints,
  });
  const asked = search.text.trim();
  const answer = useQuery(`look up ${asked}`, async () => (asked === '' ? undefined : services.lookUp(asked, most)));
  const hits = (asked === '' ? undefined : answer.value?.hits) ?? none;
  const ids = useMemo(() => hits.map(hitId), [hits]);
  const side = detailWidth(room.columns);
  const list = useList({ ids }, Math.max(1, room.rows - 2));
  const hit = hits.find((one) => hitId(one) === list.cursor);
  const columns = useMemo(() => lookUpColumns(words), [words]);
  const productKeys = useProductKeys()(hit?.product);
  const { state } = list;
  const bulk = useBulk();
  useFreshMarks(asked, list.act);
  const bulkMarked = (): void => {
    const chosen = new Set(chosenIds(state));
    bulk(hits.flatMap((one) => (one.product !== undefined && chosen.has(hitId(one)) ? [one.product] : [])));
  };

  const pane = usePaneCard(side === 0 ? undefined : hit?.product?.id);
  const own = side === 0 || hit === undefined ? [] : hitLines(hit, telling(), side - 4);

  const openHit = (one: LookUpHit | undefined): void => {
    if (one?.product !== undefined) go({ screen: 'product', productId: one.product.id });
    else if (one?.listing !== undefined) go({ screen: 'shop-id', text: one.listing.ref.shopProductId });
  };
  useEffect(() => keep({ cursor: list.cursor, marks: [...state.marks], filter: search.text }));
  useKeys({
    level: 'screen',
    actions: {
      ...(hits.length === 0
        ? {}
        : { ...list.moves, ...list.marking, open: () => openHit(hit), bulk: bulkMarked, ...productKeys }),
      find: search.show,
      lookup: search.show,
      ...(asked === '' ? {} : { back: search.clear }),
    },
  });

  const found = `${number(hits.length, words)}${answer.value?.more === true ? '+' : ''}`;
  const marked = state.marks.size === 0 ? '' : `${words.screen.marked(number(state.marks.size, words), '')} · `;
  const count = asked === '' ? '' : `${marked}${found}`;
  const width = room.columns - (hits.length > 0 ? side : 0);
  if (answer.error !== undefined && answer.value === undefined) return <Trouble error={answer.error} />;
  return (
    <Box width="100%">
      <Box flexDirection="column" width={width} flexShrink={0}>
        <FilterLine
          head={[{ text: words.screen.lookupHint, tone: 'quiet' }]}
          label={words.screen.find}
          filter={search}
          count={count}
          width={width}
        />
        {hits.length > 0 ? (
          <Table columns={columns} rows={hits} list={state} width={width - 1} about={asked} />
        ) : undefined}
        {asked === '' ? <Today rows={room.rows - 1} /> : undefined}
        {asked !== '' && hits.length === 0 && !answer.waiting ? (
          <EmptyNote said={words.screen.foundNothing(asked)} todo={words.screen.foundNothingTodo} />
        ) : undefined}
      </Box>
      {side === 0 || hits.length === 0 ? undefined : (
        <DetailPane
          width={side}
          rows={room.rows}
          lines={paneLines(own, pane, telling, { width: side - 4, rows: room.rows })}
        />
      )}
    </Box>
  );
}
