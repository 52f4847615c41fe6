import { shopReasons } from '../words/en/shop-reasons.ts';
import type { Words } from '../words/words.ts';
import { requestWord } from './request-word.ts';
import { shapeReason } from './shape-reason.ts';

type Known = { readonly name: keyof Words['shopReasons']; readonly pattern: RegExp };
const isName = (name: string): name is Known['name'] => Object.hasOwn(shopReasons, name);

// Made when the first reason is told. Those without a blank come first: a blank would take in what they say.
let known: readonly Known[] | undefined;
const allKnown = (): readonly Known[] => {
  known ??= Object.keys(shopReasons)
    .filter(isName)
    .map((name) => ({
      name,
      pattern: new RegExp(`^${name.replace(/[\\^$*+?.()|[\]]/g, '\\$&').replaceAll('{}', '(.*?)')}$`, 's'),
    }))
    .toSorted((a, b) => blanksIn(a.name) - blanksIn(b.name) || b.name.length - a.name.length);
  return known;
};
const blanksIn = (text: string): number => text.split('{}').length - 1;

/** An error of ours without words of the shop's, as it is kept: "dk: unreachable while reading products (HTTP 503)". */
const bare = /^\S+: ([a-z-]+) while (.+?)(?: \(HTTP (\d+)\))?$/;

function bareReason(said: string, words: Words): string | undefined {
  const [, kind = '', doing = '', status] = bare.exec(said) ?? [];
  const what = Object.entries(words.domain.shopTrouble).find(([name]) => name === kind)?.[1];
  if (what === undefined) return undefined;
  const { doing: sayDoing, status: sayStatus } = words.domain.shopErrorDetail;
  const told = [what, sayDoing(requestWord(doing, words))];
  return [...told, ...(status === undefined ? [] : [sayStatus(status)])].join(', ');
}

/** What the system says of the way to a shop: "ECONNREFUSED: connect ...", "getaddrinfo ENOTFOUND ...". */
function networkReason(said: string, { networkReasons }: Words): string | undefined {
  const code =
    /^(?:[a-z ]{1,30})?([A-Z][A-Z_]{4,})\b/.exec(said)?.[1] ?? (said === 'socket hang up' ? 'ECONNRESET' : '');
  const what = Object.entries(networkReasons).find(([name]) => name === code)?.[1];
  return what && `${what} (${code})`;
}

/** A figure that is none, by its field: `stock is "a few"`. */
const oddField = /^([\w.]+) is (".*")$/s;

/** A field with what is wrong with it: `stock_quantity is "2.5", not a whole number`. */
const fieldAndReason = /^([\w.[\]-]*[\w\]]) (.+)$/s;

/**
 * Why an answer is none, in the reader's words, where the words are ours: the adapters write them in English and they are
 * kept so. Nothing where the shop itself speaks.
 */
export function shopReason(said: string, words: Words): string | undefined {
  for (const { name, pattern } of allKnown()) {
    const parts = pattern.exec(said)?.slice(1);
    if (parts === undefined) continue;
    let at = 0;
    return words.shopReasons[name].replaceAll('{}', () => innerReason(parts[at++] ?? '', words));
  }
  const [, field, value = ''] = oddField.exec(said) ?? [];
  if (field !== undefined) return words.domain.fieldIs(field, value);
  const [, name, rest = ''] = fieldAndReason.exec(said) ?? [];
  const reason = name === undefined ? undefined : shapeReason(rest, words);
  if (reason !== undefined) return `${name} ${reason}`;
  return shapeReason(said, words) ?? networkReason(said, words) ?? bareReason(said, words);
}

// A part that is the shop's own stands in quotes already, or is a number or a name.
const innerReason = (part: string, words: Words): string => shopReason(part, words) ?? part;

/** What was said of a trouble, and by whom, where that was kept: older records do not tell. */
type Said = { readonly said: string; readonly saidBy?: 'us' | 'shop' };

/** Our own words in the reader's language; nothing where the shop itself speaks. */
export function ownReason({ said, saidBy }: Said, words: Words): string | undefined {
  if (saidBy === 'shop') return undefined;
  return shopReason(said, words) ?? (saidBy === 'us' ? said : undefined);
}

/** The same, and in quotes what the shop itself says. */
export const quotedReason = (trouble: Said, words: Words): string => ownReason(trouble, words) ?? `"${trouble.said}"`;

/** What is wrong with a field: `sku is an object, not text`, or `sku says "76.5"`, where nothing but its value is known. */
export function fieldTrouble(field: string, said: string, words: Words): string {
  const reason = shopReason(said, words);
  return reason === undefined ? words.domain.fieldSays(field, said) : `${field} ${reason}`;
}
