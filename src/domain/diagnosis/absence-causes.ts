import type { Certainty, Evidence } from './diagnosis.ts';
import {
  type CauseCheck,
  certaintyOf,
  completeReading,
  isUnreachable,
  makeFinding,
  ruledOut,
  shopSays,
} from './make-finding.ts';
import { freeListings, isFresh, type KnownListing, linkableListings, type PlaceFacts } from './place-facts.ts';

/** The shop sells it and no link was made yet: fetch it (S1, S9, S12). */
export const notFetchedYet: CauseCheck = (facts) => {
  const [listing] = linkableListings(facts);
  if (listing !== undefined) return seenUnlinked(facts, listing);
  if (!facts.expected || isKnownHere(facts)) {
    return ruledOut('not-fetched-yet', 'fetch-product', freeListings(facts).map(shopSays));
  }
  const complete = facts.state?.lastComplete;
  if (complete === undefined) {
    return makeFinding('not-fetched-yet', 'likely', 'sync-shop', { evidence: [{ kind: 'no-complete-reading' }] });
  }
  if (facts.product.createdAt > complete.startedAt && !readSince(facts)) {
    const evidence: Evidence = { kind: 'created-after-reading', at: complete.at };
    return makeFinding('not-fetched-yet', 'likely', 'fetch-product', { evidence: [evidence] });
  }
  if (isFresh(facts, complete.at)) return ruledOut('not-fetched-yet', 'fetch-product', completeReading(facts));
  return makeFinding('not-fetched-yet', 'possible', 'fetch-product', { evidence: completeReading(facts) });
};

function seenUnlinked(facts: PlaceFacts, known: KnownListing) {
  const { listing, live, how } = known;
  const evidence: readonly Evidence[] = [
    { kind: 'listing-seen-unlinked', ref: listing.ref, at: listing.seenAt },
    shopSays(known),
  ];
  const otherReason = facts.tombstone?.because === 'removed-by-user' || facts.conflicts.length > 0;
  const sure = how === 'same-gtin' ? 'likely' : certaintyOf(facts, { at: listing.seenAt, live });
  return makeFinding('not-fetched-yet', otherReason ? 'possible' : sure, 'fetch-product', { evidence });
}

// What changed in the shop after the product became known has been read as well.
const readSince = ({ state, product }: PlaceFacts): boolean =>
  state?.run?.status === 'finished' && state.run.startedAt > product.createdAt;

/** Whether anything of the product was ever seen in this shop. */
const isKnownHere = (facts: PlaceFacts): boolean =>
  facts.tombstone !== undefined ||
  facts.unknownRefs.length > 0 ||
  facts.listings.some((known) => known.ruledOutBy === undefined);

/** Made in the warehouse and sold in no shop: a right state, not a fault (S8). */
export const onlyInWarehouse: CauseCheck = (facts) => {
  const seenIn = facts.knownIn.map((shopId): Evidence => ({ kind: 'fetched-from', shopId }));
  if (facts.product.origin !== 'warehouse' || seenIn.length > 0 || isKnownHere(facts)) {
    return ruledOut('only-in-warehouse', 'nothing-to-do', seenIn);
  }
  return makeFinding('only-in-warehouse', sureOfAbsence(facts), 'nothing-to-do', {
    evidence: [{ kind: 'created-in-warehouse', at: facts.product.createdAt }, ...completeReading(facts)],
  });
};

/** Other shops sell it, and this one never did. */
export const neverInThisShop: CauseCheck = (facts) => {
  const next = facts.expected ? 'mark-not-for-this-shop' : 'nothing-to-do';
  const elsewhere = facts.knownIn.filter((shopId) => shopId !== facts.shop.id);
  if (isKnownHere(facts)) return ruledOut('never-in-this-shop', next, freeListings(facts).map(shopSays));
  if (elsewhere.length === 0 && facts.product.origin === 'warehouse') return ruledOut('never-in-this-shop', next);
  const ruled = facts.listings.flatMap(({ listing, ruledOutBy }): readonly Evidence[] =>
    ruledOutBy === undefined ? [] : [{ kind: 'ruled-not-the-same', ref: listing.ref, by: ruledOutBy }],
  );
  return makeFinding('never-in-this-shop', facts.expected ? sureOfAbsence(facts) : 'confirmed', next, {
    evidence: [
      ...elsewhere.map((shopId): Evidence => ({ kind: 'fetched-from', shopId })),
      ...ruled,
      ...completeReading(facts),
    ],
  });
};

/** How sure it is that the shop does not have it: only a sync to the end, with every row read, can say so. */
function sureOfAbsence(facts: PlaceFacts): Certainty {
  const complete = facts.state?.lastComplete;
  if (facts.near.length > 0) return 'possible';
  if (facts.live?.kind === 'answered') return 'confirmed';
  if (complete === undefined) return facts.expected ? 'possible' : 'likely';
  if (facts.expected && facts.product.createdAt > complete.startedAt && !readSince(facts)) return 'possible';
  const brokenRows = facts.state?.run?.counts.broken ?? 0;
  return brokenRows > 0 || isUnreachable(facts) || !isFresh(facts, complete.at) ? 'likely' : 'confirmed';
}
