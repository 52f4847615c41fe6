import { refKey } from '../../../domain/changes.ts';
import { chunks } from '../../../domain/lists/chunks.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { refusal } from './figure-outcome.ts';
import { withSettled } from './settled-outcomes.ts';

export type Outcomes = Map<Quantity, PushOutcome>;

/** One part of a push: sets outcomes, and answers whether it wrote anything. */
export type PushPart = (some: readonly Quantity[], outcomes: Outcomes) => Promise<boolean>;

/**
 * Sets quantities part by part. Saying it all again does no harm, so trouble before anything was written is the
 * caller's to wait out; after that what was written keeps its outcome, and the rest of that part is unknown.
 */
export async function pushInParts(
  quantities: readonly Quantity[],
  size: number,
  part: PushPart,
): Promise<readonly PushOutcome[]> {
  const outcomes: Outcomes = new Map();
  let written = false;
  for (const some of chunks(quantities, size)) {
    try {
      written = (await part(some, outcomes)) || written;
    } catch (error) {
      if (!(error instanceof ShopError)) throw error;
      if (!written || error.kind === 'cancelled') throw withSettled(error, outcomes);
      for (const quantity of some) {
        if (!outcomes.has(quantity)) outcomes.set(quantity, refusal(quantity, 'outcome-unknown', error.kind));
      }
    }
  }
  return quantities.map((quantity) => outcomes.get(quantity) ?? refusal(quantity, 'outcome-unknown'));
}

/** Whether two quantities of one push want different figures in one place. */
export function contestedIn(quantities: readonly Quantity[]): (quantity: Quantity) => boolean {
  const byRef = Map.groupBy(quantities, ({ ref }) => refKey(ref));
  return ({ ref }) => new Set(byRef.get(refKey(ref))?.map(({ quantity }) => quantity)).size > 1;
}
