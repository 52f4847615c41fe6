import { Text } from 'ink';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { useApp } from '../context/app-context.ts';
import { type Dialog, dialogBody } from '../context/dialog.ts';
import { useDialogKeys } from '../keyboard/use-dialog-keys.ts';
import { Hyperlink } from '../widgets/Hyperlink.tsx';
import { DialogFrame } from './DialogFrame.tsx';

type TextDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'note' }>;
  readonly columns: number;
  readonly close: () => void;
};

const hints: readonly Hint[] = [{ key: 'escape', does: 'close' }];

/** Something to read: what a test found, an address to open. Any key closes it. */
export function TextDialog({ dialog, columns, close }: TextDialogProps) {
  const { theme } = useApp();
  useDialogKeys({
    hints,
    close,
    handleKey: () => {
      close();
      return true;
    },
  });
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      {dialogBody(dialog, columns).map((line, index) => (
        <Text key={index} wrap="truncate" {...theme.look(line.tone)}>
          {'    '}
          <Hyperlink text={theme.plain(line.text)} to={line.link} />
        </Text>
      ))}
    </DialogFrame>
  );
}
