import { parse } from 'lossless-json';
import { JsonLimitError, jsonLimits } from './json-limits.ts';
import { twoValues } from './two-values.ts';

/** What was found in an answer, or what is wrong with it: the part of it that is. */
export type ReadJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly wrong: string };

/** Places where an answer is looked for behind what a plug-in printed. */
const maxPlaces = 50;
const page = /<(!doctype|html|head|body)[\s>]/i;
const start = /[[{]/g;
/** What can stand behind a bracket that opens an answer. */
const opening = /^(\[\s*([\][{"\d-]|true|false|null)|\{\s*["}])/;

/** What plug-ins and caches put around an answer, and may hold brackets of its own. */
const wrappers: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['/*', '*/'],
  ['<script', '</script>'],
  ['<style', '</style>'],
];

/** Where the comment or script ends that a place lies in; nothing when it lies in none. One that never ends goes on to the end. */
function endOfWrapper(text: string, from: number, place: number): number | undefined {
  const before = text.slice(from, place).toLowerCase();
  for (const [opens, closes] of wrappers) {
    const opened = before.lastIndexOf(opens);
    if (opened < 0 || before.indexOf(closes, opened) >= 0) continue;
    const end = text.toLowerCase().indexOf(closes, place);
    return end < 0 ? text.length : end + closes.length;
  }
  return undefined;
}

/** An answer with nothing in it: of two answers in one text it may be the one that a plug-in printed. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * The JSON in an answer. Text before it (a PHP notice) and behind it (a cache's comment) is passed over; a page of
 * HTML is none, whatever scripts it holds, and neither is an answer that breaks off, or an empty one beside another.
 * Whole numbers beyond 2^53 and numbers that are not finite come as their text, so that no digit of an id is lost. What
 * one object says twice under one key comes as `twoValues`, which nobody can read.
 */
export function readJson(text: string): ReadJson {
  // A word, a number or a text alone: "true", "42", "\"token\"".
  if (/^\s*("|-?\d|true|false|null)/.test(text)) {
    const whole = parsed(text.trim());
    if (whole.ok) return whole;
  }
  let wrong: string | undefined;
  let longest: { readonly length: number; readonly value: unknown } | undefined;
  let empty: { readonly value: unknown } | undefined;
  let passed = 0;
  let places = 0;
  for (const { index } of text.matchAll(start)) {
    // What lies within a list that was looked at is not the answer.
    if (index < passed || !opening.test(text.slice(index, index + 40)) || page.test(text.slice(0, index))) continue;
    const wrapperEnd = endOfWrapper(text, passed, index);
    if (wrapperEnd !== undefined) {
      passed = wrapperEnd;
      continue;
    }
    const found = endOf(text, index);
    // A bracket in a comment behind the answer; else it is the answer that is not whole.
    const isComment = /<!--|\/\*/.test(text.slice(passed, index)) || text.length - index < (longest?.length ?? 0);
    if (found === undefined && (longest !== undefined || empty !== undefined) && isComment) break;
    if (found === undefined) return { ok: false, wrong: `the answer breaks off: …${text.slice(-60)}` };
    const { end, keys } = found;
    const read = parsed(text.slice(index, end), keys);
    // "[0] => 1" is how PHP prints a list.
    const isDump = /^\s*=>/.test(text.slice(end, end + 20));
    // An answer begins a line; what stands in the middle of one may be a plug-in's ("undefined key [0]").
    const isLine = !isDump && /(^|\n)\s*$/.test(text.slice(Math.max(0, index - 200), index));
    if (read.ok && empty !== undefined && !isDump && isFuller(read.value, empty.value)) return twoAnswers(text);
    if (read.ok && isLine && !isEmpty(read.value)) return read;
    if (read.ok && isLine) empty ??= read;
    // What the text ends with is the answer rather than a list within a plug-in's words.
    const isLast = text.slice(end).trim() === '';
    if (read.ok && !isDump && (isLast || end - index > (longest?.length ?? 0))) {
      longest = { length: end - index, value: read.value };
    }
    if (!read.ok) wrong ??= read.wrong;
    passed = end;
    places += 1;
    if (places >= maxPlaces) break;
  }
  if (empty !== undefined) return { ok: true, value: empty.value };
  if (longest !== undefined) return { ok: true, value: longest.value };
  return { ok: false, wrong: wrong ?? whatInstead(text) };
}

const isFuller = (value: unknown, empty: unknown): boolean =>
  !isEmpty(value) && Array.isArray(value) === Array.isArray(empty);
const twoAnswers = (text: string): ReadJson => ({
  ok: false,
  wrong: `an empty answer and another one in the same text: ${text.trim().slice(0, 200)}`,
});

function whatInstead(text: string): string {
  if (text.trim() === '') return 'an empty answer';
  // Packed without saying so, or damaged.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 200))) return 'an answer that is no text';
  return text.trim().slice(0, 400);
}

/** Where the list or object that begins at a place ends, and how many keys stand in it; nothing when it does not end. */
function endOf(text: string, from: number): { readonly end: number; readonly keys: number } | undefined {
  let depth = 0;
  let keys = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x22) at = endOfText(text, at + 1);
    else if (sign === 0x3a) keys += 1;
    else if (sign === 0x5b || sign === 0x7b) depth += 1;
    else if (sign === 0x5d || sign === 0x7d) {
      depth -= 1;
      if (depth === 0) return { end: at + 1, keys };
    }
    if (depth > jsonLimits.depth) throw new JsonLimitError(`the answer is nested deeper than ${jsonLimits.depth}`);
  }
  return undefined;
}

/** Where the quote stands that ends a text, or the end of the answer. The engine looks for it many letters at a time. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text.charCodeAt(at - slashes - 1) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** Numbers that may lose something as a number: 16 digits or more before the point, or an exponent. */
const risky = /[:[,]\s*-?(\d{16}|\d[\d.]*[eE])/;

/** The keys of a value and of all that lies in it. JSON takes the last of two that are the same. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += keysIn(item);
    return keys;
  }
  for (const item of Object.values(value)) keys += 1 + keysIn(item);
  return keys;
}

const carefully = (text: string): unknown =>
  parse(text, undefined, {
    parseNumber: exactNumber,
    onDuplicateKey: ({ oldValue, newValue }) => twoValues(oldValue, newValue),
  });

/** `keys` is how many were counted in the text: fewer in the value means that one stands there twice. */
function parsed(text: string, keys = 0): ReadJson {
  try {
    if (risky.test(text)) return { ok: true, value: carefully(text) };
    const value: unknown = JSON.parse(text);
    return { ok: true, value: keysIn(value) < keys ? carefully(text) : value };
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    // Of a long text the engine tells the part around what is wrong, and no place.
    const part = /"?\.\.\.([\s\S]+?)"?\.\.\. is not valid JSON/.exec(words)?.[1];
    if (part !== undefined) return { ok: false, wrong: `not JSON at "${part}"` };
    const at = /position (\d+)/.exec(words)?.[1];
    const place = at === undefined ? 0 : Number(at);
    return { ok: false, wrong: `not JSON at "${text.slice(Math.max(0, place - 30), place + 60)}"` };
  }
}

/** A number that is what was written, or its text. */
function exactNumber(digits: string): number | string {
  const number = Number(digits);
  // 9.007199254740993e15 and 9007199254740993.0 are whole numbers, too.
  const exact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return exact ? number : digits;
}

/** What a text holds as JSON; `undefined` where it is none. */
export function jsonValue(text: string): unknown {
  const read = readJson(text);
  return read.ok ? read.value : undefined;
}

/** The text of a JSON body: whole numbers too large for a number are given as `bigint`. */
export { stringify as jsonText } from 'lossless-json';

/** An id as it is written into a body: a number with all its digits. */
export const idNumber = (id: string): number | bigint => (Number.isSafeInteger(Number(id)) ? Number(id) : BigInt(id));
