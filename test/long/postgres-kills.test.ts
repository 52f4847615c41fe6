import { expect, test } from 'vitest';
import { kills, runScript } from './run-script.ts';

const serverKills = Math.ceil(kills / 6);

test('a PostgreSQL server is killed in mid transaction, and so are its clients: nothing confirmed is lost', {
  timeout: 1_800_000,
}, async () => {
  const said = await runScript('postgres-kills.ts', serverKills, kills);
  expect(said).toContain(`killed ${serverKills} times, and ${kills} clients`);
});
