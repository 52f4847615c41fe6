import type { RefObject } from 'react';
import type { FormValues } from '../../src/views/shops/shop-form.ts';
import { useApp } from '../context/app-context.ts';
import type { Form } from './use-form.ts';

/** Leaves a form by Esc: at once where nothing was typed, after a question where it would be lost. */
export function useLeaveForm(form: RefObject<Form | undefined>, start: FormValues, leave: () => void): () => void {
  const { openDialog, words } = useApp();
  const { form: said } = words.screen;
  return () => {
    const isTyped = Object.entries(form.current?.now() ?? {}).some(([id, text]) => text !== (start[id] ?? ''));
    if (!isTyped) return leave();
    openDialog({
      kind: 'confirm',
      title: said.leaveTitle,
      lines: [{ text: said.leaveEffect }],
      yes: said.leaveYes,
      onYes: leave,
    });
  };
}
