import { afterAll, describe, expect, it } from 'vitest';
import { runMixedWorld } from '../model/mixed-worlds.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const steps = 25;

describe('in made-up worlds of ten shops, one of each platform', () => {
  const met = new Map<string, number>();

  it.each(seeds)('the rules hold, whatever happens in the shops and to the line (seed %i)', async (seed) => {
    for (const [name, count] of await runMixedWorld(seed, steps)) met.set(name, (met.get(name) ?? 0) + count);
  }, 300_000);

  it('everything that can happen has happened', () => {
    for (const name of ['isPutUp', 'isPutUpHereToo', 'rests', 'returns', 'isDeleted', 'isShownTwice', 'hasABadDay'])
      expect(met.get(name) ?? 0, name).toBeGreaterThan(0);
    for (const name of [
      'cannotBeReadForAWhile',
      'isAnsweredByAnother',
      'sellsWhileItIsTold',
      'getsAnotherBarcode',
      'isPutUpInSizes',
      'losesASize',
    ])
      expect(met.get(name) ?? 0, name).toBeGreaterThan(0);
    for (const name of ['losesAStyle', 'a size without a number was linked'])
      expect(met.get(name) ?? 0, name).toBeGreaterThan(0);
    for (const name of ['isRemovedByMistake', 'isFetchedAgain', 'stockIsToldEverywhere', 'inactive-in-shop: confirmed'])
      expect(met.get(name) ?? 0, name).toBeGreaterThan(0);
  });

  afterAll(() => console.log([...met].map(([name, count]) => `${String(count).padStart(6)} ${name}`).join('\n')));
});
