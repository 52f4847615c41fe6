import { useRef, useState } from 'react';
import { type Hint, shownKey } from '../../src/views/keyboard/keymap.ts';
import { type Field, fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';
import type { FormLine, FormValues } from '../../src/views/shops/shop-form.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useStrayKeys } from '../keyboard/use-stray-keys.ts';

type FormOptions = {
  /** The lines; which there are may hang on what stands in them. */
  readonly linesFor: (values: FormValues) => readonly FormLine[];
  readonly start: FormValues;
  readonly buttons: readonly { readonly label: string; readonly run: (values: FormValues) => void }[];
  /** Told of the line that the cursor went away from. */
  readonly onLeft?: (line: FormLine, values: FormValues) => void;
  readonly onEscape: () => void;
};
const formHints: readonly Hint[] = [
  { key: 'tab', does: 'next-line' },
  { key: 'enter', does: 'press' },
  { key: 'right', does: 'change' },
  { key: 'escape', does: 'cancel' },
];
type FormState = { readonly at: number; readonly lines: Readonly<Record<string, Field>> };

const empty = fieldOf('');
const linesOf = (values: FormValues): FormState['lines'] =>
  Object.fromEntries(Object.entries(values).map(([id, text]) => [id, fieldOf(text)]));
const valuesOf = ({ lines }: FormState): FormValues =>
  Object.fromEntries(Object.entries(lines).map(([id, field]) => [id, textOf(field)]));

export type Form = {
  /** The line or, behind the lines, the button that the cursor is on. */
  readonly at: number;
  readonly lines: readonly FormLine[];
  readonly fieldOf: (id: string) => Field;
  readonly buttons: readonly string[];
  readonly values: FormValues;
  /** The values as the last key left them, also before they are drawn. */
  readonly now: () => FormValues;
  readonly fill: (values: FormValues) => void;
  readonly goTo: (id: string) => void;
};

/**
 * A form of lines and buttons, walked by Tab and arrows. Enter goes to the next line that has to be filled, and to the
 * first button where none is left. A scan or a paste goes into the line one stands in; on a button it presses nothing,
 * however slowly it comes.
 */
export function useForm({ linesFor, start, buttons, onLeft, onEscape }: FormOptions): Form {
  const { words, messages } = useApp();
  const strayKeys = useStrayKeys();
  const [state, setState] = useState<FormState>(() => ({ at: 0, lines: linesOf(start) }));
  const latest = useRef(state);
  const put = (next: FormState): void => {
    const before = latest.current;
    latest.current = next;
    setState(next);
    const left = next.at === before.at ? undefined : linesFor(valuesOf(before))[before.at];
    if (left !== undefined) onLeft?.(left, valuesOf(next));
  };
  const shown = (): readonly FormLine[] => linesFor(valuesOf(latest.current));
  const isEmpty = (line: FormLine): boolean => textOf(latest.current.lines[line.id] ?? empty).trim() === '';
  const move = (by: number): void => {
    const count = shown().length + buttons.length;
    put({ ...latest.current, at: (latest.current.at + by + count) % count });
  };
  const goOn = (): void => {
    const { at } = latest.current;
    const lines = shown();
    const next = lines.findIndex((line, index) => index > at && line.required === true && isEmpty(line));
    put({ ...latest.current, at: next < 0 ? lines.length : next });
  };
  const choose = (line: FormLine, by: number): void => {
    const values = (line.choices ?? []).map(({ value }) => value);
    const now = values.indexOf(textOf(latest.current.lines[line.id] ?? empty) || (line.usual ?? ''));
    const from = now < 0 && by < 0 ? 0 : now;
    const next = values[(from + by + values.length) % values.length] ?? '';
    put({ ...latest.current, lines: { ...latest.current.lines, [line.id]: fieldOf(next) } });
  };
  const steps: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };
  useKeys({
    level: 'field',
    exclusive: true,
    isText: true,
    actions: {},
    hints: formHints,
    handleKey: (key) => {
      const { at, lines } = latest.current;
      const all = shown();
      const line = all[at];
      const name = key.kind === 'key' ? key.name : '';
      if (name === 'escape') onEscape();
      else if (steps[name] !== undefined) move(steps[name] ?? 0);
      else if (line === undefined) {
        // A code has blanks within, and no code presses a button.
        const isPress = name === 'enter';
        if (isPress && !strayKeys.areComing()) buttons[at - all.length]?.run(valuesOf(latest.current));
        else if (name === 'left' || name === 'right') move(name === 'left' ? -1 : 1);
        else {
          strayKeys.note();
          if (isPress) messages.hint(words.screen.tooSoon(shownKey(name)));
          return isPress || key.kind !== 'key';
        }
      } else if (name === 'enter') {
        if (line.required !== true || !isEmpty(line)) goOn();
        else messages.hint(words.screen.form.missing(line.label));
      } else if (line.choices !== undefined) {
        if (name === 'left' || name === 'right' || name === 'space') choose(line, name === 'left' ? -1 : 1);
        else return key.kind !== 'key';
      } else {
        // A scan is typed into the line like a paste, and its Enter or Tab goes on to the next one.
        const next = typed(lines[line.id] ?? empty, key.kind === 'scan' ? { ...key, kind: 'paste' } : key);
        if (next === undefined) return false;
        put({ ...latest.current, lines: { ...lines, [line.id]: next } });
        if (key.kind === 'scan') goOn();
      }
      return true;
    },
  });
  const lines = linesFor(valuesOf(state));
  return {
    at: state.at,
    lines,
    fieldOf: (id) => state.lines[id] ?? empty,
    buttons: buttons.map((button) => button.label),
    values: valuesOf(state),
    now: () => valuesOf(latest.current),
    fill: (values) => put({ ...latest.current, lines: linesOf(values) }),
    goTo: (id) => {
      const at = shown().findIndex((line) => line.id === id);
      if (at >= 0) put({ ...latest.current, at });
    },
  };
}
