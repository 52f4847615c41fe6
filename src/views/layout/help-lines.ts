import { actionGroups, actions, shownKeysOf } from '../keyboard/keymap.ts';
import type { ScreenEntry } from '../navigation/route.ts';
import { padRight } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

type LineOf = readonly Piece[];

/** Every key with what it does, by group; the screens' digits stand first among those of the program. The same list as the README's table. */
export function helpLines(
  words: Words,
  { ascii, screens }: { readonly ascii: boolean; readonly screens: readonly ScreenEntry[] },
): readonly (readonly LineOf[])[] {
  const keyLine = (keys: string, does: string): LineOf => [
    { text: padRight(keys, 13), tone: 'accent' },
    { text: does },
  ];
  const digits = screens.flatMap(({ key, route }) =>
    key === undefined ? [] : [keyLine(key, words.screen.title[route])],
  );
  return actionGroups.map((group) => [
    [{ text: words.screen.group[group], tone: 'strong' }],
    ...(group === 'program' ? digits : []),
    ...actions
      .filter((action) => action.group === group)
      .map((action) => keyLine(shownKeysOf(action.id, ascii).join(' '), words.screen.help[action.id])),
    [{ text: ' ' }],
  ]);
}
