import { refKey } from '../../../domain/changes.ts';
import type { ListingRef } from '../../../domain/ids.ts';
import { halves } from '../../../domain/lists/chunks.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { type FieldContent, outcomeAfterWrite, outcomeBeforeWrite, stillAsPlanned } from './figure-outcome.ts';
import { withSettled } from './settled-outcomes.ts';

/** Where a quantity is written and what is for sale there now; or why it is not written at all. */
export type Target<Place> =
  | { readonly ok: true; readonly place: Place; readonly available: FieldContent }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

/** One quantity that is to be written, and where. */
export type Write<Place> = { readonly quantity: Quantity; readonly place: Place; readonly was: number | undefined };

/** A platform that takes many quantities in one call, and takes all of them or none. */
export type AtomicShop<Place> = {
  readonly batchSize: number;
  /** Reads the targets anew, in the order given. */
  readonly targets: (refs: readonly ListingRef[], signal: AbortSignal) => Promise<readonly Target<Place>[]>;
  /** Names the figure behind a place: two things may share one. */
  readonly figureOf: (place: Place) => string;
  /** Why the platform could never take this figure here, before it is asked. */
  readonly impossible: (quantity: number, place: Place) => string | undefined;
  readonly write: (writes: readonly Write<Place>[], signal: AbortSignal) => Promise<void>;
  /** Why one write alone was refused, by the platform's own words. */
  readonly refusalOf: (error: ShopError) => PushRefusal;
};

type Outcomes = Map<Quantity, PushOutcome>;
type Order<Place> = { readonly shop: AtomicShop<Place>; readonly outcomes: Outcomes };

const refused = (quantity: Quantity, why: PushRefusal, said?: string): PushOutcome => ({
  ref: quantity.ref,
  kind: 'refused',
  why,
  ...(said === undefined || said === '' ? {} : { said }),
});

/**
 * Sets quantities. Every target is read anew first, written only where it differs, and believed only when the shop
 * shows the figure afterwards. A batch that is refused whole is halved until the one that spoils it stands alone.
 */
export async function pushAtomically<Place>(
  shop: AtomicShop<Place>,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  const order: Order<Place> = { shop, outcomes: new Map() };
  const writes = await writesOf(order, quantities, signal);
  for (let from = 0; from < writes.length; from += shop.batchSize) {
    const planned = writes.slice(from, from + shop.batchSize);
    try {
      // Earlier batches took their time.
      const batch = from === 0 ? planned : await readAnew(order, planned, signal);
      if (batch.length > 0) await writeBatch(order, batch, signal);
    } catch (error) {
      // Saying it all again does no harm, so trouble with the first batch is the caller's to wait out. Later ones keep what was done.
      if (!(error instanceof ShopError)) throw error;
      if (from === 0 || error.kind === 'cancelled') throw withSettled(error, order.outcomes);
      for (const { quantity } of planned) {
        if (!order.outcomes.has(quantity))
          order.outcomes.set(quantity, refused(quantity, 'outcome-unknown', error.kind));
      }
    }
  }
  return quantities.map((quantity) => order.outcomes.get(quantity) ?? refused(quantity, 'outcome-unknown'));
}

async function writesOf<Place>(
  { shop, outcomes }: Order<Place>,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly Write<Place>[]> {
  const targets = await shop.targets(
    quantities.map(({ ref }) => ref),
    signal,
  );
  const figures = new Map<string, Set<number>>();
  for (const [at, { ref, quantity }] of quantities.entries()) {
    const key = figureKey(shop, ref, targets[at]);
    figures.set(key, (figures.get(key) ?? new Set()).add(quantity));
  }
  return quantities.flatMap((quantity, at): readonly Write<Place>[] => {
    const target = targets[at];
    const outcome = withoutWriting(shop, quantity, target);
    const wanted = figures.get(figureKey(shop, quantity.ref, target));
    if ((wanted?.size ?? 0) > 1) {
      outcomes.set(quantity, refused(quantity, 'figure-contested'));
    } else if (outcome !== undefined) outcomes.set(quantity, outcome);
    else if (target?.ok) return [{ quantity, place: target.place, was: target.available.quantity }];
    return [];
  });
}

const figureKey = <Place>(shop: AtomicShop<Place>, ref: ListingRef, target: Target<Place> | undefined): string =>
  target?.ok ? shop.figureOf(target.place) : `ref ${refKey(ref)}`;

/** How it ends where nothing needs to be written, or nothing can. */
function withoutWriting<Place>(
  shop: AtomicShop<Place>,
  quantity: Quantity,
  target: Target<Place> | undefined,
): PushOutcome | undefined {
  if (!Number.isSafeInteger(quantity.quantity)) return refused(quantity, 'quantity-not-taken', 'not a whole number');
  if (target === undefined) return refused(quantity, 'not-found-in-shop');
  if (!target.ok) return refused(quantity, target.why, target.said);
  const known = outcomeBeforeWrite(quantity, target.available);
  if (known !== undefined) return known;
  const impossible = shop.impossible(quantity.quantity, target.place);
  return impossible === undefined ? undefined : refused(quantity, 'quantity-not-taken', impossible);
}

const set = (quantity: Quantity, was: number | undefined): PushOutcome => ({
  ref: quantity.ref,
  kind: 'set',
  quantity: quantity.quantity,
  was,
});

async function writeBatch<Place>(order: Order<Place>, batch: readonly Write<Place>[], signal: AbortSignal) {
  try {
    await order.shop.write(batch, signal);
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled' || error.kind === 'rate-limited') throw error;
    await afterTrouble(order, { batch, error }, signal);
    return;
  }
  await readBack(order, batch, signal);
}

/** What of it may still be written. Other calls were made since it was read, and it may have been sold. */
async function readAnew<Place>(order: Order<Place>, batch: readonly Write<Place>[], signal: AbortSignal) {
  const quantities = batch.map(({ quantity }) => quantity);
  return stillAsPlanned(await writesOf(order, quantities, signal), batch, order.outcomes);
}

type Troubled<Place> = { readonly batch: readonly Write<Place>[]; readonly error: ShopError };

async function afterTrouble<Place>(order: Order<Place>, { batch, error }: Troubled<Place>, signal: AbortSignal) {
  const { shop, outcomes } = order;
  if (error.mayBeWritten) {
    // The answer was lost, so nobody knows: what the shop has is set, and for the rest the trouble stands.
    const targets = await shop.targets(
      batch.map(({ quantity }) => quantity.ref),
      signal,
    );
    for (const [at, { quantity, was }] of batch.entries()) {
      const target = targets[at];
      if (target?.ok && target.available.quantity === quantity.quantity) outcomes.set(quantity, set(quantity, was));
    }
    if (batch.some(({ quantity }) => !outcomes.has(quantity))) throw error;
    return;
  }
  // Reading went well a moment ago, so it is the right to write that is missing.
  if (error.kind === 'forbidden' || error.kind === 'unauthorized') {
    for (const { quantity } of batch) outcomes.set(quantity, refused(quantity, 'no-permission', error.detail.said));
  } else if (error.detail.inFront === true) {
    for (const { quantity } of batch) outcomes.set(quantity, refused(quantity, 'refused-by-shop', error.detail.said));
  } else if (batch.length === 1) {
    for (const { quantity } of batch)
      outcomes.set(quantity, refused(quantity, shop.refusalOf(error), error.detail.said));
  } else {
    for (const half of halves(batch)) {
      const left = await readAnew(order, half, signal);
      if (left.length > 0) await writeBatch(order, left, signal);
    }
  }
}

/** A status of 200 says nothing: each figure is read again. */
async function readBack<Place>({ shop, outcomes }: Order<Place>, batch: readonly Write<Place>[], signal: AbortSignal) {
  const targets = await shop.targets(
    batch.map(({ quantity }) => quantity.ref),
    signal,
  );
  for (const [at, { quantity, was }] of batch.entries()) {
    const target = targets[at];
    if (target === undefined || !target.ok) outcomes.set(quantity, refused(quantity, 'outcome-unknown', target?.why));
    else {
      const { quantity: has } = target.available;
      outcomes.set(quantity, outcomeAfterWrite(quantity, { was, has }, `the shop has ${has ?? 'nothing'}`));
    }
  }
}
