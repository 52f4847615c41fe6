import { shownGtin } from '../domain/ids.ts';
import { available } from '../domain/product.ts';
import type { IntegrationRow } from '../services/services.ts';
import { ago } from './ages.ts';
import { cleanName, wrap } from './columns.ts';
import { conflictSentence } from './conflict-lines.ts';
import { money } from './numbers.ts';
import { sumLine } from './push-lines.ts';
import { shownRef } from './refs.ts';
import type { Telling } from './telling.ts';
import type { Piece } from './tones.ts';
import { whyLines } from './why-lines.ts';

type LineOf = string | readonly Piece[];

/** What is known of one line of a shop's list, for the pane beside it. */
export function productDetail(row: IntegrationRow, telling: Telling, width: number): readonly LineOf[] {
  const { words, now } = telling;
  const { product, listing } = row;
  const name = cleanName(product?.content.name ?? listing?.content.name ?? '') || words.domain.noName;
  const field = (label: string, value: string): LineOf => [{ text: `${label}  `, tone: 'quiet' }, { text: value }];
  const lines: LineOf[] = wrap(name, width).map((text) => [{ text, tone: 'strong' }]);
  lines.push(product?.sku ?? listing?.sku ?? words.domain.noItemNumber, '');
  if (product !== undefined) {
    const { onHand, reserved } = product.stock;
    lines.push(
      field(words.screen.column.wanted, sumLine({ onHand, reserved, available: available(product.stock) }, words)),
    );
    if (product.gtin !== undefined) lines.push(field('EAN', shownGtin(product.gtin)));
    if (product.content.price !== undefined)
      lines.push(field(words.domain.content.price, money(product.content.price, words)));
  }
  if (listing !== undefined) {
    lines.push(field(words.domain.shopProductId, shownRef(listing.ref)));
    lines.push(
      `${words.domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`,
    );
  }
  lines.push('');
  if (row.conflict !== undefined) lines.push(...wrap(conflictSentence(row.conflict, telling), width));
  else if (row.diagnosis !== undefined) lines.push(...whyLines(row.diagnosis, telling, width));
  return lines;
}
