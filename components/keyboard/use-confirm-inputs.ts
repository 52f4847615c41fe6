import { useRef, useState } from 'react';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { type Field, fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';
import { answers, type Question } from '../context/dialog.ts';

type State = { readonly at: number; readonly fields: readonly Field[]; readonly wrong: boolean };

export type Questions = State & {
  /** All are answered as they must be. */
  readonly met: boolean;
  readonly handleKey: (key: Key) => void;
};

const fits = (question: Question, text: string): boolean =>
  answers(text, question.answer) || (question.optional === true && text.trim() === '');

/** Numbers or names typed one under the other. Enter goes to the next, and after the last says yes when all fit. */
export function useConfirmInputs(
  questions: readonly Question[],
  onYes: (answers: readonly string[]) => void,
): Questions {
  const [state, setState] = useState<State>(() => ({ at: 0, fields: questions.map(() => fieldOf('')), wrong: false }));
  // Several keys may come before the next frame.
  const latest = useRef(state);
  const put = (next: Partial<State>): void => {
    latest.current = { ...latest.current, wrong: false, ...next };
    setState(latest.current);
  };
  const textAt = (index: number): string => textOf(latest.current.fields[index] ?? fieldOf('')).trim();
  const isMet = (): boolean => questions.every((question, index) => fits(question, textAt(index)));
  const move = (by: number): void => put({ at: Math.max(0, Math.min(questions.length - 1, latest.current.at + by)) });

  const enter = (): void => {
    const { at } = latest.current;
    const question = questions[at];
    if (question === undefined || !fits(question, textAt(at))) put({ wrong: true });
    else if (at < questions.length - 1) move(1);
    else if (isMet()) onYes(questions.map((_, index) => textAt(index)));
    else put({ wrong: true, at: questions.findIndex((one, index) => !fits(one, textAt(index))) });
  };
  const handleKey = (key: Key): void => {
    const name = key.kind === 'key' ? key.name : '';
    const { at, fields } = latest.current;
    if (name === 'enter') enter();
    else if (name === 'down' || name === 'tab') move(1);
    else if (name === 'up' || name === 'shift-tab') move(-1);
    else {
      const field = fields[at];
      const next = field === undefined ? undefined : typed(field, key);
      if (next !== undefined) put({ fields: fields.with(at, next) });
    }
  };
  return { ...state, met: isMet(), handleKey };
}
