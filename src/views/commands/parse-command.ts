import { type ShopId, toShopId } from '../../domain/ids.ts';
import type { IntegrationFilter } from '../../services/integrations/integration-service.ts';
import type { CardTab, Route } from '../navigation/navigation.ts';
import type { Language } from '../words/words.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { nearestName } from './nearest-name.ts';

/** What a typed command asks for: the words are those of the command line. */
export type Command =
  | { readonly kind: 'go'; readonly route: Route }
  | { readonly kind: 'product'; readonly asked: string; readonly tab?: CardTab; readonly shopId?: ShopId }
  /** A push plan, for all or for what was named. */
  | { readonly kind: 'push'; readonly shopIds?: readonly ShopId[]; readonly asked?: string; readonly make: boolean }
  | { readonly kind: 'sync'; readonly shopIds?: readonly ShopId[]; readonly full: boolean }
  | { readonly kind: 'fetch'; readonly asked: readonly string[]; readonly shopIds?: readonly ShopId[] }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'undo' }
  | { readonly kind: 'quit' }
  /** A word of the command line that has no screen. */
  | { readonly kind: 'elsewhere'; readonly word: string }
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion?: string }
  | { readonly kind: 'unknown-shop'; readonly shop: string; readonly suggestion?: string };

type Reader = (line: CommandLine) => Command;

const go = (route: Route): Command => ({ kind: 'go', route });
const shopOf = ({ options, operands }: CommandLine, bare = false): ShopId | undefined => {
  const named = options.get('shop') ?? (bare ? operands[0] : undefined);
  return named === undefined || named === '' ? undefined : toShopId(named);
};
/** What `list --filter` may show. */
export const integrationFilters: readonly IntegrationFilter[] = [
  'all',
  'linked',
  'missing',
  'conflict',
  'stock-differs',
];
const filterOf = ({ options }: CommandLine): IntegrationFilter | undefined =>
  integrationFilters.find((one) => one === options.get('filter'));

const product =
  (tab?: CardTab): Reader =>
  (line) =>
    line.operands.length === 0
      ? go({ screen: 'lookup' })
      : { kind: 'product', asked: line.operands.join(' '), tab, shopId: shopOf(line) };
const find: Reader = ({ operands, options }) => {
  const id = options.get('shop-id');
  return id === undefined
    ? go({ screen: 'lookup', text: operands.join(' ') })
    : go({ screen: 'shop-id', text: [id, ...operands].join(' ').trim() });
};
const fetchAgain: Reader = (line) => {
  const shopId = shopOf(line);
  return { kind: 'fetch', asked: line.operands, shopIds: shopId === undefined ? undefined : [shopId] };
};
const push: Reader = (line) => {
  const shopId = shopOf(line);
  const asked = line.options.get('product');
  return {
    kind: 'push',
    make: line.options.has('dry-run') || shopId !== undefined || asked !== undefined,
    shopIds: shopId === undefined ? undefined : [shopId],
    asked,
  };
};
const shops: Reader = ({ operands }) => {
  const [verb, id] = operands;
  if (verb === 'add') return go({ screen: 'shop-form' });
  const shopId = id ?? verb;
  return shopId === undefined || verb === 'list'
    ? go({ screen: 'shops' })
    : go({ screen: 'shop', shopId: toShopId(shopId) });
};
const leave: Reader = () => ({ kind: 'quit' });

const readers: Readonly<Record<string, Reader>> = {
  find,
  show: product(),
  why: product('why'),
  timeline: product('timeline'),
  log: (line) => go({ screen: 'activity', errors: line.options.has('errors'), shopId: shopOf(line) }),
  list: (line) => go({ screen: 'integrations', shopId: shopOf(line, true), filter: filterOf(line) }),
  report: (line) => go({ screen: 'inactive', shopId: shopOf(line) }),
  verify: (line) => (line.operands.length === 0 ? go({ screen: 'inactive' }) : product()(line)),
  conflicts: (line) => go({ screen: 'conflicts', shopId: shopOf(line) }),
  settle: () => go({ screen: 'conflicts' }),
  patterns: () => go({ screen: 'lookup' }),
  compare: product('stock'),
  fetch: fetchAgain,
  sync: ({ operands, options }) => {
    const named = operands.map(toShopId);
    return { kind: 'sync', full: options.has('full'), ...(named.length === 0 ? {} : { shopIds: named }) };
  },
  push,
  stock: product('stock'),
  shops,
  undo: () => ({ kind: 'undo' }),
  messages: () => go({ screen: 'messages' }),
  lang: ({ operands }) => ({ kind: 'language', language: operands[0] === 'en' ? 'en' : 'da' }),
  help: () => go({ screen: 'help' }),
  quit: leave,
};
/** Other names for the same, as on the command line; not offered. */
const aliases: Readonly<Record<string, Reader>> = { lookup: find, refetch: fetchAgain, q: leave, exit: leave };
/** Words of the command line that have a key on the card instead, or no place on a screen at all. */
const commandLineOnly = new Set([
  ...['link', 'unlink', 'remove', 'tick', 'untick', 'note', 'not-for-this-shop', 'ticket'],
  ...['store', 'doctor', 'completion', 'dashboard'],
]);
/** The words a command may begin with. */
export const commandWords: readonly string[] = Object.keys(readers);

/** Whether a line that begins so is a command, whole and not only a beginning of one. */
export const isCommandWord = (word: string): boolean =>
  (readers[word] ?? aliases[word]) !== undefined || commandLineOnly.has(word);

/** The shops that a command names, to be looked for among those there are. */
function shopsIn(command: Command): readonly ShopId[] {
  if (command.kind === 'go')
    return 'shopId' in command.route && command.route.shopId !== undefined ? [command.route.shopId] : [];
  if (command.kind === 'product') return command.shopId === undefined ? [] : [command.shopId];
  return 'shopIds' in command ? (command.shopIds ?? []) : [];
}

const readerOf = (word: string): Reader | undefined => {
  const exact = readers[word] ?? aliases[word];
  if (exact !== undefined) return exact;
  const suggestion = commandWords.filter((known) => known.startsWith(word));
  return suggestion.length === 1 ? readers[suggestion[0] ?? ''] : undefined;
};

/** What a typed line asks for; a beginning of a word is enough when it is the only one. Nothing for an empty line. */
export function parseCommand(text: string, shopIds: readonly string[]): Command | undefined {
  const line = readCommandLine(text.trim().replace(/^:+/, ''));
  const { word } = line;
  if (word === '') return undefined;
  if (commandLineOnly.has(word)) return { kind: 'elsewhere', word };
  const reader = readerOf(word);
  if (reader === undefined) {
    return { kind: 'unknown', word, suggestion: nearestName(word, [...commandWords, ...commandLineOnly]) };
  }
  const command = reader(line);
  const unknownId = shopsIn(command).find((id) => !shopIds.includes(id));
  return unknownId === undefined
    ? command
    : { kind: 'unknown-shop', shop: unknownId, suggestion: nearestName(unknownId, shopIds) };
}
