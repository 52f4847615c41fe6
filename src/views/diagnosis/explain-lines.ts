import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import { placeState } from '../../domain/lookup/place-state.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { diagnosisHeadline, diagnosisTone, type FindingLines, findingLines } from './diagnosis-lines.ts';
import { noteParts } from './link-note-lines.ts';
import { linkFacts } from './shop-state-detail.ts';
import { shopStateSign } from './shop-state-lines.ts';
import { staleAdvice } from './stale-advice.ts';

/** One line of an explanation: how far in it stands, and what it says in which tone. */
export type ExplainLine = { readonly indent: number; readonly pieces: readonly Piece[] };

const line = (indent: number, ...pieces: readonly (string | Piece)[]): ExplainLine => ({
  indent,
  pieces: pieces.map((piece) => (typeof piece === 'string' ? { text: piece } : piece)),
});

/** What is known of the place beside its diagnosis. */
export type ExplainedPlace = { readonly onHand: number; readonly expected: boolean };

/** The sign that the card and the lists show of the place. */
const verdictSign = (diagnosis: Diagnosis, { expected }: ExplainedPlace): string => {
  const notes = diagnosis.verdict === 'integrated' ? (diagnosis.notes ?? []) : [];
  // A location that stocks none of what it ought to have has another figure, and a note of its own.
  const stockDiffers = notes.some(({ kind }) => kind === 'stock-differs' || kind === 'not-stocked-at-location');
  return shopStateSign(placeState({ diagnosis, expected, stockDiffers }));
};

const findingPart = (finding: FindingLines, { words }: FormatContext): readonly ExplainLine[] => {
  const { asOf, ageNow, justNow } = words.domain;
  const known = finding.age === ageNow ? justNow : asOf(finding.age ?? '');
  const age: readonly Piece[] = finding.age === undefined ? [] : [{ text: `  (${known})`, tone: 'quiet' }];
  return [
    line(1, `${finding.sign} `, { text: finding.certaintyWord, tone: 'strong' }, `: ${finding.label}`, ...age),
    ...finding.evidence.map((fact) => line(3, { text: '+ ', tone: 'good' }, fact)),
    ...finding.against.map((fact) => line(3, { text: '- ', tone: 'waiting' }, fact)),
    line(3, { text: `${words.domain.next}: `, tone: 'accent' }, finding.advice),
  ];
};

const nextLine = (indent: number, advice: string, words: Words): readonly ExplainLine[] =>
  advice === '' ? [] : [line(indent, { text: `${words.domain.next}: `, tone: 'accent' }, advice)];

type Missing = Extract<Diagnosis, { verdict: 'not-integrated' }>;

/** Causes that are out, those with the same reason together: the reason is said once. */
const ruledOutPart = (diagnosis: Missing, format: FormatContext): readonly ExplainLine[] => {
  const byReason = new Map<string, string[]>();
  for (const finding of diagnosis.findings) {
    if (finding.certainty !== 'ruled-out' || finding.cause === 'unknown') continue;
    const { label, against } = findingLines(finding, format);
    const reason = against[0] ?? '';
    byReason.set(reason, [...(byReason.get(reason) ?? []), label]);
  }
  if (byReason.size === 0) return [];
  const rest = [...byReason].map(([reason, labels]) =>
    line(3, { text: reason === '' ? labels.join(', ') : `${labels.join(', ')}: ${reason}`, tone: 'quiet' }),
  );
  return [line(1, { text: `× ${format.words.domain.ruledOut}`, tone: 'quiet' }), ...rest];
};

/**
 * Why a product is or is not linked in one shop, as lines to read from the top: the verdict, then each cause
 * with what speaks for it (`+`) and against it (`-`), the next step, and last what was ruled out.
 */
export function explainLines(
  diagnosis: Diagnosis,
  place: ExplainedPlace,
  format: FormatContext,
): readonly ExplainLine[] {
  const { words } = format;
  const heading = line(
    0,
    { text: `${verdictSign(diagnosis, place)} `, tone: diagnosisTone(diagnosis) },
    { text: format.shopName(diagnosis.shopId), tone: 'strong' },
    `  ${diagnosisHeadline(diagnosis, format)}`,
  );
  if (diagnosis.verdict === 'integrated')
    return [
      heading,
      ...nextLine(2, staleAdvice(diagnosis, words), words),
      ...noteParts(diagnosis, format).flatMap(({ said, advice }) => [
        line(3, { text: '! ', tone: 'waiting' }, said),
        ...nextLine(4, advice, words),
      ]),
      ...linkFacts(diagnosis.integration, format).map((fact) => line(3, { text: fact, tone: 'quiet' })),
    ];
  const open = diagnosis.findings.filter((finding) => finding.certainty !== 'ruled-out');
  const goods = words.domain.goodsUnsellable(number(place.onHand, words));
  return [
    heading,
    ...(diagnosis.goodsUnsellable ? [line(1, { text: `! ${goods}`, tone: 'waiting' })] : []),
    ...open.flatMap((finding) => findingPart(findingLines(finding, format), format)),
    ...ruledOutPart(diagnosis, format),
  ];
}
