import { Text } from 'ink';
import { useState } from 'react';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { cut, padRight, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { type Dialog, dialogLines, dialogTitle } from '../context/dialog.ts';
import { useClick } from '../keyboard/use-click.ts';
import { useDialogKeys } from '../keyboard/use-dialog-keys.ts';
import { DialogFrame } from './DialogFrame.tsx';

type MenuDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'menu' }>;
  readonly columns: number;
  readonly close: () => void;
};

/** Cells of a line that are neither its label nor its note. */
const besideLabel = 11;

const hints: readonly Hint[] = [
  { key: 'enter', does: 'choose' },
  { key: 'escape', does: 'cancel' },
];

/** A few things to choose from, by arrows and Enter or by their digit. */
export function MenuDialog({ dialog, columns, close }: MenuDialogProps) {
  const { theme, words } = useApp();
  const [at, setAt] = useState(0);
  const { choices } = dialog;
  const top = Math.max(0, Math.min(at - dialogLines + 1, choices.length - dialogLines));
  const choose = (index: number): void => {
    const choice = choices[index];
    if (choice === undefined) return;
    close();
    choice.run();
  };
  const above = dialogTitle(dialog.title, columns).length;
  const click = useClick(({ row }) => {
    const index = top + row - above;
    if (row < above || row >= above + dialogLines || index >= choices.length) return false;
    if (index === at) choose(index);
    else setAt(index);
    return true;
  });
  useDialogKeys({
    hints,
    close,
    handleClick: click.handleClick,
    carriesOut: (key) => key === 'enter' || /^[1-9]$/.test(key),
    handleKey: (key) => {
      if (key.kind !== 'key') return false;
      if (key.name === 'q') close();
      else if (key.name === 'down' || key.name === 'j') setAt((index) => Math.min(choices.length - 1, index + 1));
      else if (key.name === 'up' || key.name === 'k') setAt((index) => Math.max(0, index - 1));
      else if (key.name === 'enter') choose(at);
      else if (/^[1-9]$/.test(key.name) && Number(key.name) <= choices.length) choose(Number(key.name) - 1);
      else return false;
      return true;
    },
  });
  const noted = Math.max(...choices.map(({ note = '' }) => widthOf(note)));
  const widest = Math.max(...choices.map((choice) => widthOf(choice.label)));
  // A long label gives way to what stands behind it.
  const wide = Math.min(widest, Math.max(10, columns - noted - besideLabel));
  return (
    <DialogFrame title={dialog.title} columns={columns} area={click.ref}>
      {choices.slice(top, top + dialogLines).map((choice, line) => {
        const index = top + line;
        const number = index < 9 ? `${index + 1}` : ' ';
        const text = ` ${number}  ${padRight(cut(choice.label, wide), wide)}  ${choice.note ?? ''}`;
        return index === at ? (
          <Text key={index} wrap="truncate">
            <Text {...theme.look('accent')}>{`  ${theme.sign.cursor}`}</Text>
            <Text {...theme.cursorRow}>{theme.plain(text)}</Text>
          </Text>
        ) : (
          <Text key={index} wrap="truncate">{`   ${theme.plain(text)}`}</Text>
        );
      })}
      <Text
        wrap="truncate"
        {...theme.look('quiet')}
      >{`    Enter ${words.screen.choose}   Esc ${words.screen.cancel}`}</Text>
    </DialogFrame>
  );
}
