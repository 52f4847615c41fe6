import { useEffect, useMemo, useRef, useState } from 'react';
import { type ProductId, type ShopId, toPlanId } from '../../src/domain/ids.ts';
import { type PushPlan, type PushRow, type PushRowResult, pushRowKey } from '../../src/domain/push-plan.ts';
import type { ActionLabels } from '../../src/views/keyboard/keymap.ts';
import { isForgotten, isReady, planState } from '../../src/views/push/plan-state.ts';
import { filterablePush, planHead, pushColumns, pushDetail, pushFields } from '../../src/views/push/push-columns.ts';
import { pushFooter } from '../../src/views/push/row-state.ts';
import { useApplyPush } from '../actions/use-apply-push.ts';
import { useApp } from '../context/app-context.ts';
import { answersHeard } from '../context/use-live-answers.ts';
import { useQuery } from '../context/use-query.ts';
import { useWhenIdle } from '../context/use-when-idle.ts';
import { useRowBindings } from '../key-bindings/use-row-bindings.ts';
import { push } from '../plain/push-page.ts';
import { ofTables } from '../runtime/store-changes.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

type PushProps = {
  readonly productIds?: readonly ProductId[];
  readonly shopIds?: readonly ShopId[];
  /** Makes a plan as soon as the screen opens. */
  readonly make?: boolean;
  /** The products were marked where it was opened from: the marks end when all of it went out. */
  readonly marked?: boolean;
};
const none: readonly PushRow[] = [];
const labels: ActionLabels = { 'next-tab': 'other-rows' };
const noResults: ReadonlyMap<string, PushRowResult> = new Map();
const resultsByRow = (done: readonly PushRowResult[]): ReadonlyMap<string, PushRowResult> =>
  new Map(done.map((result) => [pushRowKey(result), result]));

/** What would be told to the shops: a plan with the sum of each row, then that very plan applied. */
export function Push({ productIds, shopIds, make: atOnce = false, marked = false }: PushProps) {
  const { services, words, formatFor, runTask, notify, go, entry, clearMarks, viewport } = useApp();
  const remembered = typeof entry.memory.plan === 'string' ? toPlanId(entry.memory.plan) : undefined;
  const narrowed = productIds !== undefined || shopIds !== undefined;
  const [made, setMade] = useState<PushPlan>();
  const [results, setResults] = useState(noResults);
  const [differing, setDiffering] = useState(entry.memory.all !== true);
  const latest = useQuery(
    `plans ${narrowed} ${remembered ?? ''}`,
    async () => {
      const shown = remembered ?? (narrowed ? undefined : (await services.push.planIds(1))[0]);
      const plan = shown && (await services.push.storedPlan(shown));
      const ended = plan?.appliedAt === undefined ? [] : await services.push.results(plan.id);
      return { plan, ended: resultsByRow(ended), broken: (await services.push.interruptedPlan())?.id };
    },
    ofTables('plans', 'events'),
  );
  const plan = made ?? latest.value?.plan;
  const broken = plan !== undefined && latest.value?.broken === plan.id;
  const idKeys = useRowBindings();
  const whenIdle = useWhenIdle();
  const apply = useApplyPush((done, isWhole) => {
    setResults(resultsByRow(done));
    if (marked && isWhole) clearMarks();
  });

  const make = (): void =>
    runTask(words.screen.planning, async () => {
      const once = whenIdle();
      // What is left of a plan that was broken off is left in its shops.
      const shops = shopIds ?? (broken ? plan?.shopIds : undefined);
      const next = await services.push.plan({
        ...(productIds ? { productIds, answers: answersHeard(services, productIds) } : {}),
        ...(shops ? { shopIds: shops } : {}),
      });
      setResults(noResults);
      setMade(next);
      // One product's figures are looked at as they are sent: the question stands beneath them at once.
      if (productIds?.length === 1 && !services.readOnly && next.rows.some(({ kind }) => kind === 'send'))
        once(() => apply(next));
      notify(words.screen.planned(String(next.rows.length)));
    });
  // A command that named a plan to make has it made once, not again when one comes back.
  const due = useRef(atOnce && remembered === undefined);
  useEffect(() => {
    if (due.current) make();
    due.current = false;
  });
  // What was written down tells of a plan that went out earlier, or from another program.
  const ended = made === undefined && results.size === 0 ? (latest.value?.ended ?? noResults) : results;
  const narrow = viewport.columns < 100;
  const columns = useMemo(() => pushColumns(formatFor(), ended, { narrow }), [formatFor, ended, narrow]);
  const filterable = useMemo(() => filterablePush(ended), [ended]);
  const rows = useMemo(
    () => (plan?.rows ?? none).filter((row) => !differing || row.kind === 'send' || row.why !== 'unchanged'),
    [plan, differing],
  );
  const ready = plan !== undefined && results.size === 0 && isReady(plan, formatFor().now);
  const turn = (): void => {
    setDiffering(!differing);
    notify(differing ? words.screen.planWhole : words.screen.planDiffering, 'quiet');
  };
  const actions = (row: PushRow | undefined): Actions => ({
    push: make,
    ...(plan === undefined
      ? {}
      : {
          'next-tab': turn,
          'previous-tab': turn,
        }),
    ...(ready ? { apply: () => apply(plan) } : {}),
    ...(row === undefined
      ? {}
      : {
          ...idKeys(row.productId, row.shopId, row.sku ?? row.name),
          open: () => go({ screen: 'product', productId: row.productId, shopId: row.shopId, tab: 'stock' }),
        }),
  });
  const state = planState(plan, { applied: results.size > 0, broken }, formatFor());
  return (
    <ListView
      query={latest}
      rows={rows}
      idOf={pushRowKey}
      columns={columns}
      filterable={filterable}
      fields={pushFields}
      head={plan === undefined ? [] : planHead(plan, words, ended)}
      above={{ lines: 1, body: <TextLines lines={[[{ text: `   ${state}`, tone: ready ? 'accent' : 'quiet' }]]} /> }}
      empty={
        plan === undefined || isForgotten(plan, formatFor().now)
          ? { said: words.screen.noPlanTitle, todo: words.screen.noPlanTodo }
          : { said: words.screen.nothingToPush }
      }
      detail={(row, width) => pushDetail(row, formatFor(), width, ended)}
      footer={(row) => pushFooter(row, ended.get(pushRowKey(row)), formatFor())}
      productOf={(row) => row.productId}
      actions={actions}
      labels={labels}
      exportName="push-plan"
      memory={{ plan: plan?.id, all: !differing }}
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    push: PushProps;
  }
}

/** The screen `push`. */
export const pushScreen = defineScreen({
  route: 'push',
  key: '6',
  command: 'push',
  component: Push,
  plain: { page: (context, { productIds, shopIds }) => push(context, { productIds, shopIds }) },
});
