import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ShopError } from '../../../src/ports/shop-error.ts';
import { StoreError } from '../../../src/ports/store-error.ts';
import { makeKnownSecrets } from '../../../src/runtime/known-secrets.ts';
import { maskedReportOf } from '../../../src/runtime/masked-report.ts';
import { makeServerLog } from '../../../src/runtime/open-server.ts';
import { Refusal } from '../../../src/services/dependencies/refusal.ts';
import { SettingsError } from '../../../src/settings.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

/** Passwords that people choose and that are words of ours, among others that are none. */
const secrets = ['shop', 'warehouse', 'lager', 'butik', 'level', 'told', '5432', 'k3y!!', 'postBUD-77'];
const said = (error: unknown, language: 'da' | 'en', known: readonly string[] = secrets): string => {
  const { lines } = maskedReportOf(error, known, { words: wordsOf(language), logFile: '/h/lager.log' });
  return [lines.said, ...lines.details, lines.advice].join('\n');
};

const errors = [
  new Refusal('unknown-shop', { shop: 'dk' }),
  new Refusal('no-warehouse'),
  new ShopError('unreachable', { shop: 'dk', doing: 'reading the shop', status: 503 }),
  new StoreError('missing', 'postgres://db:5432/lager', 'opening'),
  new SettingsError([{ where: 'config.json', key: 'shopsAtOnce', what: 'wrong', said: '' }]),
];

test.each(['da', 'en'] as const)('R16: a secret that is a word takes no word out of our sentences (%s)', (language) => {
  for (const error of errors) expect(said(error, language)).toBe(said(error, language, []));
});

test.each(['da', 'en'] as const)('R16: it is hidden in what others said, and others everywhere (%s)', (language) => {
  const foreign = [
    new Refusal('bad-value', { field: 'country', value: 'my shop' }),
    new SettingsError([{ where: 'config.json', key: 'user', what: 'wrong', said: 'is shop' }]),
    new Error('login of shop failed'),
  ];
  for (const error of foreign) expect(said(error, language)).toMatch(/(my|is|of) \[hidden\]/);
  const leaking = new ShopError('refused', { shop: 'dk', doing: 'reading', said: 'no k3y!! and POSTbud-77' });
  expect(said(leaking, language)).toContain('no [hidden] and [hidden]');
});

test('R16: nor does it break a line of the log, in which it is hidden where somebody else speaks', () => {
  const lines: string[] = [];
  const log = makeServerLog({ write: (text) => lines.push(text) }, secrets);
  log.warn('told by one way, but not by another', { shop: 'dk', err: new Error('535 shop 5432 k3y!! is no password') });
  expect(JSON.parse(lines.join(''))).toMatchObject({
    level: 40,
    shop: 'dk',
    msg: 'told by one way, but not by another',
    err: { message: '535 [hidden] [hidden] [hidden] is no password' },
  });
});

test('R16: a key that is changed while the program runs is hidden from the next line on, and the old one stays so', () => {
  const config = mkdtempSync(join(tmpdir(), 'bindeled-'));
  onTestFinished(() => rmSync(config, { recursive: true }));
  const file = join(config, 'credentials.json');
  const lines: string[] = [];
  const log = makeServerLog({ write: (text) => lines.push(text) }, makeKnownSecrets({}, { config } as never));
  for (const secret of ['first-9c1d-e5a8', 'second-b240-6af1']) {
    writeFileSync(file, JSON.stringify({ dk: { secret } }));
    log.warn('told', { err: new Error('first-9c1d-e5a8 and second-b240-6af1') });
  }
  const told = lines.map((line) => JSON.parse(line).err.message);
  expect(told).toEqual(['[hidden] and second-b240-6af1', '[hidden] and [hidden]']);
});
