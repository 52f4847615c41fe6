import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCrashReport } from '../../../src/runtime/crash-report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a report says of this text, where these are the secrets in the file and in the environment. */
function written(report: string, inFile: Record<string, string>, env: Record<string, string> = {}): string {
  const credentialsFile = join(folder, 'credentials.json');
  writeFileSync(credentialsFile, JSON.stringify({ dk: inFile }));
  const path = writeCrashReport(report, { folder, credentialsFile }, env);
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
});
