import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { pathsFrom, storePlaces } from '../../src/runtime/environment/paths.ts';
import { passwordFromFile } from '../../src/stores/disk/password-file.ts';
import { readPostgresAddress } from '../../src/stores/sql/postgres/address.ts';
import { postgresTrouble } from '../../src/stores/sql/postgres/trouble.ts';
import { storeConfig } from '../../src/stores/store-config.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-password-'));
  file = join(folder, 'pgpass');
  const lines = [
    '# db:5433:stock:u:commented',
    'db:5433:stock:u:first',
    'db:5433:*:u:second',
    'db:*:*:u:with\\:colon\\\\end',
    '',
    '/run/postgresql:5432:*:own:folder',
    'a\\:b:5432:*:u:six',
    '*:5432:*:any:star\r',
    'short:5432:x',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const login = { host: 'db', port: 5433, database: 'stock', user: 'u' };

test.each([
  [{}, 'first'],
  [{ database: 'other' }, 'second'],
  [{ port: 5434 }, 'with:colon\\end'],
  [{ host: 'a:b', port: 5432 }, 'six'],
  [{ host: '/run/postgresql', port: 5432, user: 'own' }, 'folder'],
  [{ host: '/run/postgresql', port: 5432, user: 'any' }, 'star'],
  [{ host: 'short', port: 5432, database: 'x' }, ''],
  [{ user: 'nobody' }, ''],
])('the first line that fits gives the password: %o', (other, password) => {
  expect(passwordFromFile(file, { ...login, ...other })).toBe(password);
});

test('a file that others may read is passed over, and so is one that is not there', () => {
  chmodSync(file, 0o640);
  expect(passwordFromFile(file, login)).toBe('');
  expect(passwordFromFile(join(folder, 'none'), login)).toBe('');
});

test.each([
  [{ PGPASSFILE: '/etc/passwords', HOME: '/srv/per' }, '/etc/passwords'],
  [{ HOME: '/srv/per' }, '/srv/per/.pgpass'],
  [{ HOME: '/srv/per', PGPASSWORD: '' }, '/srv/per/.pgpass'],
  // The driver takes it from there by itself.
  [{ PGPASSFILE: '/etc/passwords', PGPASSWORD: 'x' }, undefined],
])('which file that is, the environment says: %o', (env, expected) => {
  const config = storeConfig('postgres://u@db/stock', storePlaces(pathsFrom(env)));
  expect(config).toMatchObject({ kind: 'postgres', passwordFile: expected });
});

test('the driver is given what the file has for the login that it made, unless the address has a password', () => {
  const asked = (address: string): unknown => {
    const { password } = readPostgresAddress(address, file).config;
    return typeof password === 'function' ? Reflect.apply(password, undefined, [login]) : password;
  };
  expect(asked('postgres://u@db:5433/stock')).toBe('first');
  expect(asked('postgres://u:own@db:5433/stock')).toBe('own');
});

test('R16: a password that the server repeats is not in what is told of it', () => {
  vi.stubEnv('PGPASSWORD', 'of-the-environment');
  onTestFinished(() => void vi.unstubAllEnvs());
  const address = readPostgresAddress('postgres://bind:Sommer%21Nat-44@db/x', file);
  const packed = Buffer.from('\0bind\0Sommer!Nat-44').toString('base64');
  const said = `cannot reach postgres://bind:Sommer%21Nat-44@db/x, password=with:colon\\end, ${packed}, of-the-environment`;
  const { detail } = postgresTrouble(new Error(said), address, 'opening the store');
  expect(detail).toBe(
    'opening the store: cannot reach postgres://bind:[hidden]@db/x, password=[hidden], [hidden], [hidden]',
  );
});
