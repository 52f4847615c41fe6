import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Paths } from '../../../src/runtime/environment/paths.ts';
import { knownStore } from '../../../src/runtime/known-stores.ts';
import { makeShop } from '../../support/builders.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bindeled-known-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const known = (path = join(home, 'data', 'a.sqlite'), config = 'config') => {
  const under = (name: string): string => join(home, name);
  const paths = { config: under(config), data: under('data'), state: under('state'), cache: under('cache') };
  return knownStore({ paths, store: { kind: 'sqlite', path } });
};
const gone = { kind: 'missing', place: expect.stringContaining('a.sqlite') };

test('a store is known once it has had a shop, by its place alone, until it is forgotten', async () => {
  await (await known()).note({ shops: async () => [] });
  expect((await known()).whyNotNew()).toBeUndefined();
  await (await known()).note({ shops: async () => [makeShop()] });
  expect((await known()).whyNotNew()).toMatchObject(gone);
  expect((await known(`${home}/data/x/../a.sqlite`)).whyNotNew()).toMatchObject(gone);
  expect((await known(join(home, 'b.sqlite'))).whyNotNew()).toBeUndefined();
  (await known()).forget();
  expect((await known()).whyNotNew()).toBeUndefined();
});

test('another database that the environment names under the same address is another store', async () => {
  const at = (connection: string, postgresDatabase: string) => {
    const folders = { data: home, state: home, cache: home };
    const paths: Paths = { config: join(home, 'config'), ...folders, postgresDatabase };
    return knownStore({ paths, store: { kind: 'postgres', connection } });
  };
  await (await at('postgres://127.0.0.1', 'a')).note({ shops: async () => [makeShop()] });
  expect((await at('postgres://127.0.0.1', 'a')).whyNotNew()).toMatchObject({ kind: 'missing' });
  expect((await at('postgres://127.0.0.1', 'b')).whyNotNew()).toBeUndefined();
  // What stands in the address goes before the environment.
  await (await at('postgres://127.0.0.1/a', 'a')).note({ shops: async () => [makeShop()] });
  expect((await at('postgres://127.0.0.1/a', 'b')).whyNotNew()).toMatchObject({ kind: 'missing' });
});

test('what may not be looked into is not said to be gone, and no name is too long to be looked for', async () => {
  const path = join(home, 'data', 'a.sqlite');
  await (await known(path)).note({ shops: async () => [makeShop()] });
  symlinkSync(join(home, 'data'), join(home, 'data'));
  expect((await known(path)).whyNotNew()).toMatchObject({ kind: 'disk', detail: 'looking at the store: ELOOP' });
  expect((await known(path, 'c'.repeat(300))).whyNotNew()).toBeUndefined();
  // Where names are encrypted, they have room for 143 bytes.
  await (await known(join(home, 'å'.repeat(20), 'a.sqlite'))).note({ shops: async () => [makeShop()] });
  for (const name of readdirSync(join(home, 'config', 'known-stores'))) expect(name.length).toBeLessThanOrEqual(143);
});

test("a note that cannot be taken away is in nobody's way", async () => {
  mkdirSync(join(home, 'config', 'known-stores'), { recursive: true });
  await (await known()).note({ shops: async () => [makeShop()] });
  const [name = ''] = readdirSync(join(home, 'config', 'known-stores'));
  rmSync(join(home, 'config', 'known-stores', name));
  mkdirSync(join(home, 'config', 'known-stores', name));
  await expect(known().then(({ forget }) => forget())).resolves.toBeUndefined();
});

test('where notes cannot be looked for nothing is begun, and where none can be made the store is used all the same', async () => {
  mkdirSync(join(home, 'config'));
  symlinkSync(join(home, 'config', 'known-stores'), join(home, 'config', 'known-stores'));
  expect((await known()).whyNotNew()).toMatchObject(gone);
  rmSync(join(home, 'config'), { recursive: true });
  writeFileSync(join(home, 'config'), '');
  await (await known()).note({ shops: async () => [makeShop()] });
  expect((await known()).whyNotNew()).toBeUndefined();
  const unread = { shops: () => Promise.reject(new Error('damaged')) };
  await expect((await known(join(home, 'c.sqlite'))).note(unread)).resolves.toBeUndefined();
});
