import type { Actor } from '../../domain/actor.ts';
import type { Changes } from '../../domain/changes.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { later, toProductId, toRunId } from '../../domain/ids.ts';
import type { ChangeSet } from '../../domain/reconcile/change-set.ts';
import type { ReconcileContext } from '../../domain/reconcile/reconcile-context.ts';
import type { ClockReading } from '../../domain/server-clock.ts';
import type { Run, Shop, ShopState } from '../../domain/shop.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import type { StoreReader } from '../../ports/store.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { forgetStrangersOf } from './forget-strangers.ts';
import { countUp, noCounts } from './run-counts.ts';
import type { SyncProgress, SyncRequest } from './sync-service.ts';

/** One sync of one shop while it goes on. `run` is what is saved of it, with every page. */
export type SyncSession = {
  readonly deps: ServiceDependencies;
  readonly shop: Shop;
  readonly request: SyncRequest;
  readonly signal: AbortSignal;
  /** Aborts when another process took the shop over; then nothing more may be written. */
  readonly lost: AbortSignal;
  /** What the clock had counted when this process began, what had been seen by then (for the rate), and the page that it went on from. */
  readonly began: { readonly at: number; readonly seen: number; readonly cursor?: string };
  /** Milliseconds that earlier parts of this run took. */
  readonly workedBefore: number;
  readonly progress: SyncProgressState;
};
/** How far a sync has come: the one part of it that changes as it goes on. */
type SyncProgressState = {
  run: Run;
  /** Listings that the shop says it has. */
  total?: number;
  /** How the shop's clock stood to ours since the run's first page. */
  clock: ClockReading;
};
/** A sync that has somebody to ask. */
export type ConnectedSession = SyncSession & { readonly connector: ShopConnector };

const resumableForMs = 60 * 60_000;
/** What lies further ahead of us came from a clock that was wrong. */
const aheadMs = 60 * 60_000;
const fullEveryMs = 24 * 60 * 60_000;

export const stateOf = async (now: StoreReader, shop: Shop): Promise<ShopState> =>
  (await now.shopStates()).find(({ shopId }) => shopId === shop.id) ?? { shopId: shop.id };

/** Changes are enough where the platform can name them, while the last complete sync is not too old. */
function kindOf(deps: ServiceDependencies, shop: Shop, state: ShopState, full: boolean): Run['kind'] {
  if (full || state.watermark === undefined || state.lastComplete === undefined) return 'full';
  // Many links would have gone by what the shop told by itself: only the whole shop shows whether they are to.
  if (state.heldSignals !== undefined) return 'full';
  const ahead = later(deps.clock.now(), aheadMs);
  if (state.watermark > ahead || state.lastComplete.at > ahead) return 'full';
  if (deps.connectors.driver(shop.platform)?.capabilities.since !== true) return 'full';
  return later(state.lastComplete.at, fullEveryMs) < deps.clock.now() ? 'full' : 'changes';
}

/** The run that was cut off, when it is recent and would be read the same way; its cursor still stands. */
function unfinished(deps: ServiceDependencies, state: ShopState, kind: Run['kind']): Run | undefined {
  const { run } = state;
  if (run === undefined || run.status === 'finished' || run.kind !== kind) return undefined;
  if (run.cursor === undefined && run.readToEnd !== true) return undefined;
  const now = deps.clock.now();
  return later(run.startedAt, resumableForMs) < now || run.startedAt > later(now, aheadMs) ? undefined : run;
}

/** Goes on with the run that was cut off, or begins a new one. */
export async function beginRun(deps: ServiceDependencies, shop: Shop, full: boolean): Promise<Run> {
  const state = await stateOf(deps.store, shop);
  const kind = kindOf(deps, shop, state, full);
  const cut = unfinished(deps, state, kind);
  if (cut === undefined && state.run !== undefined && state.run.status !== 'finished') {
    await forgetStrangersOf(deps, shop, state.run.id);
  }
  const run: Run = cut
    ? { ...cut, status: 'running', endedAt: undefined, outcome: undefined, trouble: undefined }
    : {
        id: toRunId(deps.newId()),
        shopId: shop.id,
        kind,
        startedAt: deps.clock.now(),
        status: 'running',
        counts: noCounts,
      };
  await deps.store.change(async (now) => ({
    put: { shopStates: [{ ...(await stateOf(now, shop)), run }] },
    drop: {},
    events: [],
  }));
  return run;
}

/** From when on changes are asked for: the shop's own clock at the last sync, less an overlap. */
export async function sinceOf({ deps, shop, progress: { run } }: SyncSession) {
  if (run.kind === 'full') return undefined;
  const { watermark } = await stateOf(deps.store, shop);
  return watermark === undefined ? undefined : later(watermark, -deps.tuning.overlapMs);
}

const syncActor: Actor = { kind: 'program', name: 'sync' };

/** The context of a sync over a change set. */
export const contextOf = ({ deps, shop, progress: { run } }: SyncSession, changeSet: ChangeSet): ReconcileContext => ({
  shop,
  at: deps.clock.now(),
  // What a sync takes and gives is the sync's doing, whoever started it: the run itself says who.
  by: syncActor,
  asked: 'sync',
  runId: run.id,
  newProductId: () => toProductId(deps.newId()),
  productMaster: deps.warehouses?.settings()?.master,
  changeSet,
});

/** What is decided of a sync's step: changes to the records, and to the run and the state of the shop. */
export type Step = {
  readonly changes: Changes;
  readonly run?: Partial<Run>;
  readonly state?: Partial<ShopState>;
  readonly seen?: number;
  readonly broken?: number;
};

/**
 * Writes one step and, with it, how far the sync has come: either both are there or neither. The step before may not be
 * safe yet where a store joins changes: what it came to is told to `decide`.
 */
export async function writeStep(
  session: SyncSession,
  decide: (now: StoreReader, before: Run) => Promise<Step>,
): Promise<readonly DomainEvent[]> {
  let run = session.progress.run;
  const { events } = await session.deps.store.change(async (now) => {
    const standing = await stateOf(now, session.shop);
    const before = standing.run?.id === session.progress.run.id ? standing.run : session.progress.run;
    const step = await decide(now, before);
    run = { ...before, counts: countUp(before.counts, step.changes.events, step), ...step.run };
    const state: ShopState = { ...standing, ...step.state, run };
    return { ...step.changes, put: { ...step.changes.put, shopStates: [state] } };
  });
  session.progress.run = run;
  return events;
}

/** Steps that are written before the first of them is known to be safe, so that they share the wait for the disk. */
export const stepsAtOnce = ({ deps }: SyncSession): number => (deps.store.joinsChanges === true ? 4 : 1);

/** Waits until all of it is over, and rejects with what went wrong first. */
export async function allOver<Value>(work: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** A turn of the event loop: for what is to leave, or to be heard, before work that keeps the processor. */
export const loopTurns = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Tells whoever watches how far the sync has come. */
export function report(session: SyncSession, phase: SyncProgress['phase']): void {
  const { request, progress, began, deps } = session;
  const { run, total } = progress;
  if (request.onProgress === undefined) return;
  const seconds = (passed(deps.clock) - began.at) / 1000;
  const rate = seconds > 0 ? Math.max(0, run.counts.seen - began.seen) / seconds : undefined;
  const left = total === undefined || rate === undefined || rate === 0 ? undefined : (total - run.counts.seen) / rate;
  request.onProgress({
    shopId: session.shop.id,
    phase,
    counts: run.counts,
    total,
    rate,
    secondsLeft: left === undefined ? undefined : Math.max(0, Math.round(left)),
  });
}
