import { useState } from 'react';
import type { Hint } from '../../src/views/input/keymap.ts';
import { useDesk } from '../desk/use-desk.ts';
import { type TypedLine, useField } from '../keys/use-field.ts';

export type Filter = {
  readonly text: string;
  readonly open: boolean;
  readonly line: TypedLine;
  readonly show: () => void;
  readonly clear: () => void;
};

type FilterOptions = {
  /** Opened from the start: the screen asks for something to look for. */
  readonly open?: boolean;
  readonly start?: string;
  readonly onEnter?: (text: string) => void;
  /** What a scan does; without it the list is filtered by the code. */
  readonly onScan?: (text: string) => void;
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
  const { open: opened = false, start, onEnter, onKey, hints = filterHints } = options;
  const { entry } = useDesk();
  const remembered = entry.memory.filter;
  const [open, setOpen] = useState(opened);
  const line = useField({
    start: start ?? (typeof remembered === 'string' ? remembered : ''),
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
    onEscape: () => {
      if (line.text === '' || !opened) line.set('');
      setOpen(false);
    },
    onKey,
  });
  return { text: line.text, open, line, show: () => setOpen(true), clear: () => line.set('') };
}
