import { z } from 'zod';
import type { ShopStock } from '../../domain/listing.ts';
import { cleanLine, cutText } from '../clean.ts';
import { wholeNumber } from '../decode.ts';
import { kindOf } from '../json/value-reader.ts';

/** A whole number of pieces, nothing, or what stood there instead: half a piece is unknown, and never none. */
export type Figure = number | undefined | { readonly unreadable: string };

export const figure = z.unknown().transform((value): Figure => {
  const read = wholeNumber.safeParse(value);
  if (read.success) return read.data;
  const text = ['number', 'string', 'boolean'].includes(typeof value) ? String(value) : kindOf(value);
  return { unreadable: cutText(cleanLine(text), 40) };
});

/** What is for sale of what lies there: on hand less what orders hold, summed over places. Nothing where one says none. */
export function availableOf(
  levels: readonly { readonly onHand: Figure; readonly held: Figure }[],
  field: string,
): Pick<ShopStock, 'quantity' | 'unreadable'> {
  let quantity = 0;
  let isWhole = true;
  for (const { onHand, held } of levels) {
    for (const part of [onHand, held]) {
      if (typeof part === 'object') return { unreadable: { field, value: part.unreadable } };
    }
    if (onHand === undefined) isWhole = false;
    quantity += Number(onHand ?? 0) - Number(held ?? 0);
  }
  return isWhole ? { quantity } : {};
}
