import { expect, test } from 'vitest';
import { makeDice } from '../support/dice.ts';
import { type KillPlace, killPlaces, killWriters } from './kills.ts';

// The bounded run; `npm run test:crash` kills a thousand.
test('whatever moment a writer is killed at, everything confirmed is there and nothing by halves', {
  timeout: 120_000,
}, async () => {
  const killed = new Map<KillPlace, number>();
  const count = (place: KillPlace, life: { readonly killed: boolean }): void => {
    if (life.killed) killed.set(place, (killed.get(place) ?? 0) + 1);
  };
  await killWriters(killPlaces.length * 2, makeDice(20261124), count);
  expect([...killed.keys()].sort()).toEqual([...killPlaces].sort());
});
