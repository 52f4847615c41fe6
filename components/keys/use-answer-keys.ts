import { useRef } from 'react';
import type { Key } from '../../src/views/input/key-tokens.ts';
import type { Hint } from '../../src/views/input/keymap.ts';
import { useDesk } from '../desk/use-desk.ts';
import { openProduct } from '../open-product.ts';
import { useKeys } from './use-keys.ts';

/** Milliseconds in which keys are not heard: a key that was meant for the list must not answer the question. */
const deaf = 150;

/** Keys of the program that a question has no use for. */
const programKeys = new Set(['ctrl-c', 'ctrl-l']);

type AnswerKeys = {
  readonly hints: readonly Hint[];
  readonly close: () => void;
  readonly take: (key: Key) => void;
};

/** The keys of an open question. Esc cancels at once; other keys are heard only after a moment; a scan cancels and looks up. */
export function useAnswerKeys({ hints, close, take }: AnswerKeys): void {
  const desk = useDesk();
  const opened = useRef(desk.elapsed());
  useKeys({
    level: 'dialog',
    alone: true,
    actions: {},
    hints,
    take: (key) => {
      if (key.kind === 'scan') {
        close();
        openProduct(desk, key.text);
      } else if (key.kind === 'key' && key.name === 'escape') close();
      else if (key.kind === 'key' && programKeys.has(key.name)) return false;
      else if (desk.elapsed() - opened.current >= deaf) take(key);
      return true;
    },
  });
}
