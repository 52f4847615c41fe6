import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import type { Words } from '../words/words.ts';
import { number } from './numbers.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of milliseconds in one unit: "40 s", "3 min", "5 h", "12 d". */
export function span(milliseconds: number, words: Words): string {
  const { domain } = words;
  const passed = Math.max(0, milliseconds);
  if (passed < 10 * second && passed % second !== 0)
    return `${(passed / second).toFixed(1).replace('.', domain.decimal)} ${domain.second}`;
  if (passed < 90 * second) return `${Math.round(passed / second)} ${domain.second}`;
  if (passed < 90 * minute) return `${Math.round(passed / minute)} ${domain.minute}`;
  if (passed < 36 * hour) return `${Math.round(passed / hour)} ${domain.hour}`;
  return `${number(Math.round(passed / day), words)} ${domain.day}`;
}

/** What is younger than this is of now. */
const ofNow = 10 * second;

/** How old a fact is: "3 min", and "now" within the last ten seconds. A fact from the future is as fresh as can be. */
export function age(at: Instant, now: Instant, words: Words): string {
  const passed = millisecondsOf(now) - millisecondsOf(at);
  return passed < ofNow ? words.domain.ageNow : span(Math.round(passed / second) * second, words);
}

/** How long ago: "3 min ago", "for 3 min siden", and "just now" within the last ten seconds. */
export const ago = (at: Instant, now: Instant, words: Words): string =>
  millisecondsOf(now) - millisecondsOf(at) < ofNow ? words.domain.justNow : words.domain.ago(age(at, now, words));

/** Whole days between two moments. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((millisecondsOf(to) - millisecondsOf(from)) / day));

const formats = new Map<string, Intl.DateTimeFormat>();
const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  formats.set(timeZone, made);
  return made;
};

const partsOf = (at: Instant, timeZone: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(millisecondsOf(at))
      .map((part) => [part.type, part.value]),
  );

/** The reader's own date: "2026-11-24". */
export const localDate = (at: Instant, timeZone: string): string => {
  const part = partsOf(at, timeZone);
  return `${part.year}-${part.month}-${part.day}`;
};

/** The reader's own time: "2026-11-24 05:06". */
export const localTime = (at: Instant, timeZone: string): string => {
  const part = partsOf(at, timeZone);
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`;
};

/** The reader's own time of day to the minute: "05:06". */
export const timeOfDay = (at: Instant, timeZone: string): string => {
  const part = partsOf(at, timeZone);
  return `${part.hour}:${part.minute}`;
};

/** The reader's own day without the year: "24 Nov", "24. nov". */
export const dayAndMonth = (at: Instant, timeZone: string, words: Words): string => {
  const part = partsOf(at, timeZone);
  return words.domain.dayOfMonth(String(Number(part.day)), Number(part.month));
};

/** The reader's own day and time: "24 Nov 05:16", and the whole date where it was another year. */
export const dayAndTime = (
  at: Instant,
  { now, timeZone, words }: { readonly now: Instant; readonly timeZone: string; readonly words: Words },
): string =>
  partsOf(at, timeZone).year === partsOf(now, timeZone).year
    ? `${dayAndMonth(at, timeZone, words)} ${timeOfDay(at, timeZone)}`
    : localTime(at, timeZone);

/** The reader's own day: "24 Nov", and "24 Nov 2025" where it was another year. */
export const shortDate = (
  at: Instant,
  { now, timeZone, words }: { readonly now: Instant; readonly timeZone: string; readonly words: Words },
): string => {
  const { year } = partsOf(at, timeZone);
  const day = dayAndMonth(at, timeZone, words);
  return year === partsOf(now, timeZone).year ? day : `${day} ${year}`;
};

/** Whether the reader's own time is UTC at that moment: it is not told twice then. */
export const isUtc = (at: Instant, timeZone: string): boolean =>
  ['GMT', 'GMT+0', 'UTC'].includes(partsOf(at, timeZone).timeZoneName ?? '');

/** The reader's own time with seconds and zone: "2026-11-24 05:06:07 GMT+1". */
export const exactLocalTime = (at: Instant, timeZone: string): string => {
  const part = partsOf(at, timeZone);
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}`;
};

/** The time of day: "05:06:07". */
export const clockTime = (at: Instant, timeZone: string): string => {
  const part = partsOf(at, timeZone);
  return `${part.hour}:${part.minute}:${part.second}`;
};

/** UTC as a person reads it: "2026-11-24 04:06:07 UTC". */
export const utcTime = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
