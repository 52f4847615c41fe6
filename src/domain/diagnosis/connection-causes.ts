import type { Certainty, Evidence } from './diagnosis.ts';
import { type CauseCheck, makeFinding, type OpenTrouble, openTrouble, ruledOut } from './make-finding.ts';

/**
 * The shop does not answer, or not us: a wrong key, a lost permission, another address. Said of the connection,
 * never of the product: a shop that lets nobody in has not deleted anything.
 */
export const connectionDown: CauseCheck = (facts) => {
  const trouble = openTrouble(facts);
  if (trouble === undefined) {
    const heardAt = facts.live?.at ?? facts.state?.lastAnswerAt;
    if (heardAt === undefined) return makeFinding('connection-down', 'possible', 'open-shop-health');
    return ruledOut('connection-down', 'open-shop-health', [{ kind: 'shop-answers', at: heardAt }]);
  }
  const evidence: Evidence = {
    kind: 'shop-does-not-answer',
    troubleKind: trouble.kind,
    said: trouble.said,
    saidBy: trouble.saidBy,
    reason: trouble.reason,
    live: trouble.live,
    at: trouble.at,
  };
  const certainty = facts.expected ? howSure(trouble) : 'possible';
  return makeFinding('connection-down', certainty, 'open-shop-health', { evidence: [evidence] });
};

// A shop that was slow or out of reach an hour ago may answer by now; a wrong key stays wrong.
function howSure(trouble: OpenTrouble): Certainty {
  if (trouble.lasting) return 'confirmed';
  return trouble.kind === 'rate-limited' || trouble.kind === 'cancelled' ? 'possible' : 'likely';
}

/** A person paused the shop: it is neither read nor written. */
export const shopPaused: CauseCheck = (facts) => {
  if (!facts.shop.paused) return ruledOut('shop-paused', 'resume-shop');
  return makeFinding('shop-paused', facts.expected ? 'confirmed' : 'possible', 'resume-shop', {
    evidence: [{ kind: 'shop-is-paused' }],
  });
};
