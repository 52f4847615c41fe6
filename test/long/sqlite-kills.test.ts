import { expect, test } from 'vitest';
import { kills, runScript } from './run-script.ts';

test('writers of SQLite stores are killed at any moment: all that was confirmed is there, nothing by halves', {
  timeout: 1_800_000,
}, async () => {
  const said = await runScript('sqlite-kills.ts', kills);
  expect(Number(/.*^(\d+) killed/ms.exec(said)?.[1])).toBeGreaterThanOrEqual(kills);
});
