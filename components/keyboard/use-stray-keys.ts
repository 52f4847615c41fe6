import { useRef } from 'react';
import { withinScan } from '../../src/views/keyboard/scan-detection.ts';
import { useApp } from '../context/app-context.ts';

export type StrayKeys = {
  /** Notes a key that was of no use where it came. */
  readonly note: () => void;
  /** Whether the last one came so short a while ago that a slow scanner may be sending the rest of its code. */
  readonly areComing: () => boolean;
};

/** A letter may come a scanner's pause after the last one, and is held back once more as long before it is pressed. */
const untilNextLetter = 2 * withinScan;

/**
 * Keys that a question or a button has no use for. They may be the letters of a slow scanner, and then the key that
 * follows them, an Enter as a rule, carries nothing out.
 */
export function useStrayKeys(): StrayKeys {
  const { elapsed } = useApp();
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  return {
    note: () => {
      lastAt.current = elapsed();
    },
    areComing: () => elapsed() - lastAt.current < untilNextLetter,
  };
}
