import { expect, test } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import type { StoreErrorKind } from '../../src/ports/store-error.ts';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { headerBadges } from '../../src/views/layout/header-badges.ts';
import { widthOf } from '../../src/views/text/cell-text.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant, makeShop, makeShopState } from '../support/builders.ts';

const said = formatContext({ words: wordsOf('en'), now: instant('2026-11-24T08:00:00.000Z'), timeZone: 'UTC' });
const shop = (id: string, health: ShopOverview['health'] = 'good', interrupted = false): ShopOverview => ({
  shop: makeShop({ id: toShopId(id), name: id }),
  state: makeShopState({
    shopId: toShopId(id),
    run: undefined,
    lastComplete: undefined,
  }),
  platformName: 'WooCommerce',
  counts: { listings: 0, integrations: 0, conflicts: 0 },
  can: { blindSpots: [] } as unknown as ShopOverview['can'],
  hasCredentials: true,
  credentialNames: [],
  interrupted,
  health,
});
const badges = (shops: readonly ShopOverview[], availableWidth: number, readOnly = false) =>
  headerBadges({ shops, readOnly }, { format: said, availableWidth }).map((badge) => badge.text);

test('every shop has its sign and its id, and an interrupted reading is old news', () => {
  expect(badges([shop('dk'), shop('no', 'trouble'), shop('se', 'good', true)], 60)).toEqual(['·DK', '!NO', '◐SE']);
});

test('what is most pressing stays when room is short: read-only, then the ill shops', () => {
  const shops = ['dk', 'no', 'se', 'de', 'eu'].map((id) => shop(id, id === 'de' ? 'trouble' : 'good'));
  expect(badges(shops, 26, true)).toEqual(['READ-ONLY', '!DE', '· 4 shops']);
  expect(badges(shops, 16)).toEqual(['!DE', '· 4 shops']);
});

test.each([
  [80],
  [40],
  [24],
  [16],
])('forty shops never need more than %i cells and name the troubles', (availableWidth) => {
  const shops = Array.from({ length: 40 }, (_, at) => shop(`s${at}`, at === 7 ? 'no-credentials' : 'good'));
  const texts = badges(shops, availableWidth);
  expect(texts.join(' ').length).toBeLessThanOrEqual(availableWidth);
  expect(widthOf(texts.join(' '))).toBeLessThanOrEqual(availableWidth);
  expect(texts).toContain('!S7');
});

test('a shop that has just lost links is not as it should be', () => {
  const well = shop('se');
  const run = { counts: { unlinked: 25 }, outcome: 'changed' };
  expect(badges([{ ...well, state: { run } as unknown as ShopOverview['state'] }], 60)).toEqual(['◐SE']);
});

test('a sync in which every shop failed makes nothing fresh', () => {
  const at = said.now;
  const run = { counts: {}, outcome: 'unreachable', endedAt: at };
  const failed = { ...shop('se', 'trouble'), state: { run } as unknown as ShopOverview['state'] };
  expect(badges([failed], 60)).toEqual(['!SE']);
});

test('that the store cannot be read, and every figure is old, stands before all else', () => {
  const facts = { shops: [shop('dk')], readOnly: true };
  const texts = (kind: StoreErrorKind, place = '/srv/store') =>
    headerBadges({ ...facts, storeTrouble: { kind, place } }, { format: said, availableWidth: 70 }).map(
      ({ text }) => text,
    );
  expect(texts('missing')).toEqual(['✗ The data files are gone. Figures are old.', 'READ-ONLY', '·DK']);
  expect(texts('damaged')[0]).toBe('✗ The data files cannot be read. Figures are old.');
  for (const kind of ['disk-full', 'read-only'] as const)
    expect(texts(kind)[0]).toBe('✗ The disk takes no changes. Nothing can be saved.');
  expect(texts('missing', 'postgres://db')[0]).toBe('✗ The database cannot be read. Figures are old.');
  expect(texts('untrusted', 'postgres://db')[0]).toBe('✗ The database’s certificate is refused. Figures are old.');
  expect(texts('unreachable', 'postgres://db')[0]).toBe('✗ The database does not answer. Figures are old.');
});

test('green is for links and figures that are right: a shop that only answers is drawn without it', () => {
  const shown = headerBadges(
    { shops: [shop('dk'), shop('no', 'trouble')], readOnly: false },
    { format: said, availableWidth: 60 },
  );
  expect(shown.map(({ tone }) => tone)).toEqual(['quiet', 'wrong']);
  const many = Array.from({ length: 40 }, (_, at) => shop(`s${at}`));
  expect(
    headerBadges({ shops: many, readOnly: false }, { format: said, availableWidth: 30 }).map(({ tone }) => tone),
  ).not.toContain('good');
});
