import { z } from 'zod';
import type { ShopStock } from '../../domain/listing.ts';
import { cleanLine, cutText } from '../clean.ts';
import { wholeNumber } from '../decode.ts';

/** A whole number of pieces, nothing, or what stood there instead: half a piece is unknown, and never none. */
export type Figure = number | undefined | { readonly unreadable: string };

export const figure = z.unknown().transform((value): Figure => {
  const read = wholeNumber.safeParse(value);
  if (read.success) return read.data;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
  return { unreadable: cutText(cleanLine(text), 40) };
});

/** What is for sale of what lies there: on hand less what orders hold, summed over places. */
export function availableOf(
  levels: readonly { readonly onHand: Figure; readonly held: Figure }[],
  field: string,
): Pick<ShopStock, 'quantity' | 'unreadable'> {
  let quantity = 0;
  for (const { onHand, held } of levels) {
    for (const part of [onHand, held]) {
      if (typeof part === 'object') return { unreadable: { field, value: part.unreadable } };
    }
    quantity += Number(onHand ?? 0) - Number(held ?? 0);
  }
  return { quantity };
}
