import type { Product } from '../../domain/product.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import type { Piece } from '../text/tones.ts';
import { diagnosisTone } from './diagnosis-lines.ts';
import { shopStateDetail } from './shop-state-detail.ts';
import { shopState } from './shop-state-lines.ts';

/** What is known of a product in other shops than the one that is looked at, in so many rows: what is not as it should be first, no shop in part. */
export function otherShopsLines(
  places: readonly Place[],
  product: Product,
  format: FormatContext,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly (string | readonly Piece[])[] {
  const isWell = (place: Place): boolean =>
    shopState(place, product) === 'linked' && diagnosisTone(place.diagnosis) === 'good';
  const inOrder = places.toSorted((a, b) => Number(isWell(a)) - Number(isWell(b)));
  const lines: (string | readonly Piece[])[] = ['', [{ text: format.words.screen.otherShopsTitle, tone: 'strong' }]];
  const title = lines.length;
  for (const place of inOrder) {
    const detail = shopStateDetail(place, product, format, width);
    if (lines.length + detail.length + 1 > rows) break;
    lines.push(...(lines.length === title ? [] : ['']), ...detail);
  }
  return lines.length === title ? [] : lines;
}
