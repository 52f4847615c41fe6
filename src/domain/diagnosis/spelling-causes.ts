import type { Evidence } from './diagnosis.ts';
import { type CauseCheck, makeFinding, ruledOut, shopSays } from './make-finding.ts';
import { freeListings } from './place-facts.ts';

/** The shop has something whose SKU or EAN is nearly ours. Two like spellings may be two things, so this is never sure. */
export const otherSpelling: CauseCheck = (facts) => {
  const advice = 'correct-spelling-in-shop';
  const exact = freeListings(facts);
  if (exact.length > 0) return ruledOut('other-spelling', advice, exact.map(shopSays));
  if (facts.near.length === 0) return ruledOut('other-spelling', advice, [{ kind: 'no-near-spelling' }]);
  const evidence = facts.near.map(
    ({ field, ours, theirs, ref, at }): Evidence => ({ kind: 'near-spelling', field, ours, theirs, ref, at }),
  );
  const certainty = facts.near.every((near) => near.otherGtin) ? 'possible' : 'likely';
  return makeFinding('other-spelling', certainty, advice, { evidence });
};
