import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreError } from '../../src/ports/store-error.ts';
import { throwIfNoLinks, toStoreError } from '../../src/stores/file-errors.ts';
import { sqliteTrouble } from '../../src/stores/sql/sqlite/trouble.ts';
import { storeErrorLines } from '../../src/views/errors/store-error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const en = wordsOf('en');
const server = 'postgres://per@db.example:5432/lager (bindeled)';

test.each([
  ['no-access', 'permission denied for schema bindeled (42501)', /docs\/stores\.md/],
  ['missing', 'database "nowhere" does not exist (3D000)', /BINDELED_STORE/],
  ['disk', 'something else', /whoever runs the server/],
  ['untrusted', 'The server does not support SSL connections', /sslrootcert/],
  ['server-full', 'sorry, too many clients already (53300)', /max_connections/],
  ['too-slow', 'canceling statement due to statement timeout (57014)', /statement_timeout/],
  ['read-only', 'cannot execute INSERT in a read-only transaction (25006)', /takes changes/],
  ['disk-full', 'could not extend file (53100)', /whoever runs the server/],
  ['bad-address', 'sslmode is one of disable, require, verify-ca, verify-full', /docs\/stores\.md/],
  ['unreachable', 'connect ECONNREFUSED 127.0.0.1:6543', /Try again shortly/],
] as const)('of a server: %s, %s', (kind, detail, advice) => {
  const lines = storeErrorLines({ kind, place: server, detail }, en);
  expect(lines.advice).toMatch(advice);
  expect(`${lines.said} ${lines.advice}`).not.toMatch(/folder|BINDELED_HOME|store restore/);
  expect(lines.details).toEqual([server, expect.stringContaining(detail.replace(/ \(\w+\)$/, ''))]);
});

test.each([
  'EPERM',
  'ENOTSUP',
  'ENOSYS',
])('R18b: a file system without hard links (%s) is said to lack them', (code) => {
  const refused = Object.assign(new Error('link'), { code });
  expect(() => throwIfNoLinks(refused, '/srv/store/lock')).toThrow(StoreError);
  const { said, advice } = storeErrorLines({ kind: 'no-hard-links', place: '/srv/store/lock', detail: code }, en);
  expect(`${said} ${advice}`).toMatch(/no hard links.*exFAT.*BINDELED_HOME/s);
  expect(() => throwIfNoLinks(Object.assign(new Error('link'), { code: 'EACCES' }), '/srv/store/lock')).not.toThrow();
});

test('of a folder it is the folder that is spoken of', () => {
  const lines = storeErrorLines({ kind: 'no-access', place: '/srv/store', detail: '' }, en);
  expect(lines.advice).toMatch(/folder/);
});

test.each([
  ['opening the store: ENOENT', 'åbner datafilen: der er ingen sådan fil eller mappe (ENOENT)'],
  ['writing a change: EDQUOT', 'skriver en ændring: den tildelte plads er brugt op (EDQUOT)'],
  [
    'opening the store: connect ECONNREFUSED 127.0.0.1:1 (ECONNREFUSED)',
    'åbner datafilen: der er intet, der lytter dér (connect ECONNREFUSED 127.0.0.1:1)',
  ],
  [
    'reading: password authentication failed for user "x" (28P01)',
    'læser: bruger eller adgangskode er forkert (password authentication failed for user "x", 28P01)',
  ],
  ['whether the change was written is not known: writing: EIO', /^det vides ikke, om .*: skriver: disken/],
  [
    'written by version 9; this program knows up to 6',
    'den er skrevet af version 9, og dette program kender til og med 6',
  ],
  ['no parameter is called sslmod; known are schema, pool', 'ingen parameter hedder sslmod; kendte er schema, pool'],
  ['the schema lager is not there, and the role may not make it', /^skemaet lager er der ikke/],
  ['reading the copy: no such table: kysely_migration', 'læser kopien: den er tom eller ikke data fra Bindeled'],
  ['ends here; 2484 bytes had been confirmed', 'den slutter her, og der var skrevet 2484 byte'],
  ['wrong length', 'kontrolsummen passer ikke'],
  ['something that only a server says (XX999)', 'something that only a server says (XX999)'],
])("the particulars are told in the reader's words: %s", (detail, told) => {
  const { details } = storeErrorLines({ kind: 'disk', place: '', detail }, wordsOf('da'));
  expect(details).toEqual([typeof told === 'string' ? told : expect.stringMatching(told)]);
});

test('whatever the stores say that they were doing has words in both languages', () => {
  const stores = join(import.meta.dirname, '../../src/stores');
  const files = readdirSync(stores, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const calls =
    /(?:toStoreError|withFileErrors|toFolderError|trouble|sqliteTrouble|postgresTrouble|asking|connected|alone)\([^;]*?'([a-z][a-zA-Z ]+)'/g;
  const doing = files.flatMap((name) =>
    [...readFileSync(join(stores, name), 'utf8').matchAll(calls)].map(([, what = '']) => what),
  );
  expect(doing.length).toBeGreaterThan(40);
  const { storeDetail } = en;
  expect([...new Set(doing)].filter((what) => !(what in storeDetail.doing))).toEqual([]);
});

const failed = (more: object): Error => Object.assign(new Error('fs'), more);
test.each([
  [failed({ code: 'UNKNOWN', errno: -constants.errno.EDQUOT, syscall: 'write' }), 'disk-full', 'writing: EDQUOT'],
  [failed({ code: 'ENOSYS', syscall: 'fsync' }), 'no-sync', 'writing: ENOSYS'],
  [failed({ code: 'EINVAL', syscall: 'fdatasync' }), 'no-sync', 'writing: EINVAL'],
  [failed({ code: 'EIO', syscall: 'fsync' }), 'disk', 'writing: EIO'],
  [failed({ code: 'EINVAL', syscall: 'open' }), 'disk', 'writing: EINVAL'],
])('what a file system cannot do is told from a disk that fails: %o', (error, kind, detail) => {
  expect(toStoreError(error, '/srv/store', 'writing')).toMatchObject({ kind, detail });
});

test.each([
  [3_850, 'no-locks'],
  [5_130, 'no-locks'],
  [266, 'disk'],
  // What really is in the way is found by trying: here a file stands where the folder should be.
  [4_874, 'no-folder'],
  [1_034, 'no-folder'],
  [14, 'no-folder'],
  [8, 'no-folder'],
])('SQLite: %i is %s', (errcode, kind) => {
  const place = join(import.meta.filename, 'store.sqlite');
  expect(sqliteTrouble(failed({ errcode }), place, 'writing')).toMatchObject({ kind });
});

test('a database whose note of its tables is gone is not what was written', () => {
  const there = Object.assign(new Error('table shops already exists'), { errcode: 1 });
  expect(sqliteTrouble(there, '/srv/store', 'opening the store').kind).toBe('damaged');
});
