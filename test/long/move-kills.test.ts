import { expect, test } from 'vitest';
import { runScript } from './run-script.ts';

test('the program is killed while it moves, copies, restores and imports a store: nothing is lost or by halves', {
  timeout: 1_800_000,
}, async () => {
  expect(await runScript('move-kills.ts', 10)).toContain('moves went through afterwards');
});
