import { decodeHTMLStrict } from 'entities';
import { latePattern } from '../../domain/text/late-pattern.ts';

// What may stand between two letters of a key without anybody seeing it: colours of a terminal, blanks, line breaks,
// invisible signs.
export const unseenParts = latePattern(
  () => /[\u001b\u009b]\[?[0-9;]*m|[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
);

/** A text as it reads, and for each of its units where in the source what it was read from begins and ends. */
export type Reading = { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] };

/** Takes parts of a reading away or puts others in their place; each new unit stands for the whole part. */
export function replaced(reading: Reading, pattern: RegExp, instead: (part: RegExpExecArray) => string): Reading {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let from = 0;
  const keep = (until: number): void => {
    text += reading.text.slice(from, until);
    for (let at = from; at < until; at += 1) {
      starts.push(reading.starts[at] ?? 0);
      ends.push(reading.ends[at] ?? 0);
    }
  };
  for (const part of reading.text.matchAll(pattern)) {
    keep(part.index);
    from = part.index + part[0].length;
    for (const unit of instead(part).split('')) {
      text += unit;
      starts.push(reading.starts[part.index] ?? 0);
      ends.push(reading.ends[from - 1] ?? 0);
    }
  }
  keep(reading.text.length);
  return { text, starts, ends };
}

export const asWritten = (text: string): Reading => {
  const starts = Array.from({ length: text.length }, (_, at) => at);
  return { text, starts, ends: starts.map((at) => at + 1) };
};

export const seenPart = (reading: Reading): Reading => replaced(reading, unseenParts(), () => '');

// How JSON, PHP, addresses and pages write a sign that would mean something else there; and what pages put between.
const escapes =
  /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/nrt])|(?:%[0-9a-f]{2})+|&#x([0-9a-f]{1,12});|&#(\d{1,12});|&([a-z][a-z\d]{1,30});|<\/?[a-z][^<>]{0,200}>/gi;
const lineSigns = /^[nrt]$/;

function unescaped([whole, unicode, byte, sign, hex, decimal, name]: RegExpExecArray): string {
  if (sign !== undefined) return lineSigns.test(sign) ? '\n' : sign;
  if (name !== undefined) return decodeHTMLStrict(whole);
  const digits = unicode ?? byte ?? hex;
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  if (digits !== undefined || decimal !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return whole.startsWith('%') ? Buffer.from(whole.replaceAll('%', ''), 'hex').toString('utf8') : '';
}

/** Times that an escape may be escaped again. */
const maxEscapes = 3;

/** Everything that a text can be read as: as it stands, and with its escapes undone, once and again. */
export function readingsOf(text: string): readonly Reading[] {
  const readings = [seenPart(asWritten(text))];
  for (let round = 0; round < maxEscapes; round += 1) {
    const last = readings.at(-1) ?? asWritten(text);
    const next = seenPart(replaced(last, escapes, unescaped));
    if (next.text === last.text) break;
    readings.push(next);
  }
  return readings;
}
