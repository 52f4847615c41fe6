import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import { available, type Product } from '../../domain/product.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { padRight, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import { diagnosisHeadline, diagnosisTone, type FindingLines, findingLines } from './diagnosis-lines.ts';
import { noteParts } from './link-note-lines.ts';
import { figureAdvice, shopStateFacts } from './shop-state-detail.ts';
import { staleAdvice } from './stale-advice.ts';

type LineOf = string | readonly Piece[];
const toned = (texts: readonly string[], tone: Tone): readonly LineOf[] => texts.map((text) => [{ text, tone }]);

function finding(one: FindingLines, format: FormatContext, width: number): readonly LineOf[] {
  const { words } = format;
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

const adviceLines = (advice: string, width: number): readonly LineOf[] =>
  advice === '' ? [] : toned(wrap(`→ ${advice}`, width), 'accent');

/** Why a product is, or is not, linked in a shop: verdict, causes with what speaks for and against, one next step each. */
export function diagnosisDetail(diagnosis: Diagnosis, format: FormatContext, width: number): readonly LineOf[] {
  const { words, shopName } = format;
  const tone = diagnosisTone(diagnosis);
  const lines: LineOf[] = wrap(diagnosisHeadline(diagnosis, format), width).map((text) => [
    { text, tone: tone === 'good' ? 'good' : 'strong' },
  ]);
  if (diagnosis.verdict === 'integrated')
    return [
      ...lines,
      ...adviceLines(staleAdvice(diagnosis, words), width),
      ...noteParts(diagnosis, format).flatMap(({ kind, said, advice }) => [
        ...toned(wrap(`! ${said}`, width), 'waiting'),
        // With its key, a figure's advice stands beneath all the notes.
        ...(kind === 'stock-differs' ? [] : adviceLines(advice, width)),
      ]),
    ];
  if (diagnosis.goodsUnsellable)
    lines.push(...toned(wrap(words.screen.goodsUnsellable(shopName(diagnosis.shopId)), width), 'waiting'));
  lines.push('');
  // That it is not unknown goes without saying.
  const told = diagnosis.findings.filter(({ cause, certainty }) => cause !== 'unknown' || certainty !== 'ruled-out');
  for (const one of told) lines.push(...finding(findingLines(one, format), format, width));
  return lines;
}

/** What stands behind a link: our figure, what was sent, what the shop has, with their ages; and why they differ. */
export function integrationDetailLines(
  place: Place,
  product: Product,
  { format, width }: { readonly format: FormatContext; readonly width: number },
): readonly LineOf[] {
  const { words } = format;
  const advice = figureAdvice(place, product, format);
  return [
    ...toned(
      wrap(advice, width)
        .filter((text) => text !== '')
        .map((text) => `→ ${text}`),
      'waiting',
    ),
    '',
    words.domain.availableFigure(number(available(product.stock), words)),
    ...shopStateFacts(place, format),
  ];
}
