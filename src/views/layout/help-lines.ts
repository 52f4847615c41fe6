import { type ActionId, actionGroups, actions, shownKeysOf } from '../keyboard/keymap.ts';
import type { ScreenEntry, ScreenName } from '../navigation/route.ts';
import { padRight, widthOf, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

type LineOf = readonly Piece[];

type HelpAbout = {
  readonly ascii: boolean;
  readonly screens: readonly ScreenEntry[];
  /** The screen that help was asked for on, and the actions that keys reached there. */
  readonly from?: ScreenName;
  readonly here: readonly ActionId[];
  /** Cells of a line: what a key does goes on beneath itself. */
  readonly width: number;
};

/** Cells of the keys. */
const keyCells = 13;

/**
 * The keys that work on a screen, then every key with what it does, by group; the screens' digits stand first among
 * those of the program. The same list as the table of docs/keys.md.
 */
export function helpLines(
  words: Words,
  { ascii, screens, from, here, width }: HelpAbout,
): readonly (readonly LineOf[])[] {
  const keyLine = (keys: string, does: string): readonly LineOf[] =>
    wrap(does, Math.max(10, width - keyCells)).map((text, index) => [
      { text: padRight(index === 0 ? keys : '', keyCells), tone: 'accent' },
      { text },
    ]);
  const digits = screens.flatMap(({ key, route }) =>
    key === undefined ? [] : keyLine(key, words.screen.title[route]),
  );
  const linesOf = ({ id }: { readonly id: ActionId }): readonly LineOf[] =>
    keyLine(shownKeysOf(id, ascii).join(' '), words.screen.help[id]);
  const worksHere = actions.filter(({ id, group }) => here.includes(id) && group !== 'program' && group !== 'move');
  const first: readonly (readonly LineOf[])[] =
    from === undefined || worksHere.length === 0
      ? []
      : [
          [
            [{ text: words.screen.keysHere(words.screen.title[from]), tone: 'strong' }],
            ...worksHere.flatMap(linesOf),
            [{ text: ' ' }],
          ],
        ];
  const all = actionGroups.map((group): readonly LineOf[] => [
    [{ text: words.screen.group[group], tone: 'strong' }],
    ...(group === 'program' ? digits : []),
    ...actions.filter((action) => action.group === group).flatMap(linesOf),
    [{ text: ' ' }],
  ]);
  return [...first, ...all];
}

/** Groups in so many columns, in their order, none of them parted; the longest column is as short as can be. */
function balanced(groups: readonly (readonly LineOf[])[], columns: number): readonly (readonly LineOf[])[] {
  if (columns <= 1 || groups.length <= 1) return [groups.flat()];
  const ways = groups.map((_, index) => [
    groups.slice(0, index + 1).flat(),
    ...balanced(groups.slice(index + 1), columns - 1),
  ]);
  const longest = (way: readonly (readonly LineOf[])[]): number => Math.max(...way.map(({ length }) => length));
  return ways.reduce((best, way) => (longest(way) < longest(best) ? way : best));
}

/** Groups of lines side by side, each column so many cells wide, as lines over the whole width. */
export function sideBySide(
  groups: readonly (readonly LineOf[])[],
  { columns, width, gap }: { readonly columns: number; readonly width: number; readonly gap: number },
): readonly LineOf[] {
  const parts = balanced(groups, columns);
  return Array.from(
    { length: Math.max(0, ...parts.map(({ length }) => length)) },
    (_, at): LineOf =>
      parts.flatMap((part, index): LineOf => {
        const line = part[at] ?? [];
        const used = line.reduce((sum, { text }) => sum + widthOf(text), 0);
        return index === parts.length - 1 ? line : [...line, { text: ' '.repeat(Math.max(0, width + gap - used)) }];
      }),
  );
}
