import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import type { IdHolding } from '../../src/services/services.ts';
import type { Hint } from '../../src/views/input/keymap.ts';
import { holdingColumns, holdingDetail, holdingId } from '../../src/views/products/holding-lines.ts';
import { useCopy } from '../acts/use-copy.ts';
import { useShopLink } from '../acts/use-shop-link.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useProductKeys } from '../keys/use-product-keys.ts';
import { useFilter } from '../lists/use-filter.ts';
import { useList } from '../lists/use-list.ts';
import { EmptyNote } from '../parts/EmptyNote.tsx';
import { FilterLine } from '../parts/FilterLine.tsx';
import { Line } from '../parts/Line.tsx';
import { Table } from '../parts/Table.tsx';
import { Trouble } from '../parts/Trouble.tsx';

const none: readonly IdHolding[] = [];
const searchHints: readonly Hint[] = [
  { key: 'enter', does: 'search' },
  { key: 'escape', does: 'let-go' },
];
/** Lines of the table at most; under it stands who holds the id and who wants it. */
const tableLines = 8;

/** Who holds a product id, in which shop, and who else wants it. "Nobody" is an answer. */
export function ShopIdSearch({ text }: { readonly text?: string }) {
  const { services, words, room, keep, telling, go, entry } = useDesk();
  const search = useFilter({
    start: text,
    open: text === undefined && entry.memory.filter === undefined,
    hints: searchHints,
  });
  const asked = search.text.trim();
  const answer = useQuery(`holds ${asked}`, async () => (asked === '' ? none : services.whoHolds(asked)));
  const holdings = asked === '' ? none : (answer.value ?? none);
  const ids = useMemo(() => holdings.map(holdingId), [holdings]);
  const list = useList({ ids }, Math.min(tableLines, Math.max(1, room.rows - 3)));
  const holding = holdings.find((one) => holdingId(one) === list.cursor);
  const products = holdings.flatMap((one) =>
    [one.holder, one.formerHolder?.product, ...one.claimants].flatMap((product) => product ?? []),
  );
  const said = telling(products);
  const columns = useMemo(() => holdingColumns(said), [said]);
  const product = holding?.holder ?? holding?.formerHolder?.product ?? holding?.claimants[0];
  const copy = useCopy();
  const showLink = useShopLink();
  const adminUrl = holding?.listing?.adminUrl;
  const productKeys = useProductKeys()(product, holding?.shop.id);
  useEffect(() => keep({ cursor: list.cursor, filter: search.text }));
  useKeys({
    level: 'screen',
    actions: {
      ...list.moves,
      ...productKeys,
      find: search.show,
      'shop-id': search.show,
      ...(asked === '' ? {} : { back: search.clear }),
      ...(adminUrl === undefined || holding === undefined
        ? {}
        : { 'shop-link': () => showLink(adminUrl, holding.shop.name) }),
      ...(holding === undefined ? {} : { copy: () => copy(holding.ref.shopProductId, holding.ref.shopProductId) }),
      ...(holding === undefined
        ? {}
        : {
            open: () => {
              if (holding.conflict !== undefined) go({ screen: 'conflict', ref: holding.conflict.ref });
              else if (product !== undefined) go({ screen: 'product', productId: product.id, shopId: holding.shop.id });
            },
          }),
    },
  });
  if (answer.error !== undefined && answer.value === undefined) return <Trouble error={answer.error} />;
  const detail = holding === undefined ? [] : holdingDetail(holding, said, room.columns - 6);
  return (
    <Box flexDirection="column" width="100%">
      <FilterLine
        head={[{ text: words.screen.shopIdHint, tone: 'quiet' }]}
        label={words.domain.shopProductId}
        filter={search}
        count={asked === '' ? '' : String(holdings.length)}
        width={room.columns}
      />
      {asked === '' ? <EmptyNote said={words.screen.shopIdEmpty} todo={words.screen.shopIdEmptyTodo} /> : undefined}
      {asked !== '' && holdings.length === 0 && !answer.waiting ? (
        <EmptyNote said={words.screen.nobodyHolds(asked)} todo={words.screen.nobodyHoldsTodo} />
      ) : undefined}
      {holdings.length > 0 ? (
        <>
          <Table columns={columns} rows={holdings} list={list.state} width={room.columns - 1} about={asked} />
          <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
            {detail.slice(0, Math.max(0, room.rows - 3 - Math.min(tableLines, holdings.length))).map((line, index) => (
              <Line key={index} pieces={line} />
            ))}
          </Box>
        </>
      ) : undefined}
    </Box>
  );
}
