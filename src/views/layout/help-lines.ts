import { type ActionId, actionGroups, actions, shownKeysOf } from '../keyboard/keymap.ts';
import type { ScreenEntry, ScreenName } from '../navigation/route.ts';
import { padRight } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

type LineOf = readonly Piece[];

type HelpAbout = {
  readonly ascii: boolean;
  readonly screens: readonly ScreenEntry[];
  /** The screen that help was asked for on, and the actions that keys reached there. */
  readonly from?: ScreenName;
  readonly here: readonly ActionId[];
};

/**
 * The keys that work on a screen, then every key with what it does, by group; the screens' digits stand first among
 * those of the program. The same list as the table of docs/keys.md.
 */
export function helpLines(words: Words, { ascii, screens, from, here }: HelpAbout): readonly (readonly LineOf[])[] {
  const keyLine = (keys: string, does: string): LineOf => [
    { text: padRight(keys, 13), tone: 'accent' },
    { text: does },
  ];
  const digits = screens.flatMap(({ key, route }) =>
    key === undefined ? [] : [keyLine(key, words.screen.title[route])],
  );
  const lineOf = ({ id }: { readonly id: ActionId }): LineOf =>
    keyLine(shownKeysOf(id, ascii).join(' '), words.screen.help[id]);
  const worksHere = actions.filter(({ id, group }) => here.includes(id) && group !== 'program' && group !== 'move');
  const first: readonly (readonly LineOf[])[] =
    from === undefined || worksHere.length === 0
      ? []
      : [
          [
            [{ text: words.screen.keysHere(words.screen.title[from]), tone: 'strong' }],
            ...worksHere.map(lineOf),
            [{ text: ' ' }],
          ],
        ];
  const all = actionGroups.map((group): readonly LineOf[] => [
    [{ text: words.screen.group[group], tone: 'strong' }],
    ...(group === 'program' ? digits : []),
    ...actions.filter((action) => action.group === group).map(lineOf),
    [{ text: ' ' }],
  ]);
  return [...first, ...all];
}
