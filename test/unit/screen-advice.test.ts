import { expect, test } from 'vitest';
import { ShopError, type ShopErrorKind } from '../../src/ports/shop-error.ts';
import { StoreError, type StoreErrorKind } from '../../src/ports/store-error.ts';
import { Refusal, type RefusalKind } from '../../src/services/dependencies/refusal.ts';
import { anyErrorLines, screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { screenShopErrorLines, screenStoreAdvice, screenStoreWarning } from '../../src/views/errors/screen-advice.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant } from '../support/builders.ts';

const now = instant('2026-11-24T08:00:00.000Z');

/** Every refusal, and whether only a command helps against it. */
const refusals: Readonly<Record<RefusalKind, 'keys' | 'command'>> = {
  'read-only': 'command',
  'unknown-shop': 'keys',
  'unknown-product': 'keys',
  'shop-exists': 'keys',
  'address-taken': 'keys',
  'id-too-like': 'keys',
  'id-reserved': 'keys',
  'shop-paused': 'keys',
  'no-webhooks': 'command',
  'no-credentials': 'keys',
  'unknown-platform': 'keys',
  'sync-running-elsewhere': 'keys',
  'not-linked': 'keys',
  'unknown-listing': 'keys',
  'not-for-sale': 'keys',
  'already-linked': 'keys',
  'nothing-to-undo': 'keys',
  'cannot-undo': 'keys',
  'no-conflict': 'keys',
  'choice-does-not-fit': 'keys',
  'unknown-plan': 'keys',
  'plan-expired': 'keys',
  'plan-applied': 'keys',
  'bad-import': 'keys',
  'bad-value': 'keys',
  'no-warehouse': 'keys',
  'warehouse-exists': 'keys',
  'no-warehouse-key': 'keys',
  'stock-from-warehouse': 'keys',
  'no-warehouse-hooks': 'keys',
  'no-locations': 'keys',
  'one-shop-location': 'keys',
  'unknown-shop-location': 'keys',
  'location-told-twice': 'keys',
  'told-by-location': 'keys',
  'no-counting': 'keys',
  'not-in-warehouse': 'keys',
  'needs-number': 'keys',
  'needs-reason': 'keys',
};
const kinds = Object.keys(refusals) as RefusalKind[];

test.each(['en', 'da'] as const)('on the screen no refusal advises a command where a key does it (%s)', (language) => {
  const format = formatContext({ words: wordsOf(language), now, timeZone: 'UTC' });
  const commands = kinds.filter((kind) => /bindeled |--\w/.test(screenErrorLines(new Refusal(kind), format).advice));
  expect(commands.filter((kind) => refusals[kind] === 'keys')).toEqual([]);
});

test('the command line goes on to advise commands, and what happened is said alike', () => {
  const format = formatContext({ words: wordsOf('en'), now, timeZone: 'UTC' });
  const refusal = new Refusal('plan-expired');
  expect(anyErrorLines(refusal, format).advice).toContain('bindeled push');
  expect(screenErrorLines(refusal, format)).toMatchObject({
    said: anyErrorLines(refusal, format).said,
    advice: '6 makes a new one.',
  });
});

const shopKinds = Object.keys(wordsOf('en').domain.shopError) as ShopErrorKind[];
const storeKinds = Object.keys(wordsOf('en').domain.storeError) as StoreErrorKind[];

test.each(['en', 'da'] as const)('trouble with a shop is answered in keys on the screen (%s)', (language) => {
  const words = wordsOf(language);
  const detail = { shop: 'dk', doing: 'asking' };
  const advice = shopKinds.map((kind) => screenShopErrorLines({ kind, detail }, 'DK', words).advice);
  const grown = screenShopErrorLines(
    { kind: 'unintelligible', detail: { ...detail, rowLimit: 9 } },
    'DK',
    words,
  ).advice;
  expect([...advice, grown].filter((text) => /bindeled |--\w/.test(text))).toEqual([]);
  expect(grown).toMatch(/\bS\b/);
  const format = formatContext({ words, now, timeZone: 'UTC' });
  const error = new ShopError('another-shop', detail);
  expect(screenErrorLines(error, format).advice).toMatch(/\bS\b/);
  expect(anyErrorLines(error, format).advice).toContain('bindeled shops change');
});

test.each([
  'en',
  'da',
] as const)('of trouble with the store the screen names a command only after the key that leaves (%s)', (language) => {
  const words = wordsOf(language);
  const format = formatContext({ words, now, timeZone: 'UTC' });
  const said = storeKinds.map((kind) => screenErrorLines(new StoreError(kind, '/data', ''), format).advice);
  const warned = [
    screenStoreWarning({ kind: 'long-journal', bytes: 9e6, sensible: 1e6 }, words),
    screenStoreWarning({ kind: 'no-text-index', extension: 'missing' }, words),
    screenStoreWarning({ kind: 'no-text-index', extension: 'there' }, words),
    screenStoreWarning({ kind: 'no-text-index', extension: 'shut' }, words),
  ];
  const commands = [...said, ...warned].filter((text) => text.includes('bindeled '));
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((text) => !/\b(?:press|tryk)\b.* q\b.*bindeled /is.test(text))).toEqual([]);
  // What is said of a server stays: it has no folder.
  expect(screenStoreAdvice({ kind: 'missing', place: 'postgres://db/x' }, words)).toBeUndefined();
});
