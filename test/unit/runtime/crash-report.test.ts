import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCrashReport } from '../../../src/runtime/crash-report.ts';
import { knownSecrets } from '../../../src/runtime/known-secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a report says of this text, where these are the secrets in the file and in the environment. */
function written(
  report: string,
  inFile: Record<string, string>,
  env: Record<string, string> = {},
  config?: unknown,
): string {
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'credentials.json'), JSON.stringify({ dk: inFile }));
  if (config !== undefined) writeFileSync(join(folder, 'config', 'config.json'), JSON.stringify(config));
  const path = writeCrashReport(report, folder, knownSecrets({ BINDELED_HOME: folder, HOME: folder, ...env }));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  return readFileSync(path, 'utf8');
}

describe('a crash report', () => {
  test.each([
    ['a quote', 'ab"cd'],
    ['a backslash', 'ab\\cd\\ef'],
    ['letters of another alphabet', 'hemmeligæøå'],
    ['only five characters', 'k3y!!'],
    ['a blank at its end', 'hemmelig '],
  ])('hides a key with %s, as it is and as JSON writes it', (_name, secret) => {
    const text = written(`at connect(${secret.trim()}) ${JSON.stringify({ secret })}`, { secret });
    expect(text).not.toContain(secret.trim());
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(text).toContain('at connect(');
  });

  test('hides a key that an invisible mark parts in two', () => {
    expect(written('got hemme\u200blig\u2060nok', { secret: 'hemmelignok' })).toBe('got [hidden]');
  });

  test('hides what the environment holds, under any of the names that secrets have', () => {
    const env = {
      BINDELED_DK_CLIENT_SECRET: 'cliesecret',
      BINDELED_STORE: 'postgres://u:pw12345@db/x',
      HOME: '/h/mette',
    };
    const text = written('cliesecret postgres://u:pw12345@db/x /h/mette', {}, env);
    expect(text).not.toMatch(/cliesecret|pw12345/);
    expect(text).toContain('/h/mette');
  });

  test.each<readonly [string, Record<string, string>]>([
    ['the password of the mail', { BINDELED_SMTP_PASSWORD: 'postBUD-77' }],
    ['the way to the alarms', { BINDELED_ALARM_WEBHOOK: 'https://hooks.example/services/T0/postBUD-77' }],
    ['the password of PostgreSQL', { PGPASSWORD: 'postBUD-77' }],
    ['the password in the address of the store', { BINDELED_STORE: 'postgres://u:postBUD%2D77@db/x' }],
    ['the password among the options of the address', { BINDELED_STORE: 'postgres://db/x?password=postBUD-77' }],
    ['the password of a proxy', { https_proxy: 'http://u:postBUD-77@proxy:3128' }],
    ['the key of the warehouse', { BINDELED_WAREHOUSE_KEY: 'postBUD-77' }],
    ['a token of a shop', { BINDELED_DK_ACCESS_TOKEN: 'postBUD-77' }],
  ])('hides %s', (_name, env) => {
    const text = written('535 no: postBUD-77 POSTBUD-77 /services/T0/postBUD-77', {}, env);
    expect(text).not.toMatch(/postbud.?77/i);
    expect(text).toContain('535 no: [hidden]');
  });

  test('hides what the settings and the password file of PostgreSQL hold', () => {
    writeFileSync(join(folder, '.pgpass'), '# one\ndb:5432:*:u:pgBUD\\:88\n*:*:*:v:q\\:4z\n');
    const smtp = 'smtps://u:mailBUD-99@mail.example';
    const config = { store: 'postgres://u:storeBUD-66@db/x', serve: { alarms: { email: { smtp } } } };
    const text = written('pgBUD\\:88 q:4z mailBUD-99 storeBUD-66 mette', {}, { BINDELED_USER: 'mette' }, config);
    expect(text).toBe('[hidden] [hidden] [hidden] [hidden] mette');
  });
});
