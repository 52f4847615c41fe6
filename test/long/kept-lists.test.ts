import { test } from 'vitest';
import { checkKeptLists } from '../store/kept-lists.ts';

test.each([2, 3, 4, 5])(
  'lists that every change moved are those that are made of what stands (%i)',
  { timeout: 240_000 },
  (seed) => checkKeptLists(seed, 150),
);
