import { afterAll, describe, expect, it } from 'vitest';
import { newTally } from '../model/model-run.ts';
import { runModel, tallyLines } from '../model/run-model.ts';

const seeds = Array.from({ length: 12 }, (_, place) => place + 1);
const steps = 200;
/** Causes that a fleet of shops can bring about by itself; the others are held to tables of cases. */
const exercised = [
  'connection-down',
  'shop-paused',
  'not-for-this-shop',
  'inactive-in-shop',
  'shop-id-taken',
  'removed-by-user',
  'gone-from-shop',
  'other-spelling',
  'variant-missing',
  'not-fetched-yet',
  'only-in-warehouse',
  'never-in-this-shop',
];

describe('in a generated fleet', () => {
  const tally = newTally();

  it.each(seeds)(
    'the links are what the rules say, and so are the reasons (seed %i)',
    (seed) => runModel(seed, steps, tally),
    30_000,
  );

  it('every cause that shops can bring about was met, and none was confirmed that is wrong', () => {
    for (const cause of exercised) expect(tally.byCause.get(cause) ?? 0, cause).toBeGreaterThan(0);
    expect(tally.confirmedWrong).toBe(0);
  });

  afterAll(() => console.log(tallyLines(tally)));
});
