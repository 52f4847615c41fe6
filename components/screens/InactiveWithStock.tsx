import { useMemo, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import { number, roundMoney } from '../../src/views/format/numbers.ts';
import {
  filterableInactive,
  inactiveColumns,
  inactiveDetail,
  inactiveFields,
  inactiveId,
  rungCounts,
} from '../../src/views/inactive/inactive-columns.ts';
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
const none: readonly InactiveRow[] = [];

/** Goods on the shelf that perhaps nobody can buy, a product and shop a line, the most valuable first. */
export function InactiveWithStock({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, formatFor, go, openDialog, entry } = useApp();
  const [ticked, setTicked] = useState(entry.memory.ticked === true);
  const query = useQuery(`inactive ${shopId ?? ''} ${ticked}`, () =>
    services.inactive.list({
      withTicked: ticked,
      limit: maxRows,
      shopIds: shopId === undefined ? undefined : [shopId],
    }),
  );
  const report = query.value;
  const columns = useMemo(() => inactiveColumns(formatFor()), [formatFor]);
  const tick = useTick();
  const verify = useVerify();
  const idKeys = useRowBindings();
  const actions = (row: InactiveRow | undefined, chosen: readonly InactiveRow[], clearMarks: () => void): Actions => ({
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
  });
  const value = report?.value.map((amount) => roundMoney(amount, words)).join(' + ') ?? '';
  return (
    <ListView
      query={query}
      rows={report?.rows ?? none}
      idOf={inactiveId}
      columns={columns}
      filterable={filterableInactive}
      fields={inactiveFields}
      head={report === undefined ? [] : rungCounts(report, words)}
      above={{
        lines: 1,
        body: (
          <TextLines
            lines={[
              [
                { text: `   ${value === '' ? '' : words.screen.atRisk(value)}`, tone: 'strong' },
                { text: `   ${words.screen.ticked(number(report?.ticked ?? 0, words), ticked)}`, tone: 'quiet' },
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
      detail={(row, width) => inactiveDetail(row, formatFor(), width)}
      productOf={(row) => row.productId}
      actions={actions}
      exportName="inactive-with-stock"
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
