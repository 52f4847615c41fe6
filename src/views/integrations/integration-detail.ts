import { translationOf } from '../../domain/conflict.ts';
import { shownGtin } from '../../domain/ids.ts';
import { shownRef } from '../../domain/integrations/shown-ref.ts';
import { available, type Product } from '../../domain/product.ts';
import type { IntegrationRow } from '../../services/integrations/integration-service.ts';
import { conflictSentence } from '../conflicts/conflict-lines.ts';
import { diagnosisHeadline, findingLines } from '../diagnosis/diagnosis-lines.ts';
import { noteSentence } from '../diagnosis/link-note-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { sumSentence } from '../push/push-lines.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';

type LineOf = string | readonly Piece[];
const toned = (text: string, width: number, tone?: Tone): readonly LineOf[] =>
  wrap(text, width).map((part) => [{ text: part, tone }]);

/** What is known of one line of a shop's list, for the pane beside it: what it is, what is wrong, the next step. */
export function productDetail(row: IntegrationRow, format: FormatContext, width: number): readonly LineOf[] {
  const { words, now } = format;
  const { product, listing } = row;
  const name = cleanName(product?.content.name ?? listing?.content.name ?? '') || words.domain.noName;
  const ref = shownRef(row);
  const lines: LineOf[] = [...toned(name, width, 'strong')];
  lines.push([
    { text: product?.sku ?? listing?.sku ?? words.domain.noItemNumber, tone: 'accent' },
    { text: ref === undefined ? '' : `  ${words.domain.shopProductId} ${formatRef(ref)}`, tone: 'quiet' },
  ]);
  if (product !== undefined) lines.push(...productFacts(product, format, width));
  if (listing !== undefined)
    lines.push(
      `${words.domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`,
    );
  for (const note of row.notes ?? []) lines.push(...toned(`! ${noteSentence(note, format)}`, width, 'waiting'));
  if (row.conflict !== undefined) {
    const said = conflictSentence(row.conflict, format, translationOf(row.conflict, listing));
    lines.push('', ...toned(said, width, 'wrong'));
  } else if (row.diagnosis !== undefined && row.diagnosis.verdict === 'not-integrated') {
    const top = findingLines(row.diagnosis.findings[0], format);
    lines.push('', ...toned(diagnosisHeadline(row.diagnosis, format), width, 'waiting'));
    lines.push(...top.evidence.flatMap((fact) => wrap(`+ ${fact}`, width)));
    lines.push(...toned(`→ ${top.advice}`, width, 'accent'));
  }
  return lines;
}

/** EAN, price and the stock sum of a product, as far as they are known. */
export function productFacts(product: Product, { words }: FormatContext, width: number): readonly LineOf[] {
  const facts = [
    product.gtin === undefined ? '' : `EAN ${shownGtin(product.gtin)}`,
    product.formerSkus === undefined ? '' : words.domain.formerNumbers(product.formerSkus.join(', ')),
    product.content.price === undefined ? '' : money(product.content.price, words),
  ].filter((fact) => fact !== '');
  return [
    ...(facts.length === 0 ? [] : toned(facts.join(' · '), width, 'quiet')),
    ...toned(sumSentence({ ...product.stock, available: available(product.stock) }, words), width),
  ];
}
