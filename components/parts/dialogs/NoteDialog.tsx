import { Text } from 'ink';
import type { Hint } from '../../../src/views/input/keymap.ts';
import { useDesk } from '../../desk/use-desk.ts';
import { type Dialog, dialogLines } from '../../dialog.ts';
import { useAnswerKeys } from '../../keys/use-answer-keys.ts';
import { Linked } from '../Linked.tsx';
import { DialogFrame } from './DialogFrame.tsx';

type NoteDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'note' }>;
  readonly columns: number;
  readonly close: () => void;
};

const hints: readonly Hint[] = [{ key: 'escape', does: 'close' }];

/** Something to read: what a test found, an address to open. Any key closes it. */
export function NoteDialog({ dialog, columns, close }: NoteDialogProps) {
  const { theme } = useDesk();
  useAnswerKeys({ hints, close, take: close });
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      {dialog.lines.slice(0, dialogLines).map((line, index) => (
        <Text key={index} wrap="truncate" {...theme.look(line.tone)}>
          {'    '}
          <Linked text={theme.plain(line.text)} to={line.link} />
        </Text>
      ))}
    </DialogFrame>
  );
}
