import { sameRef } from '../changes.ts';
import type { LiveAnswer } from '../diagnosis/place-facts.ts';
import type { Integration } from '../integration.ts';
import { figureKnownAt, type Listing } from '../listing.ts';

/**
 * A listing with the figure that its shop told since, when it was asked about the product. Nothing else of the answer
 * is taken: that the thing is hidden or sold otherwise by now is for a fetch or a sync to judge.
 */
export function withAnsweredFigure(
  listing: Listing,
  pushed: Integration['pushed'],
  answers: readonly LiveAnswer[],
): Listing {
  return answers.reduce((known, answer) => {
    if (answer.kind !== 'answered' || answer.at <= figureKnownAt(known, pushed)) return known;
    const told = answer.listings.find(({ ref }) => sameRef(ref, known.ref));
    return told === undefined || told.activity !== known.activity
      ? known
      : { ...known, stock: told.stock, stockSeenAt: answer.at };
  }, listing);
}
