import { randomInt } from 'node:crypto';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const base = Date.UTC(2020, 0, 1);
const suffixCount = letters.length ** 6;

const encode = (value: number, length: number): string => {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = letters[rest % letters.length] + text;
    rest = Math.floor(rest / letters.length);
  }
  return text;
};

/**
 * A maker of ids of 14 letters and digits that sort by the time they were made: eight for the millisecond, six
 * of chance. Within a millisecond it counts on from its own chance, so that one process never repeats itself.
 */
export function makeNewId(now: () => number): () => string {
  let lastAt = 0;
  let count = 0;
  return () => {
    const at = Math.max(now(), lastAt);
    count = at === lastAt ? (count + 1) % suffixCount : randomInt(suffixCount);
    lastAt = at;
    return encode(at - base, 8) + encode(count, 6);
  };
}
