import type { PushGuard, PushRow } from '../push-plan.ts';
import { linkProof } from './link-proof.ts';
import type { PushCandidate } from './push-candidate.ts';
import { shopFigure } from './shop-figure.ts';
import { shopQuantity } from './shop-quantity.ts';

/**
 * What about a figure makes the push stop and ask: nought, a jump, less than nothing, one that the shop has changed
 * since it was last told, and the first one over a link that only an EAN made or where the shop has another of its own,
 * which would be overwritten.
 */
export function guardsOf(place: PushCandidate, willBe: number): readonly PushGuard[] {
  const { integration, listing, jumpFactor } = place;
  const had = shopQuantity(integration, listing);
  const toZero = willBe === 0 && had !== 0;
  const pushed = integration?.pushed;
  const changedThere = pushed !== undefined && isOther(place, pushed.quantity) && had !== willBe;
  return [
    ...(toZero ? (['zero'] as const) : []),
    ...(had !== undefined && had > 0 && willBe >= had * jumpFactor ? (['jump'] as const) : []),
    ...(changedThere ? (['changed-in-shop'] as const) : []),
    ...(pushed === undefined && had !== willBe ? (['first-push'] as const) : []),
    ...(pushed === undefined && isByGtin(place) ? (['by-gtin'] as const) : []),
    ...(willBe < 0 ? (['negative'] as const) : []),
    ...(toZero && listing?.hidesAtZero === true ? (['zero-hides'] as const) : []),
  ];
}

/** Whether nothing but an EAN joined the two, whether it still does or not. */
function isByGtin(place: PushCandidate): boolean {
  const proof = linkProof(place);
  return proof === 'gtin' || proof === 'other-gtin';
}

/** Whether the shop has shown another figure since it took one, or none where it had one. */
function isOther({ integration, listing }: PushCandidate, sent: number): boolean {
  if (listing !== undefined && shopFigure(listing).kind === 'unknown') return true;
  const had = shopQuantity(integration, listing);
  return had !== undefined && had !== sent;
}

/** The questions that guards ask, each answered by number: a shop that hides at nought asks with the zeroes. */
export type GuardQuestion = 'zeroes' | 'jumps' | 'firsts' | 'negatives' | 'changed';
export const questionOf: Readonly<Record<PushGuard, GuardQuestion>> = {
  zero: 'zeroes',
  'zero-hides': 'zeroes',
  jump: 'jumps',
  'first-push': 'firsts',
  'by-gtin': 'firsts',
  'changed-in-shop': 'changed',
  negative: 'negatives',
};
export const guardQuestions = ['zeroes', 'jumps', 'firsts', 'negatives', 'changed'] as const;

/** How many rows of a plan each question is about. */
export function countGuards(rows: readonly PushRow[]): Readonly<Record<GuardQuestion, number>> {
  const counts = { zeroes: 0, jumps: 0, firsts: 0, negatives: 0, changed: 0 };
  for (const row of rows) {
    if (row.kind === 'send') for (const question of questionsOf(row)) counts[question] += 1;
  }
  return counts;
}

const questionsOf = (row: PushRow): ReadonlySet<GuardQuestion> => new Set(row.guards.map((guard) => questionOf[guard]));

/** The first guard that nobody has answered, if there is one. */
export const holdingGuard = (row: PushRow, answered: ReadonlySet<GuardQuestion>): PushGuard | undefined =>
  row.guards.find((guard) => !answered.has(questionOf[guard]));
