import { useRef, useState } from 'react';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { type Field, fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';
import type { FormField, FormLine, FormValues } from '../../src/views/shops/shop-form.ts';
import { useKeys } from './use-keys.ts';

type FormOptions = {
  /** The lines; which there are may hang on what stands in them. */
  readonly fieldsFor: (values: FormValues) => readonly FormLine[];
  readonly start: FormValues;
  readonly buttons: readonly { readonly label: string; readonly run: (values: FormValues) => void }[];
  readonly onEscape: () => void;
};
const formHints: readonly Hint[] = [
  { key: 'tab', does: 'next-line' },
  { key: 'enter', does: 'press' },
  { key: 'right', does: 'change' },
  { key: 'escape', does: 'cancel' },
];
type FormState = { readonly at: number; readonly lines: Readonly<Record<FormField, Field>> };

const linesOf = (values: FormValues): FormState['lines'] =>
  Object.fromEntries(Object.entries(values).map(([id, text]) => [id, fieldOf(text)])) as FormState['lines'];
const valuesOf = ({ lines }: FormState): FormValues =>
  Object.fromEntries(Object.entries(lines).map(([id, field]) => [id, textOf(field)])) as FormValues;

/** A form of lines and buttons, walked by Tab and arrows. A scan or a paste goes into the line one stands in. */
export function useForm({ fieldsFor, start, buttons, onEscape }: FormOptions) {
  const [state, setState] = useState<FormState>(() => ({ at: 0, lines: linesOf(start) }));
  const fields = fieldsFor(valuesOf(state));
  const latest = useRef(state);
  const put = (next: FormState): void => {
    latest.current = next;
    setState(next);
  };
  const count = fields.length + buttons.length;
  const move = (by: number): void => put({ ...latest.current, at: (latest.current.at + by + count) % count });
  const choose = (line: FormLine, by: number): void => {
    const choices = line.choices ?? [];
    const now = choices.indexOf(textOf(latest.current.lines[line.id]));
    const next = choices[(now + by + choices.length) % choices.length] ?? '';
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
      const line = fields[at];
      const name = key.kind === 'key' ? key.name : '';
      if (name === 'escape') onEscape();
      else if (steps[name] !== undefined) move(steps[name] ?? 0);
      else if (line === undefined) {
        if (name === 'enter' || name === 'space') buttons[at - fields.length]?.run(valuesOf(latest.current));
        else if (name === 'left' || name === 'right') move(name === 'left' ? -1 : 1);
        else return key.kind !== 'key';
      } else if (name === 'enter') move(1);
      else if (line.choices !== undefined) {
        if (name === 'left' || name === 'right' || name === 'space') choose(line, name === 'left' ? -1 : 1);
        else return key.kind !== 'key';
      } else {
        // A scan is typed into the line like a paste, and its Enter or Tab goes on to the next one.
        const next = typed(lines[line.id], key.kind === 'scan' ? { ...key, kind: 'paste' } : key);
        if (next === undefined) return false;
        put({ at: at + (key.kind === 'scan' ? 1 : 0), lines: { ...lines, [line.id]: next } });
      }
      return true;
    },
  });
  return {
    at: state.at,
    fields,
    fieldOf: (id: FormField): Field => state.lines[id],
    buttons: buttons.map((button) => button.label),
  };
}
