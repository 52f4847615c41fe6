import { millisecondsOf } from '../../../domain/ids.ts';
import { chunks } from '../../../domain/lists/chunks.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { refusal } from '../../driver-parts/push/figure-outcome.ts';
import { contestedIn } from '../../driver-parts/push/push-in-parts.ts';
import { withSettled } from '../../driver-parts/push/settled-outcomes.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import type { ProductsById } from '../read/items.ts';
import { type CurrentTargets, readCurrentTargets, targetOf } from './push-targets.ts';
import { type Outcomes, refuse, type Write, writeBatch } from './write-batch.ts';

const maxBatch = 100;
/** So long a parent that was read is believed to be as it was; a figure never is. */
const freshForMs = 5000;

/**
 * Sets quantities. Every target is read anew just before the batch that it is written in, and written only where it
 * differs and still is what it was believed to be, under its fresh parent; it is believed only when the shop's own
 * answer shows the figure.
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
  const { writes, fresh } = await writesOf(api, { quantities: contested, outcomes }, signal);
  const parents = { products: fresh?.products, readAt: api.clock.now() };
  const readAnew = async (planned: readonly Write[]): Promise<readonly Write[]> => {
    const isFresh = millisecondsOf(api.clock.now()) - millisecondsOf(parents.readAt) < freshForMs;
    const known = isFresh && planned[0]?.parentId !== undefined ? parents.products : undefined;
    return stillAsRead(api, { planned, outcomes, known }, signal);
  };
  let written = false;
  for (const [at, planned] of batchesOf(api, writes).entries()) {
    try {
      const isNewest = at === 0 && planned.every(({ id }) => fresh?.newest.has(id));
      const batch = isNewest ? planned : await readAnew(planned);
      if (batch.length > 0) await writeBatch(api, { batch, outcomes, readAnew }, signal);
      written = true;
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out. Later
      // ones keep what was done.
      if (!(error instanceof ShopError)) throw error;
      if (!written || error.kind === 'cancelled') throw withSettled(error, outcomes);
      for (const write of planned) {
        if (!outcomes.has(write.quantity)) refuse(outcomes, write.quantity, 'outcome-unknown', error.kind);
      }
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

type Order = {
  readonly quantities: readonly Quantity[];
  readonly outcomes: Outcomes;
  readonly known?: ProductsById;
};
type Read = { readonly writes: readonly Write[]; readonly fresh?: CurrentTargets };

/** Puts aside what two products want to set to different figures. */
function contestedOf(quantities: readonly Quantity[], outcomes: Outcomes): readonly Quantity[] {
  const contested = contestedIn(quantities);
  return quantities.filter((quantity) => {
    if (contested(quantity)) refuse(outcomes, quantity, 'figure-contested');
    else if (!Number.isSafeInteger(quantity.quantity))
      refuse(outcomes, quantity, 'quantity-not-taken', 'not a whole number');
    else return true;
    return false;
  });
}

async function writesOf(api: WooApi, { quantities, outcomes, known }: Order, signal: AbortSignal): Promise<Read> {
  if (quantities.length === 0) return { writes: [] };
  const fresh = await readCurrentTargets(api, { refs: quantities.map(({ ref }) => ref), known }, signal);
  const writes = quantities.flatMap((quantity): readonly Write[] => {
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
  return { writes, fresh };
}

type Planned = Omit<Order, 'quantities'> & { readonly planned: readonly Write[] };

/** What is left of a batch, read once more: what has moved since it was planned is stale. */
async function stillAsRead(
  api: WooApi,
  { planned, ...order }: Planned,
  signal: AbortSignal,
): Promise<readonly Write[]> {
  const { outcomes } = order;
  const wasBefore = new Map(planned.map((write) => [write.quantity, write]));
  const quantities = planned.map(({ quantity }) => quantity);
  const { writes: again } = await writesOf(api, { ...order, quantities }, signal);
  return again.filter((write) => {
    const before = wasBefore.get(write.quantity);
    if (before?.was === write.was && before?.parentId === write.parentId) return true;
    outcomes.set(write.quantity, { ref: write.quantity.ref, kind: 'stale', shopHas: write.was });
    return false;
  });
}

/** Of the same parent, products of their own together, each target once; no more than one answer shows. */
function batchesOf(api: WooApi, writes: readonly Write[]): readonly (readonly Write[])[] {
  const groups = [...Map.groupBy(writes, (write) => write.parentId ?? '').values()];
  return groups.flatMap((group) => chunks(group, Math.min(maxBatch, api.pageSize())));
}
