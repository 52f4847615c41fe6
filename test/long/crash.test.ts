import { expect, test } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { killWriters, selfKillSteps } from '../store/kill-writers.ts';

// The bounded run; `npm run test:crash` kills a thousand.
test('whatever moment a writer is killed at, everything confirmed is there and nothing by halves', {
  timeout: 120_000,
}, async () => {
  const places = new Set<string>();
  let killed = 0;
  await killWriters(selfKillSteps.length * 2 + 2, makeRandom(20261124), (life) => {
    if (!life.killed) return;
    killed += 1;
    if (life.hand === 'own') places.add(life.place);
  });
  expect(killed).toBe(selfKillSteps.length * 2 + 2);
  expect([...places].sort()).toEqual([...selfKillSteps].sort());
});
