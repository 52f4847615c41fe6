import { useRef, useState } from 'react';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { type Hint, shownKey } from '../../src/views/keyboard/keymap.ts';
import {
  fasterThanHands,
  isScannedCode,
  isTypedLine,
  isWholeCode,
  withinScan,
} from '../../src/views/keyboard/scan-detection.ts';
import { type Field, fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';
import { useApp } from '../context/app-context.ts';
import type { Level } from '../terminal/key-dispatcher.ts';
import { useKeys } from './use-keys.ts';

export type TextInput = {
  readonly field: Field;
  readonly text: string;
  readonly set: (text: string) => void;
  /** What stands there is a proposal: what is typed takes its place. */
  readonly proposed: boolean;
};

type TextInputOptions = {
  readonly start?: string;
  /** The start is a proposal, which the first letter takes the place of. */
  readonly proposes?: boolean;
  /** Whether a text that came as fast as a slow scanner's is one nobody is likely to type; without it a code is. */
  readonly isUnlikely?: (text: string) => boolean;
  readonly focused: boolean;
  readonly level?: Level;
  readonly onEnter: (text: string) => void;
  readonly onEscape: () => void;
  readonly onTab?: (text: string, back: boolean) => string | undefined;
  /** A scan answers nothing here, however slowly it comes: behind what may be one, Enter is to be pressed again. */
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
  const run = useRef({ text: '', slow: '', at: Number.NEGATIVE_INFINITY });
  const [proposed, setProposed] = useState(options.proposes === true);
  const isProposed = useRef(proposed);
  const decideProposal = (): void => {
    isProposed.current = false;
    setProposed(false);
  };
  if (!options.focused) touched.current = false;
  const put = (next: Field): void => {
    latest.current = next;
    setField(next);
  };
  /**
   * The characters that came one after the other faster than hands type, and those that came with a slow scanner's
   * pauses, which are a hand's as well. A letter is added to both.
   */
  const sooner = (letter = ''): { readonly text: string; readonly slow: string } => {
    const now = elapsed();
    const gap = now - run.current.at;
    const text = gap <= fasterThanHands ? run.current.text : '';
    const slow = gap <= withinScan ? run.current.slow : '';
    run.current = { text: text + letter, slow: slow + letter, at: now };
    return { text, slow };
  };
  const mayBeSlowScan = (slow: string): boolean =>
    options.refusesScans === true && isScannedCode(slow.trim()) && options.isUnlikely?.(slow) !== false;
  const control = (name: string): boolean => {
    const text = textOf(latest.current);
    if (name === 'enter') {
      // A slow scanner's code comes a character at a time, as keys: its Enter must answer nothing.
      const { text: scanned, slow } = sooner();
      const isCode = isScannedCode(scanned.trim());
      if (options.onScan === undefined && isCode) messages.hint(words.screen.tooSoon(shownKey(name)));
      else if (isCode && options.refusesScans === true) options.onScan?.(scanned);
      else if (mayBeSlowScan(slow)) {
        run.current.slow = '';
        messages.hint(words.screen.tooSoon(shownKey(name)));
      } else options.onEnter(text);
    } else if (name === 'escape') options.onEscape();
    else if ((name === 'tab' || name === 'shift-tab') && options.onTab !== undefined) {
      sooner();
      const completed = options.onTab(text, name === 'shift-tab');
      if (completed !== undefined) put(fieldOf(completed));
    } else return options.onKey?.(name) === true;
    return true;
  };
  const handleKey = (key: Key): boolean => {
    if (key.kind === 'key' && control(key.name)) return true;
    if (key.kind === 'scan' && options.onScan !== undefined) {
      // On a slow link the end of a typed word comes like a scan: what was typed before it belongs to it.
      const joined = `${textOf(latest.current)}${key.text}`;
      const whole = touched.current && (isWholeCode(joined) || !isWholeCode(key.text)) ? joined : key.text;
      put(fieldOf(whole));
      options.onScan(whole);
      return true;
    }
    if (key.kind === 'paste' && options.onPaste?.(key.text) === true) return true;
    touched.current = true;
    const letter = key.kind !== 'key' ? '' : key.name === 'space' ? ' ' : key.name;
    if (letter.length === 1) sooner(letter);
    if (isProposed.current) {
      if (letter.length === 1 || key.kind !== 'key') put(fieldOf(''));
      decideProposal();
    }
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
  return { field, text: textOf(field), set: (text) => put(fieldOf(text)), proposed };
}
