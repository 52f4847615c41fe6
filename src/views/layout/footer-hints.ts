import {
  type ActionId,
  type ActionLabels,
  firstKeyOf,
  footerActions,
  type Hint,
  nonLetterKey,
  shownKey,
} from '../keyboard/keymap.ts';
import { widthOf } from '../text/cell-text.ts';
import type { Words } from '../words/words.ts';

/** One key of the foot line, and what it does. */
export type FooterHint = { readonly key: string; readonly label: string };

type FooterHintOptions = { readonly words: Words; readonly ascii: boolean; readonly columns: number };

/** The keys that work now, the most useful first, as many as fit; help stays, whatever else has to go. */
export function footerHints(
  working: {
    readonly actions: readonly ActionId[];
    readonly hints: readonly Hint[];
    readonly labels?: ActionLabels;
  },
  { words, ascii, columns }: FooterHintOptions,
): readonly FooterHint[] {
  const own = working.hints.map((hint) => ({ key: shownKey(hint.key, ascii), label: words.screen.hint[hint.does] }));
  const typing = own.length > 0;
  const others = footerActions(working.actions).flatMap((id) => {
    const key = typing ? nonLetterKey(id, ascii) : firstKeyOf(id, ascii);
    const label = working.labels?.[id];
    return key === undefined
      ? []
      : [{ key, label: label === undefined ? words.screen.action[id] : words.screen.hint[label] }];
  });
  const hints = [...own, ...others];
  const kept: FooterHint[] = [];
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

const widthOfHint = ({ key, label }: FooterHint): number => widthOf(key) + widthOf(label) + 3;
