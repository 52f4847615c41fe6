import { expect, test } from 'vitest';
import { Refusal, type RefusalKind } from '../../src/services/dependencies/refusal.ts';
import { anyErrorLines, screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
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
