import type { ShopStock } from '../domain/listing.ts';
import { cleanLine, cutText } from './clean.ts';
import { kindOf } from './json/value-reader.ts';

/** A whole number as shops write it. Three zeros behind a short one may be a thousand: "1.000" is nobody's guess. */
export const wholeText = /^(?![+-]?[1-9]\d{0,2}\.000$)[+-]?\d+(\.0+)?$/;

/**
 * A figure of stock out of what a shop wrote: a whole number, also as text or with zeros behind the point; none when
 * the shop says none; and where it is anything else, the field and what stood there. Half a piece is nobody's guess.
 */
export function stockFigure(value: unknown, field: string): Pick<ShopStock, 'quantity' | 'unreadable'> {
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return {};
  const text = ['number', 'string', 'boolean'].includes(typeof value) ? String(value).trim() : '';
  const number = wholeText.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return { quantity: number === 0 ? 0 : number };
  const shown = text === '' ? kindOf(value) : cutText(cleanLine(text), 40);
  return { unreadable: { field, value: shown } };
}
