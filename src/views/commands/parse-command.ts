import type { ShopId } from '../../domain/ids.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { nearestName } from './nearest-name.ts';
import type { PaletteCommand, PaletteRequest } from './palette.ts';

/** What a typed line asks for, or why it asks for nothing that the dashboard can do. */
export type Command =
  | PaletteRequest
  /** A word of the command line that has no screen. */
  | { readonly kind: 'elsewhere'; readonly word: string }
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion?: string }
  | { readonly kind: 'unknown-shop'; readonly shop: string; readonly suggestion?: string };

type Palette = readonly PaletteCommand[];

const isTopLevel = ({ path }: PaletteCommand): boolean => !path.includes(' ');
const answersTo = (command: PaletteCommand, word: string): boolean =>
  command.path === word || command.aliases.includes(word);

/** Whether a line that begins so is a command, whole and not only a beginning of one. */
export const isCommandWord = (word: string, palette: Palette): boolean =>
  palette.some((command) => isTopLevel(command) && answersTo(command, word));

/** The shops that a command names, to be looked for among those there are. */
function shopsIn(command: Command): readonly ShopId[] {
  if (command.kind === 'go')
    return 'shopId' in command.route && command.route.shopId !== undefined ? [command.route.shopId] : [];
  if (command.kind === 'product') return command.shopId === undefined ? [] : [command.shopId];
  return 'shopIds' in command ? (command.shopIds ?? []) : [];
}

/** The command that a first word means; a beginning of a word is enough when it is the only one. */
function commandFor(word: string, palette: Palette): PaletteCommand | undefined {
  const top = palette.filter(isTopLevel);
  const exact = top.find((command) => answersTo(command, word));
  if (exact !== undefined) return exact;
  const begun = top.filter((command) => command.read !== undefined && command.path.startsWith(word));
  return begun.length === 1 ? begun[0] : undefined;
}

/** The member of a family that the next words name, and the line without its name. */
function memberFor(
  command: PaletteCommand,
  line: CommandLine,
  palette: Palette,
): { readonly command: PaletteCommand; readonly line: CommandLine } {
  const [next, ...operands] = line.operands;
  const member =
    next === undefined
      ? undefined
      : palette.find((one) => one.read !== undefined && one.path === `${command.path} ${next}`);
  return member === undefined ? { command, line } : { command: member, line: { ...line, operands } };
}

/** The options of all commands that take a value, without their dashes. */
const optionsWithValue = (palette: Palette): ReadonlySet<string> =>
  new Set(palette.flatMap(({ options }) => options.filter((one) => one.takesValue).map((one) => one.name.slice(2))));

/** What a typed line asks for. Nothing for an empty line. */
export function parseCommand(text: string, palette: Palette, shopIds: readonly string[]): Command | undefined {
  const typed = readCommandLine(text.trim().replace(/^:+/, ''), optionsWithValue(palette));
  const { word } = typed;
  if (word === '') return undefined;
  const first = commandFor(word, palette);
  if (first === undefined) {
    return {
      kind: 'unknown',
      word,
      suggestion: nearestName(
        word,
        palette.filter(isTopLevel).map(({ path }) => path),
      ),
    };
  }
  const { command, line } = memberFor(first, typed, palette);
  if (command.read === undefined) return { kind: 'elsewhere', word };
  const asked = command.read(line);
  const unknownId = shopsIn(asked).find((id) => !shopIds.includes(id));
  return unknownId === undefined
    ? asked
    : { kind: 'unknown-shop', shop: unknownId, suggestion: nearestName(unknownId, shopIds) };
}
