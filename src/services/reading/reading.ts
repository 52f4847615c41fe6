import type { Changes } from '../../domain/changes.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { later, millisecondsOf, toProductId, toRunId } from '../../domain/ids.ts';
import type { Look } from '../../domain/linking/look.ts';
import type { Notebook } from '../../domain/linking/notebook.ts';
import type { Run, Shop, ShopState } from '../../domain/shop.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { SyncProgress, SyncRequest } from '../services.ts';
import type { World } from '../world.ts';
import { countUp, noCounts } from './run-counts.ts';

/** One reading of one shop while it goes on. `run` is what is saved of it, with every page. */
export type Reading = {
  readonly world: World;
  readonly shop: Shop;
  readonly request: SyncRequest;
  readonly signal: AbortSignal;
  /** Aborts when another process took the shop over; then nothing more may be written. */
  readonly lost: AbortSignal;
  /** When this process began, and what had been seen by then: for the rate. */
  readonly began: { readonly at: number; readonly seen: number };
  total?: number;
  run: Run;
};
/** A reading that has somebody to ask. */
export type Asking = Reading & { readonly connector: ShopConnector };

const resumableForMs = 60 * 60_000;
const fullEveryMs = 24 * 60 * 60_000;

export const stateOf = async (now: StoreReader, shop: Shop): Promise<ShopState> =>
  (await now.shopStates()).find(({ shopId }) => shopId === shop.id) ?? { shopId: shop.id };

/** Changes are enough where the platform can name them, while the last complete reading is not too old. */
function kindOf(world: World, shop: Shop, state: ShopState, full: boolean): Run['kind'] {
  if (full || state.watermark === undefined || state.lastComplete === undefined) return 'full';
  if (world.door.driver(shop.platform)?.capabilities.since !== true) return 'full';
  return later(state.lastComplete.at, fullEveryMs) < world.clock.now() ? 'full' : 'changes';
}

/** The run that was cut off, when it is recent and would be read the same way; its cursor still stands. */
function unfinished(world: World, state: ShopState, kind: Run['kind']): Run | undefined {
  const { run } = state;
  if (run === undefined || run.status === 'finished' || run.kind !== kind) return undefined;
  if (run.cursor === undefined && run.readToEnd !== true) return undefined;
  return later(run.startedAt, resumableForMs) < world.clock.now() ? undefined : run;
}

/** Goes on with the run that was cut off, or begins a new one. */
export async function beginRun(world: World, shop: Shop, full: boolean): Promise<Run> {
  const state = await stateOf(world.store, shop);
  const kind = kindOf(world, shop, state, full);
  const cut = unfinished(world, state, kind);
  const run: Run = cut
    ? { ...cut, status: 'running', endedAt: undefined, outcome: undefined, trouble: undefined }
    : {
        id: toRunId(world.newId()),
        shopId: shop.id,
        kind,
        startedAt: world.clock.now(),
        status: 'running',
        counts: noCounts,
      };
  await world.store.change(async (now) => ({
    put: { shopStates: [{ ...(await stateOf(now, shop)), run }] },
    drop: {},
    events: [],
  }));
  return run;
}

/** From when on changes are asked for: the shop's own clock at the last reading, less an overlap. */
export async function sinceOf({ world, shop, run }: Reading) {
  if (run.kind === 'full') return undefined;
  const { watermark } = await stateOf(world.store, shop);
  return watermark === undefined ? undefined : later(watermark, -world.tuning.overlapMs);
}

/** The look of a reading, over what was gathered. */
export const lookOf = ({ world, shop, run }: Pick<Reading, 'world' | 'shop' | 'run'>, notebook: Notebook): Look => ({
  shop,
  at: world.clock.now(),
  by: world.actor,
  asked: 'sync',
  runId: run.id,
  newProductId: () => toProductId(world.newId()),
  notebook,
});

/** What is decided of a reading's step: changes to the records, and to the run and the state of the shop. */
export type Step = {
  readonly changes: Changes;
  readonly run?: Partial<Run>;
  readonly state?: Partial<ShopState>;
  readonly seen?: number;
  readonly broken?: number;
};

/** Writes one step and, with it, how far the reading has come: either both are there or neither. */
export async function writeStep(
  reading: Reading,
  decide: (now: StoreReader) => Promise<Step>,
): Promise<readonly DomainEvent[]> {
  let run = reading.run;
  const { events } = await reading.world.store.change(async (now) => {
    const step = await decide(now);
    const counts = countUp(reading.run.counts, step.changes.events, step);
    run = { ...reading.run, counts, ...step.run };
    const state: ShopState = { ...(await stateOf(now, reading.shop)), ...step.state, run };
    return { ...step.changes, put: { ...step.changes.put, shopStates: [state] } };
  });
  reading.run = run;
  return events;
}

/** Tells whoever watches how far the reading has come. */
export function report(reading: Reading, phase: SyncProgress['phase']): void {
  const { request, run, total, began, world } = reading;
  if (request.onProgress === undefined) return;
  const seconds = (millisecondsOf(world.clock.now()) - began.at) / 1000;
  const rate = seconds > 0 ? (run.counts.seen - began.seen) / seconds : undefined;
  const left = total === undefined || rate === undefined || rate === 0 ? undefined : (total - run.counts.seen) / rate;
  request.onProgress({
    shopId: reading.shop.id,
    phase,
    counts: run.counts,
    total,
    rate,
    secondsLeft: left === undefined ? undefined : Math.max(0, Math.round(left)),
  });
}
