import { actionGroups, actions, shownKeysOf } from '../keyboard/keymap.ts';
import { padRight } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

type LineOf = readonly Piece[];

/** Every key with what it does, by group. The same list as the README's table. */
export function helpLines(words: Words, ascii: boolean): readonly (readonly LineOf[])[] {
  return actionGroups.map((group) => [
    [{ text: words.screen.group[group], tone: 'strong' }],
    ...actions
      .filter((action) => action.group === group)
      .map(
        (action): LineOf => [
          { text: padRight(shownKeysOf(action.id, ascii).join(' '), 13), tone: 'accent' },
          { text: words.screen.help[action.id] },
        ],
      ),
    [{ text: ' ' }],
  ]);
}

/** The keys as Markdown rows, for the README. */
export const keyTable = (words: Words): readonly string[] =>
  actions.map((action) => {
    const keys = shownKeysOf(action.id).map((key) => `\`${key}\``);
    return `| ${keys.join(' ')} | ${words.screen.help[action.id]} |`;
  });
