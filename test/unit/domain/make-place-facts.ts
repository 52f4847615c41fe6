import { diagnose } from '../../../src/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../src/domain/diagnosis/diagnosis.ts';
import type { KnownListing, PlaceFacts } from '../../../src/domain/diagnosis/place-facts.ts';
import { later, toShopId } from '../../../src/domain/ids.ts';
import { makeListing, makeProduct, makeShop, makeShopState, morning } from '../../support/builders.ts';

export const hour = 3_600_000;
export const earlier = (hours: number) => later(morning, -hours * hour);

/** A product that is sold elsewhere and was not found here by the reading of this morning. */
export const makePlace = (over: Partial<PlaceFacts> = {}): PlaceFacts => ({
  now: morning,
  freshSince: earlier(24),
  product: makeProduct({ createdAt: earlier(48) }),
  shop: makeShop({ id: toShopId('no') }),
  state: makeShopState({ shopId: toShopId('no') }),
  expected: true,
  knownIn: [toShopId('dk')],
  conflicts: [],
  marks: [],
  listings: [],
  unknownRefs: [],
  parents: [],
  near: [],
  ...over,
});

export const related = (
  over: Partial<KnownListing> & { readonly said?: Partial<KnownListing['listing']> } = {},
): KnownListing => {
  const { said, ...rest } = over;
  return { listing: makeListing(said), how: 'same-sku', live: false, ...rest };
};

/** What stands, surest first: `inactive-in-shop: confirmed`. */
export function standing(diagnosis: Diagnosis): readonly string[] {
  if (diagnosis.verdict === 'integrated')
    return [`integrated${diagnosis.stale === undefined ? '' : `, ${diagnosis.stale}`}`];
  return diagnosis.findings
    .filter(({ certainty }) => certainty !== 'ruled-out')
    .map(({ cause, certainty }) => `${cause}: ${certainty}`);
}

export const judged = (over: Partial<PlaceFacts>): readonly string[] => standing(diagnose(makePlace(over)));
