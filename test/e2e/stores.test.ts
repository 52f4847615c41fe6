import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Home, makeHome, runCli } from './run-cli.ts';
import { describeStoreIn } from './store-places.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => home.remove());

// `npm run test:long` does it in PostgreSQL.
describeStoreIn('sqlite');

test('a name that is none is refused without being said again: it may hold a password', async () => {
  const result = await runCli(home, ['find', 'x'], { env: { BINDELED_STORE: 'mysql://me:geheim@db/x' } });
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('BINDELED_STORE');
  expect(result.stdout + result.stderr).not.toContain('geheim');
});

test('a server that is away: exit 5, in words, and no password', async () => {
  const away = 'postgres://me:geheim@127.0.0.1:9/x?connect_timeout=1';
  const result = await runCli(home, ['find', 'x'], { env: { BINDELED_STORE: away } });
  expect(result.code).toBe(5);
  expect(result.stderr).toContain('does not answer');
  expect(result.stdout + result.stderr).not.toContain('geheim');
});
