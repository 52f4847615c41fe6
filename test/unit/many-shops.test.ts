import { expect, test } from 'vitest';
import { instantOf, millisecondsOf, toProductId, toShopId } from '../../src/domain/ids.ts';
import type { Attention } from '../../src/services/overview/overview-service.ts';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { attentionRows } from '../../src/views/overview/attention-rows.ts';
import { firstPage, firstPageLayout } from '../../src/views/overview/first-page.ts';
import type { FirstPageRow } from '../../src/views/overview/first-page-row.ts';
import { shopDetail } from '../../src/views/shops/shop-detail.ts';
import { changesKnown } from '../../src/views/shops/shop-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { makeShop, makeShopState, morning } from '../support/builders.ts';

const format = formatContext({ words: wordsOf('en'), now: morning, timeZone: 'UTC' });
const overview = (name: string, health: ShopOverview['health']): ShopOverview => ({
  shop: makeShop({ id: toShopId(name) }),
  state: {
    ...makeShopState({ shopId: toShopId(name) }),
    ...(health === 'trouble' ? { lastTrouble: { at: morning, kind: 'unauthorized', said: 'nope' } } : {}),
  },
  platformName: 'WooCommerce',
  counts: { listings: 1, integrations: 1, conflicts: 0 },
  hasCredentials: true,
  credentialNames: [],
  interrupted: false,
  health,
});
const attention: Attention = {
  patterns: [],
  report: {
    rows: [],
    total: 0,
    value: [],
    byRung: { confirmed: 0, likely: 0, unsure: 0, 'probably-slow-seller': 0 },
    ticked: 0,
    anyGoods: true,
    withoutSales: [],
  },
  notes: [],
  counts: new Map(),
  differences: { count: 0, old: 0, byShop: new Map(), productIds: [], stuck: { byWhy: new Map(), productIds: [] } },
  held: { byGuard: new Map(), productIds: [] },
};
const page = (shops: readonly ShopOverview[], columns: number, rows: number) =>
  firstPage(
    { conflicts: 2, events: [], shops, attention, servers: [], isNamed: true },
    format,
    firstPageLayout(columns, rows),
  );
const textOf = (row: FirstPageRow | undefined): string => row?.pieces.map(({ text }) => text).join('') ?? '';
const forty = Array.from({ length: 40 }, (_, at) => overview(`s${at}`, at % 10 === 9 ? 'trouble' : 'good'));

test.each([
  [80, 18],
  [120, 34],
  [200, 54],
  [80, 8],
])('forty shops at %i by %i: no more rows than fit, the troubled first, and how many more there are', (columns, rows) => {
  const { attention: needs = [], shops } = page(forty, columns, rows);
  const titles = columns < 150 ? 5 : 3;
  const beside = columns < 150 ? needs.length : 0;
  expect(shops.length + beside + titles).toBeLessThanOrEqual(rows);
  const cut = shops.length < 40;
  expect(cut).toBe(columns < 150);
  if (!cut) return;
  expect(textOf(shops.at(-1))).toBe(`and ${40 - (shops.length - 1)} more`);
  expect(shops.at(-1)?.route).toEqual({ screen: 'shops' });
  expect(textOf(shops[0])).toMatch(/^! S9 /);
});

test('shops with one and the same trouble are one line once they are many, and leave room for what else needs a person', () => {
  const needs = page(forty, 80, 18).attention ?? [];
  expect(needs.map(textOf)).toEqual(['▲ 4 shops: key refused (S9, S19, S29, S39)', '▲ 2 conflicts']);
  const few = forty.slice(0, 30);
  expect((page(few, 80, 18).attention ?? []).map((row) => row.id)).toEqual([
    'trouble s9',
    'trouble s19',
    'trouble s29',
    'conflicts',
  ]);
});

test.each([
  ['en', '◐ 3 figures that a shop does not take: '],
  ['da', '◐ 3 lagertal, som en shop ikke tager imod: '],
] as const)('figures that do not get through are a line of their own that opens their products, in %s', (language, said) => {
  const words = wordsOf(language);
  const stuck = {
    byWhy: new Map([
      ['not-a-unit', 1],
      ['location-missing', 2],
    ] as const),
    productIds: [toProductId('p')],
  };
  const facts = { ...attention, differences: { ...attention.differences, stuck } };
  const told = attentionRows(
    { conflicts: 0, shops: [], attention: facts },
    { ...format, words },
    { width: 200, rows: 9 },
  );
  const { refusal } = words.domain;
  expect(told.map(textOf)).toEqual([`${said}${refusal['location-missing']} (2), ${refusal['not-a-unit']} (1)`]);
  expect(told[0]?.route).toEqual({ screen: 'products', asked: ['p'], about: 'stuck' });
  const [narrow] = attentionRows(
    { conflicts: 0, shops: [], attention: facts },
    { ...format, words },
    { width: 50, rows: 9 },
  );
  expect(textOf(narrow)).toBe(said.slice(0, -2));
});

test('a shop in trouble says on its card what it is, in our words and its own, and what to do, none of it cut', () => {
  const lines = shopDetail(overview('dk', 'trouble'), format, 34).map((line) =>
    typeof line === 'string' ? line : line.map(({ text }) => text).join(''),
  );
  const said = lines.slice(0, lines.indexOf(''));
  expect(said.join(' ').replace(/\s+/g, ' ')).toBe(
    '! key refused Nordlys DK ✗ Nordlys DK answered, but refused the key. "nope" (just now) → The key may be wrong, old or withdrawn. Make a new one in the shop and try again. No link was removed.',
  );
  for (const line of said) expect(line.length).toBeLessThanOrEqual(34);
});

test.each([
  [5 * 3_600_000, 'en', 'the clock there is 5 h ahead, so everything is read each time'],
  [-5 * 3_600_000, 'da', 'uret der går 5 t bagud, så alt læses hver gang'],
  [0, 'en', 'the next sync reads everything'],
  [0, 'da', 'næste synkronisering læser alt'],
] as const)('of a shop that was read whole, its clock %i ms ahead, is said in %s why no changes are known', (clockAheadMs, language, said) => {
  const words = wordsOf(language);
  const { watermark: _, ...read } = { ...makeShopState({ shopId: toShopId('dk') }), clockAheadMs };
  const { lastComplete: __, ...unread } = read;
  const known = (state: ShopOverview['state']) => changesKnown({ state }, words, () => 'then');
  expect([known(read), known(unread), known(undefined)]).toEqual([said, undefined, undefined]);
  expect(known({ ...read, watermark: morning })).toBe('then');
  const card = shopDetail({ ...overview('dk', 'good'), state: read }, { ...format, words }, 200);
  expect(card.flatMap((line) => (typeof line === 'string' ? line : line.map(({ text }) => text))).join('\n')).toContain(
    said,
  );
});

test('when a shop was read last is never cut while a name stands beside it', () => {
  const aged = formatContext({
    words: wordsOf('en'),
    now: instantOf(millisecondsOf(morning) + 83 * 60_000),
    timeZone: 'UTC',
  });
  const shops = [overview('dk', 'good')].map((one) => ({
    ...one,
    shop: { ...one.shop, name: 'A firm of a very long name' },
  }));
  for (let columns = 80; columns < 200; columns += 1) {
    const facts = { conflicts: 0, events: [], shops, attention, servers: [], isNamed: true };
    const [row] = firstPage(facts, aged, firstPageLayout(columns, 30)).shops;
    expect(textOf(row), `${columns} columns`).toMatch(/full 83 min(?! *…)/);
  }
});
