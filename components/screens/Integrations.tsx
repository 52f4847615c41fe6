import { useCallback, useMemo, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { IntegrationFilter, IntegrationRow } from '../../src/services/integrations/integration-service.ts';
import type { Pattern } from '../../src/services/patterns/pattern-service.ts';
import { number } from '../../src/views/format/numbers.ts';
import {
  filterableIntegration,
  integrationColumns,
  integrationFields,
  integrationId,
} from '../../src/views/integrations/integration-columns.ts';
import { productDetail } from '../../src/views/integrations/integration-detail.ts';
import type { ListSection } from '../../src/views/list/filter-conditions.ts';
import { patternHead } from '../../src/views/patterns/pattern-lines.ts';
import { useBulkActions } from '../actions/use-bulk-actions.ts';
import { useFetchAll } from '../actions/use-fetch-all.ts';
import { useShowShopLink } from '../actions/use-show-shop-link.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { ofShopList } from '../runtime/store-changes.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ListView } from '../widgets/ListView.tsx';
import { TabBar } from '../widgets/TabBar.tsx';
import { TextLine } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

const filters: readonly IntegrationFilter[] = ['all', 'linked', 'missing', 'conflict', 'stock-differs'];
/** Rows of a long list that are loaded at a time, and the step in which the window follows. */
const loaded = 400;
const step = 100;
/** So many lines, in the list's own order, are filtered or put in another order; a word is looked for in all of them. */
const narrowed = 5_000;
const none: readonly IntegrationRow[] = [];

type IntegrationsProps = {
  readonly shopId?: ShopId;
  readonly filter?: IntegrationFilter;
  /** The products of this pattern and no others: what the first page told of as one. */
  readonly pattern?: Pattern;
};

/** Every link of one shop, and every place where one is missing. */
export function Integrations({ shopId: asked, filter: first, pattern }: IntegrationsProps) {
  const { services, words, shops, entry, formatFor, go, viewport } = useApp();
  const only = pattern?.productIds;
  const [chosen, setChosen] = useState<string | undefined>(asked ?? textOf(entry.memory.shopId));
  const [filter, setFilter] = useState<IntegrationFilter>(
    first ?? filters.find((one) => one === entry.memory.show) ?? 'all',
  );
  const [view, setView] = useState<{ from: number; whole: boolean; word?: string }>(viewFrom(entry.memory.from));
  const overview = shops.find((one) => one.shop.id === chosen) ?? shops[0];
  const shopId = overview?.shop.id;
  const { from, word } = view;
  const all = view.whole || only !== undefined;
  const query = useQuery(
    `${shopId} ${filter} ${all ? `all ${word ?? ''}` : from}`,
    async () =>
      shopId === undefined
        ? undefined
        : services.integrations.list(
            shopId,
            all
              ? { filter, text: word, productIds: only, offset: 0, limit: narrowed }
              : { filter, offset: from, limit: loaded },
          ),
    ofShopList(shopId),
  );
  const page = query.value;
  const window = useMemo(
    () =>
      page === undefined || only !== undefined
        ? undefined
        : {
            offset: page.offset,
            total: page.counts[filter],
            isWhole: page.rows.length >= Math.min(page.total, narrowed),
          },
    [page, only, filter],
  );
  const rows = page?.rows ?? none;
  const columns = useMemo(() => integrationColumns(formatFor()), [formatFor]);
  const onView = useCallback(({ top, whole, word }: ListSection) => {
    const start = Math.max(0, Math.floor((top - step) / step) * step);
    setView((before) =>
      before.from === start && before.whole === whole && before.word === word ? before : { from: start, whole, word },
    );
  }, []);
  const bulk = useBulkActions(shopId);
  const fetchAll = useFetchAll(shopId);
  const showLink = useShowShopLink();
  const keys = useProductBindings();
  const move = (by: number): void => {
    const index = shops.findIndex((one) => one.shop.id === shopId);
    setChosen(shops[(index + by + shops.length) % shops.length]?.shop.id);
  };
  const show = (by: number): void =>
    setFilter((now) => filters[(filters.indexOf(now) + by + filters.length) % filters.length] ?? now);
  const actions = (
    here: IntegrationRow | undefined,
    marked: readonly IntegrationRow[],
    clearMarks: () => void,
  ): Actions => {
    const product = here?.product;
    return {
      ...(pattern === undefined
        ? {
            'next-tab': () => show(1),
            'previous-tab': () => show(-1),
            'next-shop': () => move(1),
            'previous-shop': () => move(-1),
          }
        : {}),
      ...(here === undefined
        ? {}
        : {
            ...keys(product, shopId),
            // What is marked is meant, as with every act on rows.
            ...(marked.length > 1 ? { fetch: () => fetchAll(productsOf(marked), clearMarks) } : {}),
            ...(here.listing?.adminUrl === undefined
              ? {}
              : { 'shop-link': () => showLink(here.listing?.adminUrl ?? '', overview?.shop.name ?? '') }),
            bulk: () => bulk(productsOf(marked), clearMarks),
            ...(pattern?.repair === 'fetch-products' || pattern?.repair === 'activate-in-shop-by-hand'
              ? { apply: () => fetchAll(productsOf(rows), clearMarks) }
              : {}),
            open: () => {
              if (product !== undefined) go({ screen: 'product', productId: product.id, shopId });
              else if (here.conflict !== undefined) go({ screen: 'conflict', at: here.conflict.ref });
            },
          }),
    };
  };
  if (overview === undefined) return <EmptyState said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  const isCut = all && page !== undefined && pattern === undefined && page.total > rows.length;
  const lines = pattern && patternHead(pattern, formatFor(), viewport.columns - 6);
  const counted = isCut ? words.screen.firstOf(number(rows.length, words), number(page.total, words)) : '';
  return (
    <ListView
      query={query}
      rows={rows}
      window={window}
      idOf={integrationId}
      columns={columns}
      filterable={filterableIntegration}
      fields={integrationFields}
      head={
        lines === undefined
          ? [
              { text: overview.shop.name, tone: 'accent' },
              { text: `   ← → ${words.screen.otherShop}`, tone: 'quiet' },
              { text: counted === '' ? '' : `  ${counted}`, tone: 'waiting' },
            ]
          : [{ text: lines.last, tone: 'accent' }]
      }
      above={{
        lines: lines?.above.length ?? 1,
        body:
          lines === undefined ? (
            <TabBar
              labels={filters.map((one) => words.screen.show[one])}
              at={filters.indexOf(filter)}
              onChoose={(index) => setFilter((now) => filters[index] ?? now)}
              counts={filters.map((one) => (page === undefined ? undefined : number(page.counts[one], words)))}
            />
          ) : (
            lines.above.map((piece) => <TextLine key={piece.text} pieces={[{ ...piece, text: `   ${piece.text}` }]} />)
          ),
      }}
      empty={words.screen.noIntegrations(filter === 'all' ? '' : words.screen.show[filter])}
      detail={(here, width) => productDetail(here, formatFor(here.product === undefined ? [] : [here.product]), width)}
      productOf={(here) => here.product?.id}
      actions={actions}
      exportName={`integrations-${shopId}`}
      memory={{ shopId, show: filter, from }}
      onView={onView}
    />
  );
}

const productsOf = (rows: readonly IntegrationRow[]): readonly Product[] =>
  rows.flatMap(({ product }) => product ?? []);
const viewFrom = (left: unknown) => ({ from: typeof left === 'number' ? left : 0, whole: false });
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    integrations: IntegrationsProps;
  }
}

/** The screen `integrations`. */
export const integrationsScreen = defineScreen({
  route: 'integrations',
  key: '2',
  command: 'list',
  component: Integrations,
});
