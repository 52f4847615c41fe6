import { type ShopId, toShopId } from '../../domain/ids.ts';
import type { CardTab } from '../navigation/navigation.ts';
import type { Route } from '../navigation/route.ts';
import type { Language, Words } from '../words/words.ts';
import type { CommandLine } from './command-line.ts';

/** The keys of `words.cli.help`: what a command, an argument or an option is for, in both languages. */
export type HelpWord = keyof Words['cli']['help'];

/** What is known only while the program runs, for completing a word that is being typed. */
export type KnownValues = { readonly shops: readonly string[]; readonly platforms: readonly string[] };

/** The values that may stand at a place, out of what is known now. */
export type CompletionValues = (known: KnownValues) => readonly string[];

/** What a typed command asks the dashboard for. */
export type PaletteRequest =
  | { readonly kind: 'go'; readonly route: Route }
  | { readonly kind: 'product'; readonly asked: string; readonly tab?: CardTab; readonly shopId?: ShopId }
  /** A push plan, for all or for what was named. */
  | { readonly kind: 'push'; readonly shopIds?: readonly ShopId[]; readonly asked?: string; readonly make: boolean }
  | { readonly kind: 'sync'; readonly shopIds?: readonly ShopId[]; readonly full: boolean }
  | { readonly kind: 'fetch'; readonly asked: readonly string[]; readonly shopIds?: readonly ShopId[] }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'undo' }
  | { readonly kind: 'quit' };

/** Turns a typed line into what the dashboard is asked for. */
export type PaletteReader = (line: CommandLine) => PaletteRequest;

/** An option as the palette sees it: `--shop`, whether a value follows, and which values are offered. */
export type PaletteOption = {
  readonly name: string;
  readonly takesValue: boolean;
  readonly values: CompletionValues;
};

/** One command as the palette sees it. Without `read` it belongs to the command line alone. */
export type PaletteCommand = {
  /** The words by which it is called: `shops add`. */
  readonly path: string;
  readonly aliases: readonly string[];
  readonly help: (words: Words) => string;
  readonly options: readonly PaletteOption[];
  /** What may stand where no option stands. */
  readonly operands: CompletionValues;
  readonly read?: PaletteReader;
};

/** A line that the typed one may become, and what it would do. */
export type Completion = { readonly line: string; readonly note: string };

/** Asks for a screen. */
export const goTo = (route: Route): PaletteRequest => ({ kind: 'go', route });

/** The shop that a line names behind `--shop`; with `bare` also as its first word. */
export const shopIn = ({ options, operands }: CommandLine, bare = false): ShopId | undefined => {
  const named = options.get('shop') ?? (bare ? operands[0] : undefined);
  return named === undefined || named === '' ? undefined : toShopId(named);
};

/** Asks for the card of the product that a line names, or for the lookup where it names none. */
export const openCard =
  (tab?: CardTab): PaletteReader =>
  (line) =>
    line.operands.length === 0
      ? goTo({ screen: 'lookup' })
      : { kind: 'product', asked: line.operands.join(' '), tab, shopId: shopIn(line) };
