import { useMemo, useState } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive.ts';
import { number, roundMoney } from '../../src/views/numbers.ts';
import {
  filterableInactive,
  inactiveColumns,
  inactiveDetail,
  inactiveFields,
  inactiveId,
  rungCounts,
} from '../../src/views/triage/inactive-columns.ts';
import { useTick } from '../acts/use-tick.ts';
import { useVerify } from '../acts/use-verify.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useIdKeys } from '../keys/use-id-keys.ts';
import { Lines } from '../parts/Line.tsx';
import { ListView } from '../parts/ListView.tsx';
import type { Actions } from '../terminal/key-desk.ts';

const most = 5_000;
const none: readonly InactiveRow[] = [];

/** Goods on the shelf that perhaps nobody can buy, a product and shop a line, the most valuable first. */
export function InactiveWithStock({ shopId }: { readonly shopId?: ShopId }) {
  const { services, words, telling, go, ask, entry } = useDesk();
  const [ticked, setTicked] = useState(entry.memory.ticked === true);
  const answer = useQuery(`inactive ${shopId ?? ''} ${ticked}`, () =>
    services.inactiveWithStock({
      withTicked: ticked,
      limit: most,
      ...(shopId === undefined ? {} : { shopIds: [shopId] }),
    }),
  );
  const report = answer.value;
  const columns = useMemo(() => inactiveColumns(telling()), [telling]);
  const tick = useTick();
  const verify = useVerify();
  const idKeys = useIdKeys();
  const actions = (row: InactiveRow | undefined, chosen: readonly InactiveRow[]): Actions => ({
    'next-tab': () => setTicked((now) => !now),
    ...(row === undefined
      ? {}
      : {
          ...idKeys(row.productId, row.shopId, row.sku ?? row.name),
          open: () => go({ screen: 'product', productId: row.productId, shopId: row.shopId }),
          tick: () => tick(chosen),
          verify: () => verify(chosen),
          bulk: () =>
            ask({
              kind: 'menu',
              title: words.screen.bulkLines(number(chosen.length, words)),
              choices: [
                { label: words.screen.bulkVerify, run: () => verify(chosen) },
                { label: words.screen.bulkTick, run: () => tick(chosen) },
              ],
            }),
        }),
  });
  const value = report?.value.map((amount) => roundMoney(amount, words)).join(' + ') ?? '';
  return (
    <ListView
      answer={answer}
      rows={report?.rows ?? none}
      idOf={inactiveId}
      columns={columns}
      filterable={filterableInactive}
      fields={inactiveFields}
      head={report === undefined ? [] : rungCounts(report, words)}
      above={{
        lines: 1,
        body: (
          <Lines
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
      detail={(row, width) => inactiveDetail(row, telling(), width)}
      productOf={(row) => row.productId}
      actions={actions}
      exportName="inactive-with-stock"
      memory={{ ticked }}
    />
  );
}
