import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { cleanSecret } from '../../src/connectors/clean.ts';
import { credentialVariable, makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credential, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import type { Secrets } from '../../src/ports/platform.ts';
import { makeCredentialKeeper } from '../../src/runtime/credentials.ts';
import { forever } from '../contract/connector-harness.ts';
import { makeShop } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { platformParts } from '../support/platform-parts.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What comes along with a key, before it and after it. */
const around = {
  'a line feed': ['', '\n'],
  'a carriage return': ['', '\r'],
  'a line end of Windows': ['', '\r\n'],
  tabs: ['\t', '\t'],
  'a byte order mark': ['\ufeff', ''],
  'no-break blanks': ['\u00a0', '\u202f'],
  'zero width marks': ['\u200b', '\u2060'],
  'direction marks': ['\u200e', '\u202c'],
  'a soft hyphen': ['', '\u00ad'],
  'a C1 line end': ['', '\u0085'],
  quotes: ['"', '"'],
  'quotes and a line feed': ["'", "'\n"],
  'curly quotes': ['\u201c', '\u201d'],
} as const;

describe.each(Object.keys(platformParts))('the key to %s', (platform) => {
  const parts = platformParts[platform]!;
  const secrets = Object.entries(parts.secretsOf(credential(rightKey.key, rightKey.secret)));

  async function opened(env: Secrets, file: Secrets | undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'credentials.json');
    if (file !== undefined) writeFileSync(path, JSON.stringify({ dk: file }), { mode: 0o600 });
    const clock = makeClock({ auto: true, start: '2026-10-01T08:00:00.000Z' });
    const fake = fakeShop(parts.shop);
    const served = await serve(
      fake,
      parts.dialect(() => Date.parse(clock.now())),
    );
    onTestFinished(() => served.close());
    const shop = makeShop({
      platform: toPlatformId(platform),
      url: `${served.url}${parts.path ?? ''}`,
      options: parts.options ?? {},
    });
    const { credentialsFor, save } = makeCredentialKeeper(path, env);
    const factory = makeConnectorFactory({ drivers: platformRegistry, credentialsFor, save, clock, chance: () => 0 });
    return async (given?: Secrets) => {
      // Not too many logins in a minute.
      clock.advance(60_000);
      fake.passTime(60_000);
      await factory.connect(shop, given)!.test(forever);
    };
  }
  const wrapped = ([before, after]: readonly [string, string]): Secrets =>
    Object.fromEntries(secrets.map(([name, value]) => [name, before + value + after]));

  test('lets in, whatever came along with it from the environment, the file or a form', async () => {
    const typed = await opened({}, undefined);
    for (const marks of Object.values(around)) await typed(wrapped(marks));
    const given = wrapped(['\ufeff"', '"\u200b\r\n']);
    const env = Object.fromEntries(secrets.map(([name]) => [credentialVariable('dk', name), given[name] ?? '']));
    for (const ask of [await opened(env, undefined), await opened({}, given)]) await ask();
  });

  test('is told to be wrong, and not the address, where it holds a letter that cannot be sent', async () => {
    const ask = await opened({}, undefined);
    const [name, value] = secrets.at(-1)!;
    const wrong = { ...Object.fromEntries(secrets), [name]: `${value.slice(0, -1)}\u0445` };
    await expect(ask(wrong)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

test.each([
  ['""hemmelig""', '"hemmelig"'],
  ['"', '"'],
  ['""', '""'],
  ["it's", "it's"],
  ['"a" b "c', '"a" b "c'],
  ['pass word', 'pass word'],
  ['kodeord«æ»', 'kodeord«æ»'],
])('a password is more than its quotes: %s', (typed, meant) => {
  expect(cleanSecret(typed)).toBe(meant);
});
