import type { z } from 'zod';
import { type Instant, parseInstant } from '../domain/ids.ts';
import { minorDigits } from '../domain/money.ts';
import type { Money } from '../domain/product.ts';
import type { BrokenRow } from '../ports/shop-connector.ts';
import { cleanLine, cleanName, cleanText, cutText } from './clean.ts';
import { kindOf, reader, refuse } from './json/value-reader.ts';
import { wholeText } from './stock-figure.ts';
import { unmarked } from './web-text.ts';

/*
 * Readers for what shops send. They are tolerant of how a value is written and strict about what it means:
 * numbers may come as text, but half a piece in stock is nobody's guess. `null` ends here.
 */

const longestLine = 500;
const longestText = 2000;

/** How shops write that there is nothing. */
export const absent = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === false;
const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** One line of text, cleaned; a number becomes its digits; empty, `null` and missing become nothing. */
export const line = reader((value, payload): string | undefined => {
  if (absent(value)) return undefined;
  if (isText(value)) return cutText(cleanLine(String(value)), longestLine) || undefined;
  return refuse(payload, `is ${kindOf(value)}, not text`);
});

/** Words and what they mean. A shop's word is looked up here and never among what every object has: "toString" is no status. */
export function ownEntries<Value>(meanings: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(meanings));
}

/** Text that was stored for a web page: one line, its entities resolved before it is cleaned. What is no text is none. */
export const titleOf = (value: unknown): string | undefined =>
  isText(value) ? cutText(cleanName(unmarked(String(value))), longestLine) || undefined : undefined;
export const title = reader(titleOf);

/** The name of a product: none where the shop gives none. What is no text is unreadable, and never a name of our making. */
export const name = reader((value, payload): string | undefined =>
  absent(value) ? undefined : isText(value) ? titleOf(value) : refuse(payload, `is ${kindOf(value)}, not text`),
);

/** Text of several lines as a reader sees it, cleaned and cut to 2,000 characters. */
export const multilineText = reader((value): string | undefined => {
  if (typeof value !== 'string') return undefined;
  return cutText(cleanText(unmarked(value)).trim(), longestText) || undefined;
});

/** An id as text, where it looks like the platform's own and is no word for none: it goes into addresses again. */
export const idLike = (pattern: RegExp) =>
  reader((value, payload): string => {
    // A number too large to be exact might name something else.
    const exact = typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
    const text = typeof value === 'string' ? cleanLine(value) : exact ? String(value) : '';
    if (pattern.test(text) && !/^(?:0|null|undefined|nan|none|true|false)$/i.test(text)) return text;
    return refuse(payload, `is ${quotedValue(value)}, not an id`);
  });
export const id = idLike(/^\w[\w.:~-]{0,99}$/);
/** The same of platforms that count their things. */
export const numberId = idLike(/^\d{1,20}$/);

/** A whole number of pieces, also as text; nothing when the shop says none. "1.000" is refused: one, or a thousand. */
export const wholeNumber = reader((value, payload): number | undefined => {
  const number = wholeNumberOf(value);
  return Number.isNaN(number) ? refuse(payload, `is ${quotedValue(value)}, not a whole number`) : number;
});

/** The same; `NaN` for what is none. */
function wholeNumberOf(value: unknown): number | undefined {
  if (absent(typeof value === 'string' ? value.trim() : value)) return undefined;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const number = wholeText.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) return Number.NaN;
  return number === 0 ? 0 : number;
}

/** A stock figure: a whole number, none, or what stands there in its place (`76.5`, "a few"), cleaned and cut. */
export type Figure = { readonly value?: number; readonly unreadable?: string };

/** A stock figure that is never guessed at: what is no whole number is kept as it was written. */
export const figure = reader((value): Figure => {
  const read = wholeNumberOf(value);
  if (!Number.isNaN(read)) return { value: read };
  const written = typeof value === 'object' ? kindOf(value) : String(value);
  return { unreadable: cutText(cleanLine(written), 40) };
});

/** Yes or no, however it is written; nothing when it is neither. */
export const flag = reader(flagOf);
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = String(value).trim().toLowerCase();
  if (['1', 'yes', 'true', 'on'].includes(word)) return true;
  return ['0', 'no', 'false', 'off', ''].includes(word) ? false : undefined;
}

/** A moment written with its zone; nothing for zero dates and what is none. */
export const timestamp = reader((value): Instant | undefined => parseTimestamp(value, ''));

/** A moment in UTC written without saying so. */
export const utcTimestamp = reader((value): Instant | undefined => parseTimestamp(value, 'Z'));

function parseTimestamp(value: unknown, zone: string): Instant | undefined {
  if (typeof value !== 'string' || value.startsWith('0000')) return undefined;
  const text = value.trim().replace(' ', 'T');
  return parseInstant(text) ?? (zone === '' ? undefined : parseInstant(text + zone));
}

/**
 * An amount out of decimal text, rounded to whole minor units of its currency. An empty price is unknown, not
 * nought; so is one whose comma could mean either.
 */
export function money(text: string | undefined, currency: string | undefined): Money | undefined {
  if (text === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const amount = decimal(text.replace(/[\s\u00a0']/g, ''));
  if (amount === undefined) return undefined;
  const minor = Math.round(Number(`${amount}e${minorDigits(currency)}`));
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency } : undefined;
}

function decimal(text: string): string | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  if (/^-?\d{1,3}(\.\d{3})*,\d{1,2}$/.test(text) || /^-?\d+,\d{1,2}$/.test(text)) {
    return text.replaceAll('.', '').replace(',', '.');
  }
  return /^-?\d{1,3}(,\d{3})+\.\d+$/.test(text) ? text.replaceAll(',', '') : undefined;
}

/** A picture's address, made whole against the shop's; nothing when it is not one. */
export function imageAddress(source: string | undefined, base: string): string | undefined {
  if (source === undefined || source === 'no_selection' || !URL.canParse(source, `${base}/`)) return undefined;
  const url = new URL(source, `${base}/`);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' ? url.href.slice(0, 2000) : undefined;
}

/** What a value reads as, or where and why it does not. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly broken: BrokenRow };

/** The id that a broken row carries, as far as it can be told. */
function idIn(row: unknown): string {
  const written = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  return typeof written === 'string' || typeof written === 'number' ? cleanName(String(written)).slice(0, 100) : '';
}

/** Reads one row. What cannot be read is named with the field it broke on. */
export function readRow<Value>(schema: z.ZodType<Value>, row: unknown): Read<Value> {
  const read = schema.safeParse(row);
  if (read.success) return { ok: true, value: read.data };
  const [issue] = read.error.issues;
  const rowId = idIn(row);
  return {
    ok: false,
    broken: {
      ...(rowId === '' ? {} : { shopProductId: rowId }),
      where: issue === undefined || issue.path.length === 0 ? 'the row' : issue.path.join('.'),
      said: cleanName(issue?.message ?? 'could not be read'),
    },
  };
}

/** Reads every row by itself, so that one that nobody can read does not take the page with it. `named` says more of whose it is. */
export function readRows<Value>(
  schema: z.ZodType<Value>,
  rows: readonly unknown[],
  named: (broken: BrokenRow, row: unknown) => BrokenRow = (broken) => broken,
): { readonly rows: readonly Value[]; readonly broken: readonly BrokenRow[] } {
  const read = rows.map((row) => readRow(schema, row));
  return {
    rows: read.flatMap((one) => (one.ok ? [one.value] : [])),
    broken: read.flatMap((one, at) => (one.ok ? [] : [named(one.broken, rows[at])])),
  };
}

/** A value as it is told in the reason why it was refused. */
export const quotedValue = (value: unknown): string =>
  isText(value) ? `"${cleanLine(String(value)).slice(0, 40)}"` : kindOf(value);
