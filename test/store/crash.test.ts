import { expect, test } from 'vitest';
import { makeDice } from '../support/dice.ts';
import { killWriters, ownHands } from './kills.ts';

// The bounded run; `npm run test:crash` kills a thousand.
test('whatever moment a writer is killed at, everything confirmed is there and nothing by halves', {
  timeout: 120_000,
}, async () => {
  const places = new Set<string>();
  let killed = 0;
  await killWriters(ownHands.length * 2 + 2, makeDice(20261124), (life) => {
    if (!life.killed) return;
    killed += 1;
    if (life.hand === 'own') places.add(life.place);
  });
  expect(killed).toBe(ownHands.length * 2 + 2);
  expect([...places].sort()).toEqual([...ownHands].sort());
});
