import { test } from 'vitest';
import { killInRounds } from '../e2e/serve-kills.ts';

const kills = Number(process.env.BINDELED_TEST_KILLS ?? 100);

test(
  `${kills} times SIGKILL in mid round: nothing is lost, no older figure is sent over a newer one, and it goes on`,
  {
    timeout: 900_000,
  },
  () => killInRounds(kills),
);
