import { sameRef } from '../changes.ts';
import type { Certainty, Evidence } from '../diagnosis.ts';
import {
  freeListings,
  inactiveListings,
  type KnownListing,
  linkableListings,
  type PlaceFacts,
} from '../place-facts.ts';
import {
  certaintyOf,
  completeReading,
  doesNotKnow,
  type Judge,
  linkRemoved,
  ruledOut,
  shopSays,
  weigh,
} from './weighing.ts';

/** The shop has it and does not sell it (S11, S13). Only a person can activate it, in the shop (S16). */
export const inactiveInShop: Judge = (facts) => {
  const advice = 'activate-in-shop-by-hand';
  const active = linkableListings(facts);
  if (active.length > 0) return ruledOut('inactive-in-shop', advice, active.map(shopSays));
  const [inactive] = inactiveListings(facts);
  if (inactive !== undefined) {
    const evidence = [shopSays(inactive), ...removedAsInactive(facts), ...hiddenAfterZero(facts, inactive)];
    return weigh('inactive-in-shop', sureOf(facts, inactive), advice, { evidence });
  }
  const removed = removedAsInactive(facts);
  if (removed.length > 0 && facts.unknownRefs.length === 0) {
    return weigh('inactive-in-shop', 'likely', advice, { evidence: removed });
  }
  return ruledOut('inactive-in-shop', advice, [...facts.unknownRefs.map(doesNotKnow), ...completeReading(facts)]);
};

const removedAsInactive = (facts: PlaceFacts): readonly Evidence[] =>
  facts.tombstone?.because === 'inactive-in-shop' ? linkRemoved(facts) : [];

// An EAN alone may stand on two products, so it never confirms.
function sureOf(facts: PlaceFacts, known: KnownListing): Certainty {
  if (known.how === 'same-gtin') return 'likely';
  return certaintyOf(facts, { at: known.listing.seenAt, live: known.live });
}

/** The deadlock: nought was sent, the shop hid it, the link went, and now there are goods (domain 6.6). */
function hiddenAfterZero(facts: PlaceFacts, { listing }: KnownListing): readonly Evidence[] {
  const pushed = facts.tombstone?.integration.pushed;
  const deadlocked =
    listing.hidesAtZero === true &&
    pushed !== undefined &&
    pushed.quantity <= 0 &&
    facts.tombstone?.because === 'inactive-in-shop' &&
    facts.product.stock.onHand > 0;
  return deadlocked ? [{ kind: 'hidden-after-zero', ref: listing.ref, at: pushed.at }] : [];
}

/** Asked by id, the shop does not know it any more. The product stays in the warehouse (S17). */
export const goneFromShop: Judge = (facts) => {
  const advice = 'copy-ticket';
  const there = freeListings(facts);
  if (there.length > 0) return ruledOut('gone-from-shop', advice, there.map(shopSays));
  const [unknown] = facts.unknownRefs;
  const removed = facts.tombstone?.because === 'gone-from-shop' ? linkRemoved(facts) : [];
  if (unknown !== undefined) {
    return weigh('gone-from-shop', certaintyOf(facts, unknown), advice, {
      evidence: [...facts.unknownRefs.map(doesNotKnow), ...removed],
    });
  }
  if (facts.tombstone === undefined || removed.length === 0) return ruledOut('gone-from-shop', advice);
  return weigh('gone-from-shop', certaintyOf(facts, { at: facts.tombstone.at, live: false }), advice, {
    evidence: removed,
  });
};

/** The shop product is there, the variant that we mean is not. */
export const variantMissing: Judge = (facts) => {
  const advice = 'fetch-product';
  if (linkableListings(facts).length + inactiveListings(facts).length > 0) {
    return ruledOut('variant-missing', advice, freeListings(facts).map(shopSays));
  }
  const becameParent = freeListings(facts).find(({ listing }) => listing.sellable === 'parent');
  if (becameParent !== undefined) {
    const { listing, live } = becameParent;
    return weigh('variant-missing', certaintyOf(facts, { at: listing.seenAt, live }), advice, {
      evidence: [{ kind: 'parent-known', ref: listing.ref, at: listing.seenAt }],
    });
  }
  const [parent] = facts.parents;
  if (parent === undefined) return ruledOut('variant-missing', advice);
  const lost = facts.unknownRefs.filter(({ ref }) => !sameRef(ref, parent.ref));
  return weigh('variant-missing', lost.length > 0 ? 'likely' : 'possible', advice, {
    evidence: [{ kind: 'parent-known', ref: parent.ref, at: parent.seenAt }, ...lost.map(doesNotKnow)],
  });
};
