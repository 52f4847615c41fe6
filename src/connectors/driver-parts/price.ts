import type { Listing, UnreadPart } from '../../domain/listing.ts';
import { cutText } from '../clean.ts';
import { line, money } from '../decode.ts';
import { kindOf, reader } from '../json/value-reader.ts';

/** A price as it was written; none where the shop gives none. What is no text reads as what it is, and so as no amount. */
export const priceText = reader((value): string | undefined => {
  const read = line.safeParse(value);
  return read.success ? read.data : kindOf(value);
});

/** The price of a listing in its shop's currency; where an amount stands there that cannot be read, what stood there. */
export function unreadPrice(text: string | undefined, currency: string | undefined, field = 'price'): UnreadPart[] {
  if (text === undefined || money('1', currency) === undefined || money(text, currency) !== undefined) return [];
  return [{ part: 'price', field, value: cutText(text, 40) }];
}

/** The parts of a listing that could not be read, where there are any. */
export const withUnread = (parts: readonly UnreadPart[]): Pick<Listing, 'unread'> =>
  parts.length === 0 ? {} : { unread: parts };
