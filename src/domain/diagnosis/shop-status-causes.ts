import type { OffReason } from '../listing.ts';
import type { Advice, Certainty, Evidence } from './diagnosis.ts';
import { hiddenAfterZero } from './hidden-after-zero.ts';
import {
  type CauseCheck,
  certaintyOf,
  completeReading,
  doesNotKnow,
  linkRemoved,
  makeFinding,
  ruledOut,
  shopSays,
} from './make-finding.ts';
import { freeListings, inactiveListings, type KnownListing, linkableListings, type PlaceFacts } from './place-facts.ts';
import { lostVariants, parentKnown } from './variant-causes.ts';

/** The shop has it and does not sell it (S11, S13). Only a person can activate it, in the shop (S16). */
export const inactiveInShop: CauseCheck = (facts) => {
  const advice = 'activate-in-shop-by-hand';
  const active = linkableListings(facts);
  if (active.length > 0) return ruledOut('inactive-in-shop', advice, active.map(shopSays));
  const [inactive] = inactiveListings(facts);
  if (inactive !== undefined) {
    const { offBecause } = inactive.listing;
    const next = offBecause === undefined ? advice : nextStep[offBecause];
    const evidence = [shopSays(inactive), ...removedAsInactive(facts), ...afterZero(facts, inactive)];
    return makeFinding('inactive-in-shop', sureOf(facts, inactive), next, { evidence });
  }
  const removed = removedAsInactive(facts);
  if (removed.length > 0 && facts.unknownRefs.length === 0) {
    return makeFinding('inactive-in-shop', 'likely', advice, { evidence: removed });
  }
  return ruledOut('inactive-in-shop', advice, [...facts.unknownRefs.map(doesNotKnow), ...completeReading(facts)]);
};

/** What mends it, by why it is off. */
const nextStep: Readonly<Record<OffReason, Advice>> = {
  'in-trash': 'restore-from-trash-in-shop',
  scheduled: 'await-date-in-shop',
  'product-off': 'activate-parent-in-shop-by-hand',
  'not-in-website': 'put-into-website-by-hand',
};

const removedAsInactive = (facts: PlaceFacts): readonly Evidence[] =>
  facts.tombstone?.because === 'inactive-in-shop' ? linkRemoved(facts) : [];

// An EAN alone may stand on two products, so it never confirms.
function sureOf(facts: PlaceFacts, known: KnownListing): Certainty {
  if (known.how === 'same-gtin') return 'likely';
  return certaintyOf(facts, { at: known.listing.seenAt, live: known.live });
}

/** The deadlock: nought was sent, the shop hid it, the link went, and now there are goods. */
function afterZero({ product, tombstone }: PlaceFacts, { listing }: KnownListing): readonly Evidence[] {
  const at = hiddenAfterZero({ product, tombstone, listing });
  return at === undefined ? [] : [{ kind: 'hidden-after-zero', ref: listing.ref, at }];
}

/** Asked by id, the shop does not know it any more. The product stays in the warehouse (S17). */
export const goneFromShop: CauseCheck = (facts) => {
  const advice = 'put-up-again-in-shop';
  const there = freeListings(facts);
  if (there.length > 0) return ruledOut('gone-from-shop', advice, there.map(shopSays));
  if (lostVariants(facts).length > 0) return ruledOut('gone-from-shop', advice, facts.parents.map(parentKnown));
  if (facts.tombstone?.because === 'became-parent') return ruledOut('gone-from-shop', advice, linkRemoved(facts));
  const [unknown] = facts.unknownRefs;
  const removed = facts.tombstone?.because === 'gone-from-shop' ? linkRemoved(facts) : [];
  if (unknown !== undefined) {
    return makeFinding('gone-from-shop', certaintyOf(facts, unknown), advice, {
      evidence: [...facts.unknownRefs.map(doesNotKnow), ...removed],
    });
  }
  if (facts.tombstone === undefined || removed.length === 0) return ruledOut('gone-from-shop', advice);
  return makeFinding('gone-from-shop', certaintyOf(facts, { at: facts.tombstone.at, live: false }), advice, {
    evidence: removed,
  });
};
