import { useState } from 'react';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { useApp } from '../context/app-context.ts';
import { type TextInput, useTextInput } from '../keyboard/use-text-input.ts';

export type Filter = {
  readonly text: string;
  readonly open: boolean;
  readonly line: TextInput;
  readonly show: () => void;
  /** Opened empty, for what is looked for anew. */
  readonly anew: () => void;
  readonly clear: () => void;
};

type FilterOptions = {
  /** Opened from the start: the screen asks for something to look for. */
  readonly open?: boolean;
  /** Esc leaves the field and lets its text stand. */
  readonly keepsText?: boolean;
  readonly start?: string;
  readonly onEnter?: (text: string) => void;
  /** What a scan does; without it the list is filtered by the code. */
  readonly onScan?: (text: string) => void;
  /** Takes a paste that is more than a text; answers whether it did. */
  readonly onPaste?: (text: string) => boolean;
  /** What Tab makes of the text: nothing where there is nothing to complete. */
  readonly complete?: (text: string) => string | undefined;
  readonly onKey?: (name: string) => boolean;
  readonly hints?: readonly Hint[];
};

const filterHints: readonly Hint[] = [
  { key: 'enter', does: 'keep-filter' },
  { key: 'escape', does: 'clear-filter' },
  { key: 'down', does: 'choose-row' },
];

/** The line behind `/`: live while it is typed, kept when Enter closes it, gone with Esc. */
export function useFilter(options: FilterOptions = {}): Filter {
  const { open: opened = false, keepsText = false, start, onEnter, onKey, hints = filterHints } = options;
  const { entry } = useApp();
  const remembered = entry.memory.filter;
  const [open, setOpen] = useState(opened);
  const line = useTextInput({
    // What stood there when one left says more than what the place was opened with.
    start: typeof remembered === 'string' ? remembered : (start ?? ''),
    focused: open,
    hints,
    onEnter: (text) => {
      setOpen(false);
      onEnter?.(text);
    },
    onScan: (text) => {
      setOpen(false);
      options.onScan?.(text);
    },
    onPaste: options.onPaste,
    onTab: options.complete,
    onEscape: () => {
      if (line.text === '' || !keepsText) line.set('');
      setOpen(false);
    },
    onKey,
  });
  const anew = (): void => {
    line.set('');
    setOpen(true);
  };
  return { text: line.text, open, line, show: () => setOpen(true), anew, clear: () => line.set('') };
}
