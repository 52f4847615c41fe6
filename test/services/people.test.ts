import { expect, test } from 'vitest';
import { runPeople } from '../model/people.ts';

// Seeds in which an undo once left something behind; hundreds of others are lived in the long run.
test.each([
  3, 26, 219,
])('whatever people do by hand, readings and pushes keep to it, and undo leaves nothing behind (seed %i)', async (seed) => {
  expect((await runPeople(seed, 120)).get('unlinks')).toBeGreaterThan(0);
});
