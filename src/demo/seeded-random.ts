/** Random numbers that can be repeated: the same seed gives the same ones. */
export type Random = {
  readonly seed: number;
  /** A whole number from 0 up to, and not including, `sides`. */
  below(sides: number): number;
  /** True once in so many throws, as a share from 0 to 1. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffle<Item>(items: readonly Item[]): readonly Item[];
};

/** Random numbers from a seed (mulberry32). Print the seed when a test fails. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (sides: number): number => Math.floor(next() * sides);
  return {
    seed,
    below,
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        shuffled.splice(other, 1, ...shuffled.splice(last, 1, ...shuffled.slice(other, other + 1)));
      }
      return shuffled;
    },
  };
}
