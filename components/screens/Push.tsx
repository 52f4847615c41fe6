import { useMemo, useState } from 'react';
import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { PushPlan, PushRow, PushRowResult } from '../../src/domain/push.ts';
import { ago } from '../../src/views/ages.ts';
import { keyOfAction } from '../../src/views/keymap.ts';
import { filterablePush, planHead, pushColumns, pushDetail, pushFields, pushId } from '../../src/views/push-columns.ts';
import type { Actions } from '../key-desk.ts';
import { Lines } from '../parts/Line.tsx';
import { ListView } from '../parts/ListView.tsx';
import { useApply } from '../use-apply.ts';
import { useDesk } from '../use-desk.ts';
import { useIdKeys } from '../use-id-keys.ts';
import { useQuery } from '../use-query.ts';

type PushProps = { readonly productIds?: readonly ProductId[]; readonly shopIds?: readonly ShopId[] };
const none: readonly PushRow[] = [];
const noResults: ReadonlyMap<string, PushRowResult> = new Map();

/** What would be told to the shops: a plan with the sum of each row, then that very plan applied. */
export function Push({ productIds, shopIds }: PushProps) {
  const { services, words, telling, act, say, go } = useDesk();
  const narrowed = productIds !== undefined || shopIds !== undefined;
  const [made, setMade] = useState<PushPlan>();
  const [results, setResults] = useState(noResults);
  const [differing, setDiffering] = useState(true);
  const newest = useQuery(`plans ${narrowed}`, async () => (narrowed ? undefined : (await services.plans())[0]));
  const plan = made ?? newest.value;
  const idKeys = useIdKeys();

  const make = (): void =>
    act(async () => {
      say(words.screen.planning, 'quiet');
      const next = await services.planPush({ ...(productIds ? { productIds } : {}), ...(shopIds ? { shopIds } : {}) });
      setResults(noResults);
      setMade(next);
      say(words.screen.planned(String(next.rows.length)));
    });
  const apply = useApply((done) => setResults(new Map(done.map((result) => [pushId(result), result]))));
  const columns = useMemo(() => pushColumns(telling(), results), [telling, results]);
  const rows = useMemo(
    () => (plan?.rows ?? none).filter((row) => !differing || row.kind === 'send' || row.why !== 'unchanged'),
    [plan, differing],
  );
  const ready = plan !== undefined && plan.appliedAt === undefined && results.size === 0;
  const actions = (row: PushRow | undefined): Actions => ({
    push: make,
    'next-tab': () => setDiffering((now) => !now),
    ...(ready ? { apply: () => apply(plan) } : {}),
    ...(row === undefined
      ? {}
      : {
          ...idKeys(row.productId, row.shopId, row.sku ?? row.name),
          open: () => go({ screen: 'product', productId: row.productId, shopId: row.shopId, tab: 'stock' }),
        }),
  });
  const { now } = telling();
  const age = plan === undefined ? '' : ago(plan.madeAt, now, words);
  const state =
    plan === undefined
      ? words.screen.noPlan(keyOfAction('push'))
      : plan.appliedAt !== undefined || results.size > 0
        ? words.screen.planApplied(age)
        : plan.expiresAt < now
          ? words.screen.planOld(age, keyOfAction('push'))
          : words.screen.planReady(age, keyOfAction('apply'));
  return (
    <ListView
      answer={newest}
      rows={rows}
      idOf={pushId}
      columns={columns}
      filterable={filterablePush}
      fields={pushFields}
      head={plan === undefined ? [] : planHead(plan, words)}
      above={{ lines: 1, body: <Lines lines={[[{ text: `   ${state}`, tone: ready ? 'accent' : 'quiet' }]]} /> }}
      empty={
        plan === undefined
          ? { said: words.screen.noPlanTitle, todo: words.screen.noPlanTodo }
          : { said: words.screen.nothingToPush }
      }
      detail={(row, width) => pushDetail(row, telling(), width)}
      actions={actions}
      exportName="push-plan"
    />
  );
}
