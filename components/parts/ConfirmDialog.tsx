import { Text } from 'ink';
import { useRef, useState } from 'react';
import { type Field, fieldOf, textOf, typed } from '../../src/views/field.ts';
import type { Dialog } from '../dialog.ts';
import { useDesk } from '../use-desk.ts';
import { useKeys } from '../use-keys.ts';
import { DialogFrame, dialogLines } from './DialogFrame.tsx';
import { TextField } from './TextField.tsx';

/** Milliseconds in which keys are not heard: a key that was meant for the list must not answer the question. */
const deaf = 150;

/** The key that says yes. No other key of the program, so that a held key can never say it. */
export const yesKey = 'O';

type ConfirmDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'confirm' }>;
  readonly columns: number;
  readonly close: () => void;
};

/** Cancel is focused and Enter cancels; only the yes key, or the typed text, says yes. */
export function ConfirmDialog({ dialog, columns, close }: ConfirmDialogProps) {
  const { theme, words } = useDesk();
  const opened = useRef(performance.now());
  const [field, setField] = useState<Field>(() => fieldOf(''));
  const newest = useRef(field);
  const said = textOf(field);
  const meant = dialog.typed === undefined || said === dialog.typed;
  const yes = (): void => {
    close();
    dialog.onYes();
  };
  useKeys({
    level: 'dialog',
    alone: true,
    actions: {},
    take: (key) => {
      if (key.kind !== 'key') return true;
      if (key.name === 'ctrl-c') return false;
      if (key.name === 'escape') close();
      else if (performance.now() - opened.current < deaf) return true;
      else if (dialog.typed === undefined) {
        if (key.name === yesKey) yes();
        else if (key.name === 'enter' || key.name === 'q') close();
      } else if (key.name === 'enter') {
        if (textOf(newest.current) === dialog.typed) yes();
        else close();
      } else {
        newest.current = typed(newest.current, key) ?? newest.current;
        setField(newest.current);
      }
      return true;
    },
  });
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      {dialog.lines.slice(0, dialogLines).map((line, index) => (
        <Text key={index} wrap="truncate" {...theme.look(line.tone)}>{`    ${theme.plain(line.text)}`}</Text>
      ))}
      {dialog.typed === undefined ? undefined : (
        <Text wrap="truncate">
          {`    ${words.screen.typeToConfirm(dialog.typed)} `}
          <TextField field={field} focused width={24} />
        </Text>
      )}
      <Text wrap="truncate">
        {'    '}
        <Text {...theme.cursorRow}>{` ${theme.sign.cursor} ${words.screen.cancel} (Esc) `}</Text>
        {'   '}
        <Text {...theme.look(meant ? 'wrong' : 'quiet')}>
          {` ${dialog.typed === undefined ? yesKey : 'Enter'}  ${dialog.yes} `}
        </Text>
      </Text>
    </DialogFrame>
  );
}
