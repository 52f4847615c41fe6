import { useEffect, useRef } from 'react';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { type Hint, shownKey } from '../../src/views/keyboard/keymap.ts';
import { withinScan } from '../../src/views/keyboard/scan-detection.ts';
import { useApp } from '../context/app-context.ts';
import { openProduct } from '../context/open-product.ts';
import type { KeyLayer } from '../terminal/key-dispatcher.ts';
import { useKeys } from './use-keys.ts';
import { useStrayKeys } from './use-stray-keys.ts';

/** Milliseconds in which keys are not heard: a key that was meant for the list must not answer the question. */
const inputDelay = 150;

/** Keys of the program that a question has no use for. */
const globalKeys = new Set(['ctrl-c', 'ctrl-z', 'ctrl-l']);

/** A key that waits whether another follows. */
type Waiting = {
  readonly letBe: () => void;
  readonly run: () => void;
  /** Nothing came before it that may belong to it. */
  readonly isAlone: boolean;
};

const isFirstOfCode = (key: Key): boolean => key.kind === 'key' && key.name.length === 1;

type DialogKeysOptions = {
  readonly hints: readonly Hint[];
  readonly close: () => void;
  /** Answers whether the key was of use here. */
  readonly handleKey: (key: Key) => boolean;
  /** Whether a key carries something out: a slow scanner's letters may hold it, so that it has to come by itself. */
  readonly carriesOut?: (key: string) => boolean;
  /** Answers are typed. */
  readonly isText?: true;
  /** Takes a click that fell on it. */
  readonly handleClick?: KeyLayer['handleClick'];
};

/**
 * The keys of an open question. Esc cancels at once; other keys are heard only after a moment; a scan cancels and looks
 * up. A key that carries something out waits whether more follows as soon as a slow scanner's next letter does, where it
 * may be the first of a code or came right after the question; then it was none. Enter says that nothing more follows.
 */
export function useDialogKeys({ hints, close, handleKey, carriesOut, isText, handleClick }: DialogKeysOptions): void {
  const app = useApp();
  const { words, delays, elapsed, messages, keys } = app;
  const opened = useRef(elapsed());
  const strayKeys = useStrayKeys();
  const waiting = useRef<Waiting>(undefined);
  useEffect(() => () => waiting.current?.letBe(), []);

  const shownOf = (key: Key): string => (key.kind === 'key' ? shownKey(key.name) : words.screen.paste);
  const stray = (said: string): void => {
    strayKeys.note();
    messages.hint(said);
  };
  const isNew = (): boolean => elapsed() - opened.current < withinScan;
  const hold = (key: Key): void => {
    const run = (): void => {
      waiting.current = undefined;
      handleKey(key);
    };
    const letBe = (): void => {
      waiting.current = undefined;
      cancel();
    };
    const cancel = delays.after(withinScan, () => {
      if (!keys.isMoreComing()) return run();
      letBe();
      stray(words.screen.tooSoon(shownOf(key)));
    });
    waiting.current = { letBe, run, isAlone: !isNew() };
  };
  const hear = (key: Key): void => {
    const shown = shownOf(key);
    const before = waiting.current;
    before?.letBe();
    // No code is one letter long.
    if (before?.isAlone === true && key.kind === 'key' && key.name === 'enter') before.run();
    else if (key.kind === 'key' && carriesOut?.(key.name) === true) {
      if (before !== undefined || strayKeys.areComing()) stray(words.screen.tooSoon(shown));
      else if (isFirstOfCode(key) || isNew()) hold(key);
      else handleKey(key);
    } else if (!handleKey(key) && !(key.kind === 'key' && key.isWheel)) {
      // A wheel that turns over a question was meant for what lies beneath it, and is no answer.
      const answers = hints.map((hint) => `${shownKey(hint.key)} ${words.screen.hint[hint.does]}`);
      stray(words.screen.noAnswer(shown, answers.join(', ')));
    }
  };
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
      else if (elapsed() - opened.current >= inputDelay) hear(key);
      else strayKeys.note();
      return true;
    },
  });
}
