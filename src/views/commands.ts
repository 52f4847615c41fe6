import { type ShopId, toShopId } from '../domain/ids.ts';
import type { Spot } from './navigation.ts';
import type { Language } from './words.ts';

/** What a typed command asks for: the words are those of the command line. */
export type Command =
  | { readonly kind: 'go'; readonly spot: Spot }
  | { readonly kind: 'product'; readonly asked: string; readonly tab?: 'why' | 'timeline' }
  | { readonly kind: 'sync'; readonly shopIds?: readonly ShopId[]; readonly full: boolean }
  | { readonly kind: 'fetch'; readonly asked: readonly string[] }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'undo' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'unknown'; readonly word: string };

type Reader = (rest: readonly string[]) => Command;

const go = (spot: Spot): Command => ({ kind: 'go', spot });
const shopOf = (rest: readonly string[]): ShopId | undefined => {
  const word = rest.find((part) => !part.startsWith('-'));
  return word === undefined ? undefined : toShopId(word);
};
const product =
  (tab?: 'why' | 'timeline'): Reader =>
  (rest) =>
    rest.length === 0 ? go({ screen: 'lookup' }) : { kind: 'product', asked: rest.join(' '), tab };

const readers: Readonly<Record<string, Reader>> = {
  find: (rest) =>
    rest[0] === '--shop-id'
      ? go({ screen: 'shop-id', text: rest.slice(1).join(' ') })
      : go({ screen: 'lookup', text: rest.join(' ') }),
  show: product(),
  why: product('why'),
  timeline: product('timeline'),
  list: (rest) => go({ screen: 'integrations', shopId: shopOf(rest) }),
  report: () => go({ screen: 'inactive' }),
  conflicts: () => go({ screen: 'conflicts' }),
  push: () => go({ screen: 'push' }),
  shops: (rest) => (rest[0] === 'add' ? go({ screen: 'shop-form' }) : go({ screen: 'shops' })),
  sync: (rest) => {
    const named = rest.filter((part) => !part.startsWith('-')).map(toShopId);
    return { kind: 'sync', full: rest.includes('--full'), ...(named.length === 0 ? {} : { shopIds: named }) };
  },
  fetch: (rest) => ({ kind: 'fetch', asked: rest }),
  log: (rest) => go({ screen: 'activity', errors: rest.includes('--errors') }),
  undo: () => ({ kind: 'undo' }),
  lang: (rest) => ({ kind: 'language', language: rest[0] === 'en' ? 'en' : 'da' }),
  messages: () => go({ screen: 'messages' }),
  help: () => go({ screen: 'help' }),
  quit: () => ({ kind: 'quit' }),
};
/** The words a command may begin with. */
export const commandWords: readonly string[] = Object.keys(readers);
const takesShop = new Set(['list', 'sync']);

/** What a typed line asks for; a beginning of a word is enough when it is the only one. */
export function parseCommand(line: string): Command | undefined {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  if (word === '') return undefined;
  const exact = readers[word];
  if (exact !== undefined) return exact(rest);
  const meant = commandWords.filter((known) => known.startsWith(word));
  const reader = meant.length === 1 ? readers[meant[0] ?? ''] : undefined;
  return reader === undefined ? { kind: 'unknown', word } : reader(rest);
}

/** What a line may become, whole lines, the nearest first. */
export function completions(line: string, shopIds: readonly string[]): readonly string[] {
  const parts = line.trimStart().split(/\s+/);
  const last = parts.at(-1) ?? '';
  if (parts.length <= 1) return commandWords.filter((word) => word.startsWith(last) && word !== last);
  if (!takesShop.has(parts[0] ?? '')) return [];
  const before = parts.slice(0, -1).join(' ');
  return shopIds.filter((id) => id.startsWith(last) && id !== last).map((id) => `${before} ${id}`);
}
