import type { ProductCard } from '../../services/lookup/lookup-service.ts';
import { number } from '../format/numbers.ts';
import type { Piece } from '../text/tones.ts';
import { partLine } from '../warehouse/figure-lines.ts';
import type { Words } from '../words/words.ts';

type LineOf = string | readonly Piece[];

/** Locations that are shown: a large product lies in many places. */
const maxParts = 8;

/** What lies at each location of the warehouse, and the sum where it is another than what is on hand. */
export function partLines({ parts, product }: ProductCard, words: Words): readonly LineOf[] {
  const shown = parts.slice(0, maxParts).map((part): LineOf => `  ${partLine(part, words)}`);
  const left = parts.length - shown.length;
  const { onHand } = product.stock;
  const sum = Math.round(parts.reduce((total, part) => total + part.onHand, 0) * 100) / 100;
  const other = sum === onHand ? '' : `  ${words.warehouse.partsDiffer(number(sum, words))}`;
  return [
    [
      { text: words.warehouse.locations, tone: 'strong' },
      { text: other, tone: 'quiet' },
    ],
    ...shown,
    ...(left > 0 ? [`  + ${number(left, words)}`] : []),
  ];
}
