import type { Dialog } from '../context/dialog.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { MenuDialog } from './MenuDialog.tsx';
import { PromptDialog } from './PromptDialog.tsx';
import { TextDialog } from './TextDialog.tsx';

type OpenDialogProps = { readonly dialog: Dialog; readonly columns: number; readonly close: () => void };

/** The open question, under the screen. */
export function OpenDialog({ dialog, columns, close }: OpenDialogProps) {
  if (dialog.kind === 'confirm') return <ConfirmDialog dialog={dialog} columns={columns} close={close} />;
  if (dialog.kind === 'menu') return <MenuDialog dialog={dialog} columns={columns} close={close} />;
  if (dialog.kind === 'note') return <TextDialog dialog={dialog} columns={columns} close={close} />;
  return <PromptDialog dialog={dialog} columns={columns} close={close} />;
}
