import { Text } from 'ink';
import type { Dialog } from '../dialog.ts';
import { useDesk } from '../use-desk.ts';
import { useField } from '../use-field.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { TextField } from './TextField.tsx';

type PromptDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'prompt' }>;
  readonly columns: number;
  readonly close: () => void;
};

/** Asks for a line of text. */
export function PromptDialog({ dialog, columns, close }: PromptDialogProps) {
  const { theme } = useDesk();
  const line = useField({
    start: dialog.start,
    focused: true,
    level: 'dialog',
    onEnter: (text) => {
      close();
      dialog.onText(text);
    },
    onEscape: close,
    onTab: (text) => dialog.complete?.(text)[0],
  });
  const offers = dialog.complete?.(line.text).slice(0, 12).join('  ') ?? '';
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      <Text wrap="truncate">
        {'    '}
        <TextField field={line.field} focused width={columns - 8} />
      </Text>
      <Text
        wrap="truncate"
        {...theme.look('quiet')}
      >{`    ${theme.plain(offers === '' ? (dialog.hint ?? '') : offers)}`}</Text>
    </DialogFrame>
  );
}
