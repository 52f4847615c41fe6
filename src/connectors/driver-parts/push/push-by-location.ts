import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { withSettled } from './settled-outcomes.ts';

/** Figures for one location of a shop: the one that is told by itself, or the shop's usual one where none is named. */
export type LocationOrder = { readonly quantities: readonly Quantity[]; readonly told: string | undefined };

/** Sets figures location by location of the shop, those without one together; one outcome for each, in the order given. */
export async function pushByLocation(
  quantities: readonly Quantity[],
  push: (order: LocationOrder) => Promise<readonly PushOutcome[]>,
): Promise<readonly PushOutcome[]> {
  const outcomes = new Map<Quantity, PushOutcome>();
  for (const [told, some] of Map.groupBy(quantities, (quantity) => quantity.location)) {
    const answers = await push({ quantities: some, told }).catch((error: unknown) => {
      throw error instanceof ShopError ? withSettled(error, outcomes) : error;
    });
    for (const [place, quantity] of some.entries()) {
      const outcome = answers[place];
      if (outcome !== undefined) outcomes.set(quantity, outcome);
    }
  }
  return quantities.map(
    (quantity): PushOutcome => outcomes.get(quantity) ?? { ref: quantity.ref, kind: 'refused', why: 'outcome-unknown' },
  );
}
