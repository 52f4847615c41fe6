import { useMemo, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import { number, roundMoney } from '../../src/views/format/numbers.ts';
import { inactiveDetail, rungCounts } from '../../src/views/inactive/inactive-detail.ts';
import { inactiveExport } from '../../src/views/inactive/inactive-export.ts';
import {
  filterableInactiveProduct,
  type InactiveProduct,
  inactiveFooter,
  inactiveProductColumns,
  inactiveProductFields,
  inactiveProductId,
  inactiveProducts,
  reportSize,
} from '../../src/views/inactive/inactive-products.ts';
import { useTick } from '../actions/use-tick.ts';
import { useVerify } from '../actions/use-verify.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useRowBindings } from '../key-bindings/use-row-bindings.ts';
import { inactive } from '../plain/inactive-page.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

const maxRows = 5_000;
/** Products whose shops are asked for one by one; the list is sorted, so they are the ones that are looked at. */
const maxPlaces = 500;
/** Cells of the line of counts that are kept for how many of how many, with what is marked. */
const besideCounts = 30;
const none: readonly InactiveProduct[] = [];

/** Goods on the shelf that perhaps nobody can buy, a product a line that opens by shop, the surest and most valuable first. */
export function InactiveWithStock({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, formatFor, go, openDialog, entry, viewport } = useApp();
  const [ticked, setTicked] = useState(entry.memory.ticked === true);
  const query = useQuery(`inactive ${shopId ?? ''} ${ticked}`, () =>
    services.inactive.list({
      withTicked: ticked,
      limit: maxRows,
      shopIds: shopId === undefined ? undefined : [shopId],
    }),
  );
  const report = query.value;
  const products = useMemo(() => (report === undefined ? none : inactiveProducts(report.rows)), [report]);
  const shown = products.slice(0, maxPlaces).map(({ productId }) => productId);
  // What every shop says of them comes after the list: it stands in the same lines and moves none.
  const list = useQuery(`places ${shown.join(' ')}`, () => services.lookup.many(shown));
  const columns = useMemo(() => {
    const places = new Map(list.value?.hits.map((hit) => [hit.product?.id, hit.places]));
    return inactiveProductColumns(formatFor(), (id) => places.get(id));
  }, [formatFor, list.value]);
  const tick = useTick();
  const verify = useVerify();
  const idKeys = useRowBindings();
  const actions = (
    product: InactiveProduct | undefined,
    chosenProducts: readonly InactiveProduct[],
    clearMarks: () => void,
  ): Actions => {
    const row = product?.worst;
    const chosen = chosenProducts.flatMap(({ rows }) => rows);
    return {
      'next-tab': () => setTicked((now) => !now),
      'previous-tab': () => setTicked((now) => !now),
      ...(row === undefined
        ? {}
        : {
            ...idKeys(row.productId, row.shopId, row.sku ?? row.name),
            open: () => go({ screen: 'product', productId: row.productId, shopId: row.shopId }),
            tick: () => tick(chosen, clearMarks),
            verify: () => verify(chosen, clearMarks),
            bulk: () =>
              openDialog({
                kind: 'menu',
                title: words.screen.bulkLines(number(chosen.length, words)),
                choices: [
                  { label: words.screen.bulkVerify, run: () => verify(chosen, clearMarks) },
                  { label: words.screen.bulkTick, run: () => tick(chosen, clearMarks) },
                ],
              }),
          }),
    };
  };
  const value = report?.value.map((amount) => roundMoney(amount, words)).join(' + ') ?? '';
  return (
    <ListView
      query={query}
      rows={products}
      idOf={inactiveProductId}
      columns={columns}
      filterable={filterableInactiveProduct}
      fields={inactiveProductFields}
      head={report === undefined ? [] : rungCounts(report, words, viewport.columns - besideCounts)}
      above={{
        lines: 1,
        body: (
          <TextLines
            lines={[
              [
                {
                  text: `   ${report === undefined ? '' : reportSize(products.length, report.total, words)}`,
                  tone: 'strong',
                },
                { text: `   ${value === '' ? '' : words.screen.atRisk(value)}`, tone: 'waiting' },
                {
                  text:
                    ticked || (report?.ticked ?? 0) > 0
                      ? `   ${words.screen.ticked(number(report?.ticked ?? 0, words), ticked)}`
                      : '',
                  tone: 'quiet',
                },
                {
                  text:
                    (report?.withoutSales.length ?? 0) > 0
                      ? `   ◐ ${words.screen.withoutSales(report?.withoutSales.join(', ') ?? '')}`
                      : '',
                  tone: 'waiting',
                },
              ],
            ]}
          />
        ),
      }}
      empty={{ said: words.screen.nothingInactive, todo: words.screen.nothingInactiveTodo }}
      detail={(product, width) => inactiveDetail(product, formatFor(), width)}
      footer={(product) => inactiveFooter(product, formatFor())}
      productOf={(product) => product.productId}
      actions={actions}
      exportName="inactive-with-stock"
      exportAs={(chosen) => inactiveExport(chosen, formatFor())}
      memory={{ ticked }}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    inactive: { readonly shopId?: ShopId };
  }
}

/** The screen `inactive`. */
export const inactiveScreen = defineScreen({
  route: 'inactive',
  key: '4',
  command: 'report',
  component: InactiveWithStock,
  plain: { page: inactive },
});
