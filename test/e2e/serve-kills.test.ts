import { test } from 'vitest';
import { killInRounds } from './serve-kills.ts';

// The long run does this a hundred times and more.
test(
  'killed in mid round three times: nothing is lost, no older figure is sent over a newer one, and it goes on',
  {
    timeout: 120_000,
  },
  () => killInRounds(3),
);
