import { millisecondsOf } from '../../../domain/ids.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { refusal } from '../../driver-parts/push/figure-outcome.ts';
import { contestedIn } from '../../driver-parts/push/push-in-parts.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import { readCurrentTargets, targetOf } from './push-targets.ts';
import { type Outcomes, refuse, type Write, writeBatch } from './write-batch.ts';

const maxBatch = 100;
/** So long is a figure that was read good enough to be written over. */
const freshForMs = 5000;

/**
 * Sets quantities. Every target is read anew first, and written only where it differs and still is what it was
 * believed to be, in batches under its fresh parent; it is believed only when the shop's own answer shows the figure.
 */
export async function pushQuantities(
  api: WooApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, [], signal);
  const outcomes: Outcomes = new Map();
  const contested = contestedOf(quantities, outcomes);
  let readAt = api.clock.now();
  let written = false;
  for (const planned of batchesOf(await writesOf(api, { quantities: contested, outcomes }, signal))) {
    const isFresh = millisecondsOf(api.clock.now()) - millisecondsOf(readAt) < freshForMs;
    try {
      const batch = isFresh ? planned : await readAnew(api, { planned, outcomes }, signal);
      if (!isFresh) readAt = api.clock.now();
      if (batch.length > 0) await writeBatch(api, { batch, outcomes }, signal);
      written = true;
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out. Later
      // ones keep what was done.
      if (!written || !(error instanceof ShopError) || error.kind === 'cancelled') throw error;
      for (const write of planned) {
        if (!outcomes.has(write.quantity)) refuse(outcomes, write.quantity, 'outcome-unknown', error.kind);
      }
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

type Order = { readonly quantities: readonly Quantity[]; readonly outcomes: Outcomes };

/** Puts aside what two products want to set to different figures. */
function contestedOf(quantities: readonly Quantity[], outcomes: Outcomes): readonly Quantity[] {
  const contested = contestedIn(quantities);
  return quantities.filter((quantity) => {
    if (contested(quantity)) refuse(outcomes, quantity, 'refused-by-shop', 'two products want to set this figure');
    else if (!Number.isSafeInteger(quantity.quantity))
      refuse(outcomes, quantity, 'quantity-not-taken', 'not a whole number');
    else return true;
    return false;
  });
}

async function writesOf(api: WooApi, { quantities, outcomes }: Order, signal: AbortSignal): Promise<readonly Write[]> {
  if (quantities.length === 0) return [];
  const refs = quantities.map(({ ref }) => ref);
  const fresh = await readCurrentTargets(api, refs, signal);
  return quantities.flatMap((quantity): readonly Write[] => {
    const { ref, expected } = quantity;
    const target = targetOf(ref, fresh);
    if (!target.ok) refuse(outcomes, quantity, target.why, target.said);
    // Every write moves the shop's dates, an equal one too: what it has already is not written again.
    else if (target.was === quantity.quantity) {
      outcomes.set(quantity, { ref, kind: 'set', quantity: quantity.quantity, was: target.was });
    }
    // Sold or counted there meanwhile: that is never written over.
    else if (expected !== undefined && target.was !== expected) {
      outcomes.set(quantity, { ref, kind: 'stale', shopHas: target.was });
    } else return [{ quantity, ...target }];
    return [];
  });
}

/** What is left of a batch whose figures were read a while ago: what has moved since then is stale. */
async function readAnew(
  api: WooApi,
  { planned, outcomes }: { readonly planned: readonly Write[]; readonly outcomes: Outcomes },
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const wasBefore = new Map(planned.map((write) => [write.quantity, write]));
  const quantities = planned.map(({ quantity }) => quantity);
  const again = await writesOf(api, { quantities, outcomes }, signal);
  return again.filter((write) => {
    const before = wasBefore.get(write.quantity);
    if (before?.was === write.was && before?.parentId === write.parentId) return true;
    outcomes.set(write.quantity, { ref: write.quantity.ref, kind: 'stale', shopHas: write.was });
    return false;
  });
}

/** At most a hundred of the same parent, each target once; products of their own go together. */
function batchesOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  return [...Map.groupBy(writes, (write) => write.parentId ?? '').values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / maxBatch) }, (_, at) =>
      group.slice(at * maxBatch, (at + 1) * maxBatch),
    ),
  );
}
