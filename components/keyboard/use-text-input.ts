import { useRef, useState } from 'react';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { type Hint, shownKey } from '../../src/views/keyboard/keymap.ts';
import { fasterThanHands, isScannedCode, isTypedLine, shortestCode } from '../../src/views/keyboard/scan-detection.ts';
import { type Field, fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';
import { useApp } from '../context/app-context.ts';
import type { Level } from '../terminal/key-dispatcher.ts';
import { useKeys } from './use-keys.ts';

export type TextInput = {
  readonly field: Field;
  readonly text: string;
  readonly set: (text: string) => void;
};

type TextInputOptions = {
  readonly start?: string;
  readonly focused: boolean;
  readonly level?: Level;
  readonly onEnter: (text: string) => void;
  readonly onEscape: () => void;
  readonly onTab?: (text: string, back: boolean) => string | undefined;
  /** A scan answers nothing here, however slowly it comes. */
  readonly refusesScans?: boolean;
  /** What a scan does; without it the scan is a part of the text, and its Enter is none. */
  readonly onScan?: (text: string) => void;
  /** Takes a paste that is more than a text; answers whether it did. */
  readonly onPaste?: (text: string) => boolean;
  readonly hints?: readonly Hint[];
  /** Other keys a field passes on, such as the arrows of the list beneath it. */
  readonly onKey?: (name: string) => boolean;
};

/** A line that listens while it is focused: letters are letters then, not commands. */
export function useTextInput(options: TextInputOptions): TextInput {
  const { elapsed, messages, words } = useApp();
  const [field, setField] = useState(() => fieldOf(options.start ?? ''));
  // Several keys may come before the next frame: the newest line is kept beside the drawn one.
  const latest = useRef(field);
  const touched = useRef(false);
  const run = useRef({ text: '', at: Number.NEGATIVE_INFINITY });
  if (!options.focused) touched.current = false;
  const put = (next: Field): void => {
    latest.current = next;
    setField(next);
  };
  /** The characters that came one after the other faster than hands type, this one with them. */
  const sooner = (): string => {
    const now = elapsed();
    const before = now - run.current.at <= fasterThanHands ? run.current.text : '';
    run.current = { text: before, at: now };
    return before;
  };
  const control = (name: string): boolean => {
    const text = textOf(latest.current);
    if (name === 'enter') {
      // A slow scanner's code comes a character at a time, as keys: its Enter must answer nothing.
      const scanned = sooner();
      if (options.onScan === undefined && isScannedCode(scanned.trim()))
        messages.hint(words.screen.tooSoon(shownKey(name)));
      else if (scanned.length >= shortestCode && options.refusesScans === true) options.onScan?.(scanned);
      else options.onEnter(text);
    } else if (name === 'escape') options.onEscape();
    else if ((name === 'tab' || name === 'shift-tab') && options.onTab !== undefined) {
      const completed = options.onTab(text, name === 'shift-tab');
      if (completed !== undefined) put(fieldOf(completed));
    } else return options.onKey?.(name) === true;
    return true;
  };
  const handleKey = (key: Key): boolean => {
    if (key.kind === 'key' && control(key.name)) return true;
    if (key.kind === 'scan' && options.onScan !== undefined) {
      // On a slow link the end of a typed word comes like a scan: what was typed before it belongs to it.
      const whole = touched.current ? `${textOf(latest.current)}${key.text}` : key.text;
      put(fieldOf(whole));
      options.onScan(whole);
      return true;
    }
    if (key.kind === 'paste' && options.onPaste?.(key.text) === true) return true;
    touched.current = true;
    const letter = key.kind !== 'key' ? '' : key.name === 'space' ? ' ' : key.name;
    if (letter.length === 1) run.current = { text: sooner() + letter, at: elapsed() };
    const next = typed(latest.current, key.kind === 'scan' ? { ...key, kind: 'paste' } : key);
    if (next !== undefined) put(next);
    if (next !== undefined && key.kind === 'scan' && isTypedLine(key.text)) options.onEnter(textOf(next));
    return next !== undefined;
  };
  useKeys(
    options.focused
      ? {
          level: options.level ?? 'field',
          exclusive: true,
          isText: true,
          actions: {},
          hints: options.hints,
          handleKey,
        }
      : undefined,
  );
  return { field, text: textOf(field), set: (text) => put(fieldOf(text)) };
}
