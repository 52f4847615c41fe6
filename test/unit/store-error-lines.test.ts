import { expect, test } from 'vitest';
import { StoreError } from '../../src/ports/store-error.ts';
import { throwIfNoLinks } from '../../src/stores/file-errors.ts';
import { storeErrorLines } from '../../src/views/errors/error-lines.ts';
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
  ['bad-address', 'sslmode is one of disable, require', /docs\/stores\.md/],
  ['unreachable', 'connect ECONNREFUSED 127.0.0.1:6543', /Try again shortly/],
] as const)('of a server: %s, %s', (kind, detail, advice) => {
  const lines = storeErrorLines({ kind, place: server, detail }, en);
  expect(lines.advice).toMatch(advice);
  expect(`${lines.said} ${lines.advice}`).not.toMatch(/folder|BINDELED_HOME|store restore/);
  expect(lines.details).toEqual([server, detail]);
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
