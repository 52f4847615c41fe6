import type { Conflict } from '../conflict.ts';
import type { Evidence, Finding } from './diagnosis.ts';
import { type CauseCheck, linkRemoved, makeFinding, ruledOut, shopSays } from './make-finding.ts';
import { type KnownListing, linkableListings, type PlaceFacts } from './place-facts.ts';

const inConflict = (conflict: Conflict): Evidence => ({ kind: 'in-conflict', conflict, at: conflict.since });
const noConflict: Evidence = { kind: 'no-conflict' };

/** The id it would use is linked to another product, usually because a copy kept it (S10). */
export const shopIdTaken: CauseCheck = (facts) => {
  const conflict = facts.conflicts.find((one) => one.kind === 'shop-id-taken' && one.claimant === facts.product.id);
  const held = facts.listings.filter(
    ({ holder, ruledOutBy, listing }) =>
      holder !== undefined && ruledOutBy === undefined && listing.goneAt === undefined,
  );
  const evidence = [...(conflict === undefined ? [] : [inConflict(conflict)]), ...held.flatMap(heldBy)];
  if (evidence.length === 0) return ruledOut('shop-id-taken', 'open-conflict', [noConflict]);
  const free = linkableListings(facts);
  if (free.length > 0)
    return makeFinding('shop-id-taken', 'possible', 'open-conflict', { evidence, against: free.map(shopSays) });
  return takenBy(facts, conflict, { held, evidence });
};

type Held = { readonly held: readonly KnownListing[]; readonly evidence: readonly Evidence[] };

function takenBy(facts: PlaceFacts, conflict: Conflict | undefined, { held, evidence }: Held): Finding {
  const strong = held.some(({ how, unlinked }) => how !== 'same-gtin' && unlinked === undefined);
  const next = conflict === undefined ? 'give-it-its-own-id-in-shop' : 'open-conflict';
  const moved = facts.tombstone?.because === 'moved' ? linkRemoved(facts) : [];
  return makeFinding('shop-id-taken', strong ? 'confirmed' : 'likely', next, { evidence: [...evidence, ...moved] });
}

const heldBy = ({ listing, holder }: KnownListing): readonly Evidence[] =>
  holder === undefined ? [] : [{ kind: 'id-held-by', ref: listing.ref, holder, at: listing.seenAt }];

/** Two active listings of the shop carry its SKU, so that nobody can know which is meant. */
export const skuTwiceInShop: CauseCheck = (facts) => {
  const conflict = facts.conflicts.find((one) => one.kind === 'product-taken' && one.product === facts.product.id);
  const twins = linkableListings(facts).filter(({ how }) => how !== 'same-gtin');
  const evidence = [
    ...(conflict === undefined ? [] : [inConflict(conflict)]),
    ...(twins.length > 1 ? twins.map(shopSays) : []),
  ];
  if (evidence.length === 0) return ruledOut('sku-twice-in-shop', 'open-conflict', [noConflict]);
  return makeFinding('sku-twice-in-shop', 'likely', 'open-conflict', { evidence });
};

/** A listing could be this product, and another of ours as well. */
export const ambiguous: CauseCheck = (facts) => {
  const conflict = facts.conflicts.find((one) => one.kind === 'ambiguous' && one.candidates.includes(facts.product.id));
  if (conflict === undefined) return ruledOut('ambiguous', 'open-conflict', [noConflict]);
  return makeFinding('ambiguous', 'confirmed', 'open-conflict', { evidence: [inConflict(conflict)] });
};
