import { parse } from 'lossless-json';
import { JsonLimitError, jsonLimits } from './json-limits.ts';

/** What was found in an answer, or what is wrong with it: the part of it that is. */
export type ReadJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly wrong: string };

/** Places where an answer is looked for behind what a plug-in printed. */
const maxPlaces = 50;
const page = /<(!doctype|html|head|body)[\s>]/i;
const start = /[[{]/g;
/** What can stand behind a bracket that opens an answer. */
const opening = /^(\[\s*([\][{"\d-]|true|false|null)|\{\s*["}])/;

/**
 * The JSON in an answer. Text before it (a PHP notice) and behind it (a cache's comment) is passed over; a page of
 * HTML is none, whatever scripts it holds, and neither is an answer that breaks off. Whole numbers beyond 2^53 and
 * numbers that are not finite come as their text, so that no digit of an id is lost.
 */
export function readJson(text: string): ReadJson {
  // A word, a number or a text alone: "true", "42", "\"token\"".
  if (/^\s*("|-?\d|true|false|null)/.test(text)) {
    const whole = parsed(text.trim());
    if (whole.ok) return whole;
  }
  let wrong: string | undefined;
  let longest: { readonly length: number; readonly value: unknown } | undefined;
  let passed = 0;
  let places = 0;
  for (const { index } of text.matchAll(start)) {
    // What lies within a list that was looked at is not the answer.
    if (index < passed || !opening.test(text.slice(index, index + 40)) || page.test(text.slice(0, index))) continue;
    const end = endOf(text, index);
    // A bracket in a comment behind the answer; else it is the answer that is not whole.
    const isComment = /<!--|\/\*/.test(text.slice(passed, index)) || text.length - index < (longest?.length ?? 0);
    if (end === undefined && longest !== undefined && isComment) break;
    if (end === undefined) return { ok: false, wrong: `the answer breaks off: …${text.slice(-60)}` };
    const read = parsed(text.slice(index, end));
    // An answer begins a line; what stands in the middle of one may be a plug-in's ("undefined key [0]").
    if (read.ok && /(^|\n)\s*$/.test(text.slice(Math.max(0, index - 200), index))) return read;
    if (read.ok && end - index > (longest?.length ?? 0)) longest = { length: end - index, value: read.value };
    if (!read.ok) wrong ??= read.wrong;
    passed = end;
    places += 1;
    if (places >= maxPlaces) break;
  }
  if (longest !== undefined) return { ok: true, value: longest.value };
  return { ok: false, wrong: wrong ?? (text.trim() === '' ? 'an empty answer' : text.trim().slice(0, 400)) };
}

/** Where the list or object that begins at a place ends; nothing when it does not. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inText) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) inText = false;
    } else if (sign === 0x22) inText = true;
    else if (sign === 0x5b || sign === 0x7b) depth += 1;
    else if (sign === 0x5d || sign === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    if (depth > jsonLimits.depth) throw new JsonLimitError(`the answer is nested deeper than ${jsonLimits.depth}`);
  }
  return undefined;
}

/** Numbers that may lose something as a number: 16 digits or more before the point, or an exponent. */
const risky = /[:[,]\s*-?(\d{16}|\d[\d.]*[eE])/;

function parsed(text: string): ReadJson {
  try {
    return { ok: true, value: risky.test(text) ? parse(text, undefined, exactNumber) : JSON.parse(text) };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const place = at === undefined ? 0 : Number(at);
    return { ok: false, wrong: `not JSON at "${text.slice(Math.max(0, place - 30), place + 60)}"` };
  }
}

/** A number that is what was written, or its text. */
function exactNumber(digits: string): number | string {
  const number = Number(digits);
  const exact = /^-?\d+$/.test(digits) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return exact ? number : digits;
}

/** The text of a JSON body: whole numbers too large for a number are given as `bigint`. */
export { stringify as jsonText } from 'lossless-json';

/** An id as it is written into a body: a number with all its digits. */
export const idNumber = (id: string): number | bigint => (Number.isSafeInteger(Number(id)) ? Number(id) : BigInt(id));
