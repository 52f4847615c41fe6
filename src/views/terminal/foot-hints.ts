import { widthOf } from '../columns.ts';
import { type ActionId, footActions, type Hint, keyInText, keyOfAction, shownKey } from '../input/keymap.ts';
import type { Words } from '../words.ts';

/** One key of the foot line, and what it does. */
export type FootHint = { readonly key: string; readonly label: string };

type Place = { readonly words: Words; readonly ascii: boolean; readonly columns: number };

/** The keys that work now, the most useful first, as many as fit; help stays, whatever else has to go. */
export function footHints(
  working: { readonly actions: readonly ActionId[]; readonly hints: readonly Hint[] },
  { words, ascii, columns }: Place,
): readonly FootHint[] {
  const own = working.hints.map((hint) => ({ key: shownKey(hint.key, ascii), label: words.screen.hint[hint.does] }));
  const typing = own.length > 0;
  const others = footActions(working.actions).flatMap((id) => {
    const key = typing ? keyInText(id, ascii) : keyOfAction(id, ascii);
    return key === undefined ? [] : [{ key, label: words.screen.action[id] }];
  });
  const hints = [...own, ...others];
  const kept: FootHint[] = [];
  const last = hints.at(-1);
  let used = last === undefined ? 0 : widthOfHint(last);
  for (const hint of hints.slice(0, -1)) {
    const wide = widthOfHint(hint);
    if (used + wide > columns) break;
    kept.push(hint);
    used += wide;
  }
  return last === undefined ? kept : [...kept, last];
}

const widthOfHint = ({ key, label }: FootHint): number => widthOf(key) + widthOf(label) + 3;
