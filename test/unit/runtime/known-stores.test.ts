import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { knownStore } from '../../../src/runtime/known-stores.ts';
import { makeShop } from '../../support/builders.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bindeled-known-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const known = (path = join(home, 'data', 'a.sqlite')) => {
  const under = (name: string): string => join(home, name);
  const paths = { config: under('config'), data: under('data'), state: under('state'), cache: under('cache') };
  return knownStore({ paths, store: { kind: 'sqlite', path } });
};
const gone = { kind: 'missing', place: expect.stringContaining('a.sqlite') };

test('a store is known once it has had a shop, by its place alone, until it is forgotten', async () => {
  await (await known()).note({ shops: async () => [] });
  expect((await known()).whyNotNew()).toBeUndefined();
  await (await known()).note({ shops: async () => [makeShop()] });
  expect((await known()).whyNotNew()).toMatchObject(gone);
  expect((await known(join(home, 'data', 'x', '..', 'a.sqlite'))).whyNotNew()).toMatchObject(gone);
  expect((await known(join(home, 'b.sqlite'))).whyNotNew()).toBeUndefined();
  (await known()).forget();
  expect((await known()).whyNotNew()).toBeUndefined();
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
