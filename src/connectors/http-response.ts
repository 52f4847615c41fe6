import { type Instant, instantOf, millisecondsOf } from '../domain/ids.ts';
import type { ShopErrorKind } from '../ports/shop-error.ts';
import type { NewShopErrorDetail } from './http-request.ts';
import { readJson } from './json/read-json.ts';
import { firewallOf, hostPasswordOf, isHtml, pageWords } from './network/html-page.ts';

/** What came back, whatever its status. Redirects never come back: they are thrown as `moved`. */
export type HttpResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without a byte order mark. */
  readonly text: string;
  /** The server's own clock, from its `Date` header. */
  readonly date?: Instant;
  readonly doing: string;
};

type Meaning = readonly [ShopErrorKind, NewShopErrorDetail];
/** What we found an answer to mean, in our own words. */
export type Found = Pick<NewShopErrorDetail, 'reason'> & { readonly found: string };

/** The shop's own words, or ours where it has none. */
export const saidOr = (said: string | undefined, found: string) => (said === undefined ? { found } : { said });

/** What a reply with a bad status means, where the platform says nothing better; `words` are the platform's. */
export function meaningOf(reply: HttpResponse, words: string | Found | undefined, now: Instant): Meaning {
  const { status, doing } = reply;
  const wait = retryAfter(reply.headers['retry-after'], now);
  const told = typeof words === 'string' ? { said: words } : (words ?? wordsIn(reply));
  const before = words === undefined && isInFront(reply) ? { inFront: true as const } : {};
  const detail = { doing, status, retryAfter: wait, ...told, ...before };
  const password = status === 401 && words === undefined ? hostPasswordOf(reply) : undefined;
  if (password !== undefined) {
    const found = `a password of the host's stands before the shop (${password})`;
    return ['refused', { ...detail, found, reason: 'host-password' }];
  }
  // Who stands before the shop says that it does not reach it: that passes, and is nobody's refusal.
  if (isOriginAway(reply)) {
    const found = words === undefined ? 'Cloudflare stands before the shop and does not reach it' : undefined;
    return ['unreachable', { ...detail, ...(found === undefined ? {} : { found }), reason: 'own-error' }];
  }
  // A check for robots answers 503 as well: waiting does not help against it.
  const isFirewall = firewallOf(reply) !== undefined && (isHtml(reply) || words === undefined);
  if (status >= 400 && status !== 429 && isFirewall) {
    const found = words === undefined ? { found: pageWords(reply) } : {};
    return ['refused', { ...detail, ...found, reason: 'firewall' }];
  }
  const kind = kindOf(status, words !== undefined || readJson(reply.text).ok);
  return [kind, kind === 'unreachable' && status >= 500 ? { ...detail, reason: 'own-error' } : detail];
}

/** Statuses that say something about the key, the moment or the size, whoever speaks them. */
const ownStatus: readonly number[] = [401, 408, 413, 425, 429];

/** Whether a status refuses what was asked for itself, rather than the key, the moment or the size. */
export const isPlainRefusal = (status: number): boolean => status >= 400 && status < 500 && !ownStatus.includes(status);

/** Whether a refusal is a firewall's or a host's: a page or a plain word, or a method or a place that it lets nobody use. */
const isInFront = ({ status, text }: HttpResponse): boolean =>
  [403, 405, 406, 415, 501].includes(status) || (isPlainRefusal(status) && text.trim() !== '' && !readJson(text).ok);

/** Cloudflare's own statuses for a shop that is down, slow, or cannot be found behind it. */
const isOriginAway = ({ status, text }: HttpResponse): boolean =>
  (status >= 520 && status <= 527) || (status === 530 && /\b(?:1016|1033)\b/.test(text));

/** What a reply says in whatever form: a page's heading, the sentence in JSON of others than the shop, or its text. */
export function wordsIn(reply: HttpResponse): { readonly said: string } | { readonly found: string } {
  if (isHtml(reply)) return { found: pageWords(reply) };
  if (reply.text.trim() === '') return reply.status < 300 ? { found: 'an empty answer' } : { said: '' };
  const read = readJson(reply.text);
  return { said: (read.ok ? sentenceIn(read.value) : undefined) ?? reply.text.slice(0, 400) };
}

const sentenceNames = ['message', 'error_description', 'detail', 'title', 'error', 'errors', 'msg', 'reason'] as const;

function sentenceIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : sentenceIn(value[0]);
  for (const name of sentenceNames) {
    const found = Object.hasOwn(value, name) ? sentenceIn(Reflect.get(value, name)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(status: number, isTold: boolean): ShopErrorKind {
  // It says that all is well, and is not what was asked for.
  if (status < 300) return 'unintelligible';
  if (status === 401) return 'unauthorized';
  // A page or a plain word is a firewall's or a host's; a missing right is told in JSON.
  if (status === 403) return isTold ? 'forbidden' : 'refused';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429 || status === 430) return 'rate-limited';
  if (status === 408 || status === 425 || (status >= 500 && status !== 507 && status !== 501)) return 'unreachable';
  return 'refused';
}

/** A wait of more than a day is nobody's wish: seconds. */
const longestWait = 86_400;
/** Seconds that a shop asks for in words of its own, as far as they make sense. */
export const boundedWait = (seconds: number | undefined): number | undefined =>
  seconds === undefined || Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), longestWait);

/** Seconds that a `Retry-After` header asks for, as a number or as a date; nothing when it makes no sense. */
export function retryAfter(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.min(Number(header), longestWait);
  // Three letters at least: "-5" is no date, though it reads as one.
  const date = /[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  return Math.min(Math.max(0, Math.ceil((date - millisecondsOf(now)) / 1000)), longestWait);
}

/**
 * The moment in a `Date` header, in any of the forms that HTTP knows, UTC where no zone stands; nothing for what is
 * none of them, and for a year that no date has.
 */
export function shopDate(header: string | undefined): Instant | undefined {
  if (header === lastDate.header) return lastDate.moment;
  lastDate = { header, moment: dateIn(header) };
  return lastDate.moment;
}

/** Many answers come in one second. */
let lastDate: { readonly header?: string; readonly moment?: Instant } = {};

function dateIn(header: string | undefined): Instant | undefined {
  if (header === undefined || !/[a-z]{3}/i.test(header)) return undefined;
  // Behind a zone that has another name ("PST") nothing is added: that one would count.
  const hasZone = /(?:[a-z]|[+-]\d{2}:?\d{2})\s*$/i.test(header);
  const zoned = hasZone ? header : `${header} GMT`;
  const date = Date.parse(zoned);
  return date >= 0 && date <= latestDate ? instantOf(date) : undefined;
}

const latestDate = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
