import type { Dialog } from '../../dialog.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { MenuDialog } from './MenuDialog.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { PromptDialog } from './PromptDialog.tsx';

type DialogBoxProps = { readonly dialog: Dialog; readonly columns: number; readonly close: () => void };

/** The open question, under the screen. */
export function DialogBox({ dialog, columns, close }: DialogBoxProps) {
  if (dialog.kind === 'confirm') return <ConfirmDialog dialog={dialog} columns={columns} close={close} />;
  if (dialog.kind === 'menu') return <MenuDialog dialog={dialog} columns={columns} close={close} />;
  if (dialog.kind === 'note') return <NoteDialog dialog={dialog} columns={columns} close={close} />;
  return <PromptDialog dialog={dialog} columns={columns} close={close} />;
}
