import type { Key } from '../../src/views/keyboard/key-tokens.ts';

/** Keys that only move the cursor: what hears the next key is the same after them. */
const moves = new Set(['up', 'down', 'j', 'k', 'wheel-up', 'wheel-down']);

const isMove = (key: Key | undefined): boolean => key?.kind === 'key' && moves.has(key.name);

/** Milliseconds that rows are waited for at most: who waits longer than that presses again. */
const maxWait = 1_000;

/** What a key that was pressed may have set going. */
type Screen = {
  /** Whether a field takes letters as text now. */
  readonly takesText: () => boolean;
  /** Resolves as soon as nothing is asked of the store. */
  readonly idle: () => Promise<void>;
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Resolves once what Esc cleared is read anew: a text is waited for, and then the question that it makes. */
async function rowsAreBack(idle: Screen['idle']): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxWait);
  });
  const settled = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await turn();
      await idle();
    }
  };
  await Promise.race([settled(), tooLong]);
  clearTimeout(timer);
}

/**
 * Presses keys that came in one read one after the other, each on the screen that the one before it opened: `7N` is
 * the shops, and there a new one; two arrows and Enter open the second row. A held arrow is not slowed down. Behind an
 * Esc that leaves a filter come the rows that it hid, and the next key is for one of them.
 */
export function queueKeys(press: (key: Key) => void, { takesText, idle }: Screen): (key: Key) => void {
  const waiting: Key[] = [];
  let going = false;
  const next = (): void => {
    let key = waiting.shift();
    going = key !== undefined;
    if (key === undefined) return;
    if (key.kind === 'key' && key.isOfCode === true && !takesText()) {
      next();
      return;
    }
    const mayLeave = key.kind === 'key' && key.name === 'escape' && takesText();
    press(key);
    while (isMove(key) && isMove(waiting[0])) {
      key = waiting.shift();
      if (key !== undefined) press(key);
    }
    // React asks for its turn after this one is over, and draws in it; the next key comes after that.
    const drawn = (): void => {
      if (mayLeave && !takesText()) void rowsAreBack(idle).then(next);
      else next();
    };
    setImmediate(() => setImmediate(drawn));
  };
  return (key) => {
    waiting.push(key);
    if (!going) next();
  };
}
