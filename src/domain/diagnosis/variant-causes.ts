import { sameRef } from '../changes.ts';
import type { Listing } from '../listing.ts';
import type { Evidence } from './diagnosis.ts';
import {
  type CauseCheck,
  certaintyOf,
  doesNotKnow,
  linkRemoved,
  makeFinding,
  ruledOut,
  shopSays,
} from './make-finding.ts';
import { freeListings, inactiveListings, linkableListings, type PlaceFacts, type UnknownRef } from './place-facts.ts';

/** That the shop has what something is a variant of, as evidence. */
export const parentKnown = ({ ref, seenAt: at }: Listing): Evidence => ({ kind: 'parent-known', ref, at });

/** Variants of ours that the shop does not know any more, while it knows what they are variants of. */
export const lostVariants = ({ unknownRefs, parents }: PlaceFacts): readonly UnknownRef[] =>
  unknownRefs.filter(({ ref }) =>
    parents.some((parent) => parent.ref.shopProductId === ref.shopProductId && !sameRef(parent.ref, ref)),
  );

const isSoldHere = (facts: PlaceFacts): boolean => linkableListings(facts).length + inactiveListings(facts).length > 0;

/** What was sold by itself is sold through variants now: which of them is ours, only a person can say. */
export const nowHasVariants: CauseCheck = (facts) => {
  const advice = 'link-a-variant';
  const parent = freeListings(facts).find(({ listing }) => listing.sellable === 'parent');
  if (isSoldHere(facts) || parent === undefined) {
    const removed = facts.tombstone?.because === 'became-parent' ? linkRemoved(facts) : [];
    return ruledOut('now-has-variants', advice, parent === undefined ? [] : removed);
  }
  const { listing, live } = parent;
  const removed = facts.tombstone?.because === 'became-parent' ? linkRemoved(facts) : [];
  return makeFinding('now-has-variants', certaintyOf(facts, { at: listing.seenAt, live }), advice, {
    evidence: [parentKnown(listing), ...removed],
  });
};

/** The shop product is there, the variant that we mean is not. */
export const variantMissing: CauseCheck = (facts) => {
  const advice = 'fetch-product';
  if (isSoldHere(facts)) return ruledOut('variant-missing', advice, freeListings(facts).map(shopSays));
  const [parent] = facts.parents;
  if (parent === undefined) return ruledOut('variant-missing', advice);
  const lost = lostVariants(facts);
  const evidence = [parentKnown(parent), ...lost.map(doesNotKnow)];
  if (lost[0] === undefined) return makeFinding('variant-missing', 'possible', advice, { evidence });
  // The shop was asked by id and said no: asking once more would change nothing.
  return makeFinding('variant-missing', certaintyOf(facts, lost[0]), 'put-up-again-in-shop', { evidence });
};
