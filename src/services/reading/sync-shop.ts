import { noChanges } from '../../domain/changes.ts';
import { millisecondsOf } from '../../domain/ids.ts';
import type { Run, RunOutcome, Shop } from '../../domain/shop.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { ShopTrouble, SyncRequest, SyncResult } from '../services.ts';
import type { World } from '../world.ts';
import { readPages } from './read-pages.ts';
import { readSales } from './read-sales.ts';
import { type Asking, beginRun, type Reading, report, writeStep } from './reading.ts';
import { recognise } from './recognise.ts';
import { changedAnything } from './run-counts.ts';
import { settleShop } from './settle-shop.ts';

/** Reads one shop and brings our links in line. One process at a time; what was read before an interruption counts. */
export async function syncShop(
  world: World,
  shop: Shop,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<SyncResult> {
  const name = `sync-${shop.id}`;
  const lease = await world.leases.take(name, `syncing ${shop.id}`);
  if (!lease.held) return { shopId: shop.id, busy: lease.by, cancelled: false };
  try {
    const { lost } = lease;
    const run = await beginRun(world, shop, request.full === true);
    const began = { at: millisecondsOf(world.clock.now()), seen: run.counts.seen };
    const reading = { world, shop, request, signal: AbortSignal.any([signal, lost]), lost, began, run };
    const result = await readToEnd(reading);
    return lost.aborted ? { ...result, busy: await world.leases.holder(name), cancelled: false } : result;
  } finally {
    await lease.release();
  }
}

async function readToEnd(reading: Reading): Promise<SyncResult> {
  const { shop, signal } = reading;
  try {
    signal.throwIfAborted();
    const met = await recognise(Object.assign(reading, { connector: connect(reading.world, shop) }));
    // Prices are read in the currency that the shop has just told.
    const asking: Asking = Object.assign(reading, { shop: met, connector: connect(reading.world, met) });
    await readPages(asking);
    await readSales(asking);
    const held = await settleShop(asking);
    await finish(reading, held);
    report(reading, 'done');
    return { shopId: shop.id, run: reading.run, wouldRemove: held, cancelled: false };
  } catch (trouble) {
    return breakOff(reading, trouble);
  }
}

function connect(world: World, shop: Shop): ShopConnector {
  const connector = world.door.connect(shop);
  if (connector !== undefined) return connector;
  const said = `none found: ${world.door.credentialNames(shop).join(', ')}`;
  throw new ShopError('unauthorized', { shop: shop.id, doing: 'looking for credentials', said });
}

/** The reading reached its end. What was held back does not count as complete: nothing is concluded from it. */
async function finish(reading: Reading, held: number | undefined): Promise<void> {
  const { world, shop } = reading;
  const listings = (await world.store.counts()).shops.find(({ shopId }) => shopId === shop.id)?.listings ?? 0;
  await writeStep(reading, async () => {
    const at = world.clock.now();
    const outcome: RunOutcome =
      held !== undefined ? 'stopped-by-guard' : changedAnything(reading.run.counts) ? 'changed' : 'unchanged';
    const run: Run = {
      ...reading.run,
      endedAt: at,
      status: 'finished',
      outcome,
      cursor: undefined,
      heldRemovals: held,
    };
    const { id: runId, startedAt, kind, watermark } = run;
    const complete = kind === 'full' && held === undefined ? { lastComplete: { runId, startedAt, at, listings } } : {};
    const concluded =
      held === undefined ? { watermark, lastTrouble: undefined, ...complete } : { lastTrouble: undefined };
    return {
      changes: { put: {}, drop: {}, events: [{ at, by: world.actor, type: 'run-finished', run }] },
      run,
      state: { ...concluded, lastAnswerAt: at },
    };
  });
}

/** The reading ends before its end. Removes nothing; the cursor stays, so that the next one goes on from there. */
async function breakOff(reading: Reading, trouble: unknown): Promise<SyncResult> {
  const { world, shop, signal } = reading;
  if (signal.aborted) return interrupt(reading);
  if (!(trouble instanceof ShopError)) {
    await interrupt(reading);
    throw trouble;
  }
  await writeStep(reading, async () => {
    const at = world.clock.now();
    const said = { kind: trouble.kind, said: trouble.detail.said ?? trouble.message };
    const run: Run = {
      ...reading.run,
      endedAt: at,
      status: 'interrupted',
      outcome: outcomeOf(trouble, reading),
      trouble: said,
    };
    return {
      changes: { put: {}, drop: {}, events: [{ at, by: world.actor, type: 'run-finished', run }] },
      run,
      state: { lastTrouble: { at, ...said } },
    };
  });
  return { shopId: shop.id, run: reading.run, trouble: troubleOf(trouble), cancelled: false };
}

export const troubleOf = ({ kind, detail }: ShopError): ShopTrouble => ({ kind, detail });

function outcomeOf(trouble: ShopError, { run }: Reading): RunOutcome {
  if (run.counts.seen > 0) return 'partial';
  return trouble.temporary ? 'unreachable' : 'refused';
}

/** Stopped by a person, or by a bug. Where the lease was lost another process may be at it, so nothing is written. */
async function interrupt(reading: Reading): Promise<SyncResult> {
  const { world, shop, run } = reading;
  if (!reading.lost.aborted) {
    const outcome = run.counts.seen > 0 ? 'partial' : undefined;
    await writeStep(reading, async () => ({
      changes: noChanges,
      run: { status: 'interrupted', outcome, endedAt: world.clock.now() },
    }));
  }
  return { shopId: shop.id, run: reading.run, cancelled: true };
}
