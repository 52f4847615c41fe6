import { expect, test } from 'vitest';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { nothingLine } from '../../src/views/overview/first-page.ts';
import { howItIs, type ShopRow } from '../../src/views/overview/shop-facts.ts';
import { lastSync } from '../../src/views/overview/shop-rows.ts';
import { shopLine } from '../../src/views/shops/shop-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant, makeShop } from '../support/builders.ts';

const format = formatContext(
  { words: wordsOf('en'), now: instant('2026-11-24T08:00:00.000Z'), timeZone: 'UTC' },
  { shops: [], products: [] },
);
const well = { unlinked: 0, conflicts: 0, seen: 9 };
type Told = { readonly health?: ShopOverview['health']; readonly interrupted?: boolean; readonly run?: object };
const overviewOf = ({ health = 'good', interrupted = false, run }: Told): ShopOverview =>
  ({
    shop: makeShop(),
    health,
    interrupted,
    state: { run: { kind: 'full', status: 'finished', outcome: 'changed', counts: well, ...run } },
  }) as unknown as ShopOverview;
const rowOf = (told: Told, over: Partial<ShopRow> = {}): ShopRow => ({
  overview: overviewOf(told),
  counted: true,
  linked: 9,
  expected: 9,
  differing: 0,
  lost: [],
  unsellable: [],
  ...over,
});

test('green is for a shop that was looked at, and whose links and figures are as they should be', () => {
  expect(howItIs(rowOf({}), format)).toEqual({ sign: '✓', tone: 'good' });
});

test.each<[string, ShopRow]>([
  ['it just lost links, and none of them is expected any more', rowOf({ run: { counts: { ...well, unlinked: 25 } } })],
  ['its sync was interrupted and nobody goes on with it', rowOf({ interrupted: true, run: { status: 'running' } })],
  ['its sync was stopped by a person', rowOf({ run: { status: 'interrupted', outcome: undefined } })],
  ['it was read in part', rowOf({ run: { outcome: 'partial' } })],
  ['links are missing', rowOf({}, { linked: 8 })],
  ['stock differs', rowOf({}, { differing: 1 })],
  ['it was not looked at for long', rowOf({ health: 'stale' })],
  ['it was never read', rowOf({ health: 'never-read' })],
])('a shop is amber where %s', (_, row) => {
  expect(howItIs(row, format).tone).toBe('waiting');
  expect(howItIs(row, format).sign).not.toBe('✓');
});

test.each<[string, ShopRow, string]>([
  ['it does not answer', rowOf({ health: 'trouble' }), 'wrong'],
  ['it has no key', rowOf({ health: 'no-credentials' }), 'wrong'],
  ['it is paused', rowOf({ health: 'paused' }), 'quiet'],
  ['it was not counted yet', rowOf({}, { counted: false }), 'quiet'],
])('a shop is never green where %s', (_, row, tone) => {
  expect(howItIs(row, format)).toMatchObject({ tone });
  expect(howItIs(row, format).sign).not.toBe('✓');
});

test('the list of shops says of a shop that was read in part how its sync ended', () => {
  expect(shopLine(overviewOf({ run: { outcome: 'partial' } }), format).health).toBe('partial');
  expect(shopLine(overviewOf({ interrupted: true, run: { status: 'running' } }), format).health).toBe('interrupted');
  expect(shopLine(overviewOf({}), format).health).toBe('answers');
});

test('that all shops show what they should is said of shops that were read', () => {
  const words = wordsOf('en');
  expect(nothingLine([overviewOf({})], words)).toBe('Nothing. All shops show what they should.');
  expect(nothingLine([overviewOf({}), overviewOf({ health: 'never-read' })], words)).toBe(
    'Nothing known of DK: never read to the end. Sync first.',
  );
});

test.each([
  [{}, 'full 2 min'],
  [{ status: 'interrupted', outcome: undefined }, 'broken off 2 min'],
  [{ status: 'interrupted', outcome: 'unreachable' }, 'failed 2 min'],
  [{ outcome: 'partial' }, 'partial 2 min'],
  [{ outcome: 'stopped-by-guard' }, 'stopped to ask 2 min'],
] as const)('a sync that did not come to its end is called no full one: %o', (run, said) => {
  const endedAt = instant('2026-11-24T07:58:00.000Z');
  expect(lastSync(overviewOf({ run: { endedAt, ...run } }), format)).toBe(said);
});
