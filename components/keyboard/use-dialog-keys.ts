import { useRef } from 'react';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { useApp } from '../context/app-context.ts';
import { openProduct } from '../context/open-product.ts';
import type { KeyLayer } from '../terminal/key-dispatcher.ts';
import { useKeys } from './use-keys.ts';

/** Milliseconds in which keys are not heard: a key that was meant for the list must not answer the question. */
const inputDelay = 150;

/** Keys of the program that a question has no use for. */
const globalKeys = new Set(['ctrl-c', 'ctrl-z', 'ctrl-l']);

type DialogKeysOptions = {
  readonly hints: readonly Hint[];
  readonly close: () => void;
  readonly handleKey: (key: Key) => void;
  /** Answers are typed. */
  readonly isText?: true;
  /** Takes a click that fell on it. */
  readonly handleClick?: KeyLayer['handleClick'];
};

/** The keys of an open question. Esc cancels at once; other keys are heard only after a moment; a scan cancels and looks up. */
export function useDialogKeys({ hints, close, handleKey, isText, handleClick }: DialogKeysOptions): void {
  const app = useApp();
  const opened = useRef(app.elapsed());
  useKeys({
    level: 'dialog',
    exclusive: true,
    isText,
    actions: {},
    hints,
    handleClick,
    handleKey: (key) => {
      if (key.kind === 'scan') {
        close();
        openProduct(app, key.text);
      } else if (key.kind === 'key' && key.name === 'escape') close();
      else if (key.kind === 'key' && globalKeys.has(key.name)) return false;
      else if (app.elapsed() - opened.current >= inputDelay) handleKey(key);
      return true;
    },
  });
}
