import type { ActionId } from '../keyboard/keymap.ts';
import type { Words } from '../words/words.ts';
import { commandWords, integrationFilters } from './parse-command.ts';

/** A line that the typed one may become, and what it would do. */
export type Completion = { readonly line: string; readonly note: string };

/** What may follow a word: the names of shops, or the options that the dashboard knows of. */
const completionsAfter: Readonly<Record<string, readonly string[]>> = {
  find: ['--shop-id'],
  why: ['--shop'],
  list: ['--filter', '--shop'],
  log: ['--errors', '--shop'],
  report: ['inactive-with-stock', '--shop'],
  conflicts: ['--shop'],
  fetch: ['--shop'],
  sync: ['--full'],
  push: ['--dry-run', '--shop', '--product'],
  shops: ['add'],
  lang: ['da', 'en'],
};
const takesShopId = new Set(['list', 'sync', 'shops']);

function nextParts(parts: readonly string[], shopIds: readonly string[]): readonly string[] {
  const word = parts[0] ?? '';
  const before = parts.at(-2);
  if (before === '--shop') return shopIds;
  if (before === '--filter') return integrationFilters;
  const used = new Set(parts.slice(1, -1));
  const all = [...(takesShopId.has(word) ? shopIds : []), ...(completionsAfter[word] ?? [])];
  return all.filter((part) => !used.has(part));
}

/** Words that only the dashboard has, and the key that does the same. */
const ownWords: Readonly<Record<string, ActionId>> = {
  messages: 'messages',
  lang: 'language',
  quit: 'quit',
  help: 'help',
};

/** What a command is for, in the words of the command line. */
function aboutWord(word: string, { cli, screen }: Words): string {
  const own = ownWords[word];
  if (own !== undefined) return screen.help[own];
  return Object.entries(cli.help).find(([name]) => name === word)?.[1] ?? '';
}

/** What a line may become, whole lines, in the order of the commands. */
export function completions(text: string, shopIds: readonly string[], words: Words): readonly Completion[] {
  const parts = text.trimStart().split(/\s+/);
  const last = parts.at(-1) ?? '';
  if (parts.length <= 1) {
    return commandWords
      .filter((word) => word.startsWith(last))
      .map((word) => ({ line: word, note: aboutWord(word, words) }));
  }
  const before = parts.slice(0, -1).join(' ');
  return nextParts(parts, shopIds)
    .filter((part) => part.startsWith(last) && part !== last)
    .map((part) => ({ line: `${before} ${part}`, note: '' }));
}
