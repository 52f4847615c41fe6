import type { Evidence } from './diagnosis.ts';
import {
  type CauseCheck,
  doesNotKnow,
  isUnreachable,
  linkRemoved,
  makeFinding,
  ruledOut,
  shopSays,
} from './make-finding.ts';
import { inactiveListings, linkableListings, type PlaceFacts } from './place-facts.ts';

/** A person said that the product is not sold in this shop, so no link is missed. */
export const notForThisShop: CauseCheck = (facts) => {
  const mark = facts.marks.find(
    (one) => one.kind === 'not-for-this-shop' && (one.shopId === undefined || one.shopId === facts.shop.id),
  );
  if (mark === undefined) return ruledOut('not-for-this-shop', 'nothing-to-do');
  const { by, at, text } = mark;
  return makeFinding('not-for-this-shop', 'confirmed', 'nothing-to-do', {
    evidence: [{ kind: 'marked-not-for-this-shop', by, at, text }],
  });
};

/** A colleague removed the link, perhaps by mistake (S9). Fetching again makes a new one; undo needs no shop. */
export const removedByUser: CauseCheck = (facts) => {
  const next = isUnreachable(facts) ? 'undo-removal' : 'fetch-product';
  if (facts.tombstone?.because !== 'removed-by-user') {
    const known: readonly Evidence[] =
      facts.tombstone === undefined ? [{ kind: 'no-removal-known' }] : linkRemoved(facts);
    return ruledOut('removed-by-user', next, known);
  }
  const against = cannotCarryLink(facts);
  return makeFinding('removed-by-user', against.length > 0 ? 'likely' : 'confirmed', next, {
    evidence: linkRemoved(facts),
    against,
  });
};

// Had nobody removed the link, it would be gone all the same.
const cannotCarryLink = (facts: PlaceFacts): readonly Evidence[] =>
  linkableListings(facts).length > 0
    ? []
    : [...inactiveListings(facts).map(shopSays), ...facts.unknownRefs.map(doesNotKnow)];

/** The shop, or our reading of its answer, refused the product when it was last fetched. */
export const refused: CauseCheck = (facts) => {
  const refusal = facts.refusal;
  if (refusal === undefined) return ruledOut('refused', 'copy-ticket');
  const { why, said, at } = refusal;
  return makeFinding('refused', 'likely', why === 'no-permission' ? 'open-shop-health' : 'copy-ticket', {
    evidence: [{ kind: 'refused', why, at, said }],
  });
};
