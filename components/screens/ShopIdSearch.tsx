import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import type { IdHolding } from '../../src/services/lookup/lookup-service.ts';
import { contestedLines } from '../../src/views/conflicts/contested-lines.ts';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { holderColumns, holderDetail, holderRowId } from '../../src/views/lookup/holder-lines.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useShowShopLink } from '../actions/use-show-shop-link.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { onOwnScreenKey } from '../keyboard/own-screen-key.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useFilter } from '../list/use-filter.ts';
import { useList } from '../list/use-list.ts';
import { shopId as shopIdPage } from '../plain/search-page.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { FilterBar } from '../widgets/FilterBar.tsx';
import { Table } from '../widgets/Table.tsx';
import { TextLine, TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

const none: readonly IdHolding[] = [];
const isWanted = ({ conflict }: IdHolding): boolean => conflict !== undefined;
const searchHints: readonly Hint[] = [
  { key: 'enter', does: 'search' },
  { key: 'escape', does: 'let-go' },
];
/** Lines of the table at most; under it stands who holds the id and who wants it. */
const tableLines = 8;
/** Conflicts that are told of while nothing is looked for, and the lines that stand above them. */
const maxContested = 20;
const linesAbove = 6;

/** Who holds a product id, in which shop, and who else wants it. "Nobody" is an answer. */
export function ShopIdSearch({ text }: { readonly text?: string }) {
  const { services, words, viewport, saveState, formatFor, go, entry, screens } = useApp();
  const search = useFilter({
    start: text,
    open: text === undefined && entry.memory.filter === undefined,
    keepsText: true,
    hints: searchHints,
  });
  const asked = search.text.trim();
  const query = useQuery(`holds ${asked}`, async () => (asked === '' ? none : services.lookup.holders(asked)));
  const contested = useQuery(`contested ${asked === ''}`, async () =>
    asked === '' ? services.conflicts.list({ limit: maxContested }) : [],
  );
  // Where two want an id is what somebody has to look at: it comes first.
  const holdings = useMemo(
    () => (asked === '' ? none : (query.value ?? none).toSorted((a, b) => Number(isWanted(b)) - Number(isWanted(a)))),
    [asked, query.value],
  );
  const ids = useMemo(() => holdings.map(holderRowId), [holdings]);
  const list = useList({ ids }, Math.min(tableLines, Math.max(1, viewport.rows - 3)));
  const holding = holdings.find((one) => holderRowId(one) === list.cursor);
  const products = holdings.flatMap((one) =>
    [one.holder, one.formerHolder?.product, ...one.claimants].flatMap((product) => product ?? []),
  );
  const said = formatFor(products);
  const columns = useMemo(() => holderColumns(said), [said]);
  const product = holding?.holder ?? holding?.formerHolder?.product ?? holding?.claimants[0];
  const copy = useCopy();
  const showLink = useShowShopLink();
  const adminUrl = holding?.listing?.adminUrl;
  const productKeys = useProductBindings()(product, holding?.shop.id);
  useEffect(() => saveState({ cursor: list.cursor, filter: search.text }));
  useKeys({
    level: 'screen',
    handleKey: onOwnScreenKey({ screens, entry }, search.anew),
    actions: {
      ...list.moves,
      ...productKeys,
      find: search.anew,
      ...(asked === '' ? {} : { back: search.clear }),
      ...(adminUrl === undefined || holding === undefined
        ? {}
        : { 'shop-link': () => showLink(adminUrl, holding.shop.name) }),
      copy: holding === undefined ? undefined : () => copy(holding.ref.shopProductId, holding.ref.shopProductId),
      open:
        holding === undefined
          ? undefined
          : () => {
              if (holding.conflict !== undefined) go({ screen: 'conflict', at: holding.conflict.ref });
              else if (product !== undefined) go({ screen: 'product', productId: product.id, shopId: holding.shop.id });
            },
    },
  });
  if (query.error !== undefined && query.value === undefined) return <ErrorView error={query.error} />;
  const detail = holding === undefined ? [] : holderDetail(holding, said, viewport.columns - 6);
  return (
    <Box flexDirection="column" width="100%">
      <FilterBar
        head={[{ text: words.screen.shopIdHint, tone: 'quiet' }]}
        label={words.domain.shopProductId}
        filter={search}
        count={asked === '' ? '' : String(holdings.length)}
        width={viewport.columns}
      />
      {asked === '' ? (
        <>
          <EmptyState said={words.screen.shopIdEmpty} todo={words.screen.shopIdEmptyTodo} />
          <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
            <TextLines
              lines={contestedLines(contested.value ?? [], said, viewport.columns - 6)}
              rows={Math.max(0, viewport.rows - linesAbove)}
            />
          </Box>
        </>
      ) : undefined}
      {asked !== '' && holdings.length === 0 && !query.loading ? (
        <EmptyState said={words.screen.nobodyHasId(asked)} todo={words.screen.nobodyHasIdTodo} />
      ) : undefined}
      {holdings.length > 0 ? (
        <>
          <Table
            columns={columns}
            rows={holdings}
            list={list.state}
            onMove={list.move}
            width={viewport.columns - 1}
            queryKey={asked}
          />
          <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
            {detail
              .slice(0, Math.max(0, viewport.rows - 3 - Math.min(tableLines, holdings.length)))
              .map((line, index) => (
                <TextLine key={index} pieces={line} />
              ))}
          </Box>
        </>
      ) : undefined}
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    'shop-id': { readonly text?: string };
  }
}

/** The screen `shop-id`. */
export const shopIdScreen = defineScreen({
  route: 'shop-id',
  key: '3',
  component: ShopIdSearch,
  plain: { page: (context, { text }) => shopIdPage(context, text) },
});
