import type { ScreenEntry } from '../navigation/route.ts';
import type { Words } from '../words/words.ts';
import type { Completion, KnownValues, PaletteCommand } from './palette.ts';
import { paletteOffers } from './palette-offers.ts';
import { isCommandWord } from './parse-command.ts';

/** The longest path of a command that the words begin with. */
const commandAt = (parts: readonly string[], palette: readonly PaletteCommand[]): PaletteCommand | undefined =>
  palette.findLast(
    ({ path, aliases }) =>
      parts.slice(0, path.split(' ').length).join(' ') === path || aliases.includes(parts[0] ?? ''),
  );

function nextParts(
  parts: readonly string[],
  palette: readonly PaletteCommand[],
  known: KnownValues,
): readonly string[] {
  const command = commandAt(parts.slice(0, -1), palette);
  if (command === undefined) return [];
  const option = command.options.find(({ name, takesValue }) => takesValue && name === parts.at(-2));
  if (option !== undefined) return option.values(known);
  const members = palette
    .filter(({ path, read }) => read !== undefined && path.startsWith(`${command.path} `))
    .map(({ path }) => path.slice(command.path.length + 1));
  const used = new Set(parts.slice(1, -1));
  const all = [...members, ...command.operands(known), ...command.options.map(({ name }) => name)];
  return all.filter((part) => !used.has(part));
}

/** What a line may become, whole lines: screens and commands that it may mean, and behind a command what may follow. */
export function completions(
  text: string,
  {
    palette,
    screens,
    known,
    words,
  }: {
    readonly palette: readonly PaletteCommand[];
    readonly screens: readonly ScreenEntry[];
    readonly known: KnownValues;
    readonly words: Words;
  },
): readonly Completion[] {
  const parts = text.trimStart().split(/\s+/);
  const last = parts.at(-1) ?? '';
  if (parts.length <= 1 || !isCommandWord(parts[0] ?? '', palette)) {
    return paletteOffers(text, { palette, screens, words });
  }
  const before = parts.slice(0, -1).join(' ');
  return nextParts(parts, palette, known)
    .filter((part) => part.startsWith(last) && part !== last)
    .map((part) => ({ line: `${before} ${part}`, note: '' }));
}
