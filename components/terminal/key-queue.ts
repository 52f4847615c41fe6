import type { Key } from '../../src/views/keyboard/key-tokens.ts';

/** Keys that only move the cursor: what hears the next key is the same after them. */
const moves = new Set(['up', 'down', 'j', 'k', 'wheel-up', 'wheel-down']);

const isMove = (key: Key | undefined): boolean => key?.kind === 'key' && moves.has(key.name);

/**
 * Presses keys that came in one read one after the other, each on the screen that the one before it opened: `7N` is
 * the shops, and there a new one; two arrows and Enter open the second row. A held arrow is not slowed down.
 */
export function queueKeys(press: (key: Key) => void): (key: Key) => void {
  const waiting: Key[] = [];
  let going = false;
  const next = (): void => {
    let key = waiting.shift();
    going = key !== undefined;
    if (key === undefined) return;
    press(key);
    while (isMove(key) && isMove(waiting[0])) {
      key = waiting.shift();
      if (key !== undefined) press(key);
    }
    // React asks for its turn after this one is over, and draws in it; the next key comes after that.
    setImmediate(() => setImmediate(next));
  };
  return (key) => {
    waiting.push(key);
    if (!going) next();
  };
}
