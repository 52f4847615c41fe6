import type { Diagnosis } from '../../domain/explaining/diagnosis.ts';
import { ago } from '../ages.ts';
import { padRight, wrap } from '../columns.ts';
import type { Telling } from '../telling.ts';
import type { Piece, Tone } from '../tones.ts';
import { diagnosisHeadline, diagnosisTone, type FindingLines, findingLines } from './diagnosis-lines.ts';

type LineOf = string | readonly Piece[];
const toned = (texts: readonly string[], tone: Tone): readonly LineOf[] => texts.map((text) => [{ text, tone }]);

function finding(one: FindingLines, telling: Telling, width: number): readonly LineOf[] {
  const { words } = telling;
  const tone: Tone = one.certainty === 'confirmed' ? 'wrong' : one.certainty === 'ruled-out' ? 'quiet' : 'waiting';
  const head: LineOf = [
    { text: `${one.sign} ${padRight(one.certaintyWord, 11)}`, tone },
    { text: one.label, tone: one.certainty === 'ruled-out' ? 'quiet' : 'strong' },
    { text: one.age === undefined ? '' : `  (${one.age})`, tone: 'quiet' },
  ];
  if (one.certainty === 'ruled-out') return [head];
  return [
    head,
    ...one.evidence.flatMap((fact) =>
      wrap(fact, width - 4).map((text, index) => `${index === 0 ? '  + ' : '    '}${text}`),
    ),
    ...toned(
      one.against.flatMap((fact) =>
        wrap(fact, width - 4).map((text, index) => `${index === 0 ? '  - ' : '    '}${text}`),
      ),
      'quiet',
    ),
    ...toned(
      wrap(one.advice, width - 4).map((text, index) => `${index === 0 ? '  → ' : '    '}${text}`),
      'accent',
    ),
    ...(one.evidence.length === 0 && one.advice === '' ? [words.domain.unknown] : []),
  ];
}

/** Why a product is, or is not, linked in a shop: verdict, causes with what speaks for and against, one next step each. */
export function whyLines(diagnosis: Diagnosis, telling: Telling, width: number): readonly LineOf[] {
  const { words, now, shopName } = telling;
  const tone = diagnosisTone(diagnosis);
  const lines: LineOf[] = wrap(diagnosisHeadline(diagnosis, words), width).map((text) => [
    { text, tone: tone === 'good' ? 'good' : 'strong' },
  ]);
  if (diagnosis.verdict === 'integrated') {
    const { integration } = diagnosis;
    lines.push(words.domain.since(ago(integration.createdAt, now, words)));
    return lines;
  }
  if (diagnosis.goodsUnsellable)
    lines.push(...toned(wrap(words.screen.goodsUnsellable(shopName(diagnosis.shopId)), width), 'wrong'));
  lines.push('');
  for (const one of diagnosis.findings) lines.push(...finding(findingLines(one, telling), telling, width));
  return lines;
}
