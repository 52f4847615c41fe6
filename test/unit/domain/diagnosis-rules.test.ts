import { describe, expect, test } from 'vitest';
import { effectsOf, rankContenders } from '../../../src/domain/conflicts/contenders.ts';
import { contentDifferences, type LiveCheck, locateMismatch } from '../../../src/domain/diagnosis/compare-stock.ts';
import { nearSpellings } from '../../../src/domain/diagnosis/near-spelling.ts';
import { parseGtin, toProductId, toShopId, toSku } from '../../../src/domain/ids.ts';
import type { Integration } from '../../../src/domain/integration.ts';
import { expectedShops } from '../../../src/domain/integrations/expected-shops.ts';
import { figureCause } from '../../../src/domain/integrations/figure-cause.ts';
import { integrationState } from '../../../src/domain/integrations/integration-state.ts';
import { differencesBetween } from '../../../src/domain/lookup/shop-differences.ts';
import { type RefusedPush, refusalPatterns, removalPatterns } from '../../../src/domain/patterns/find-patterns.ts';
import {
  kroner,
  makeContent,
  makeIntegration,
  makeListing,
  makeMark,
  makeProduct,
  makeShop,
  makeTombstone,
  mette,
  morning,
  refTo,
} from '../../support/builders.ts';
import { minutesAfter } from '../../support/catalogue-connector.ts';

const [dk, no, other] = ['dk', 'no', 'other'].map(toShopId) as [
  ReturnType<typeof toShopId>,
  ReturnType<typeof toShopId>,
  ReturnType<typeof toShopId>,
];

describe('where a product is expected', () => {
  const owner = { name: 'Nordlys', skuPostfix: '-N' };
  const shops = [makeShop({ id: dk }), makeShop({ id: no }), makeShop({ id: other, owner })];
  const expected = (knownIn: readonly (typeof dk)[], marks = [makeMark()]) =>
    expectedShops(makeProduct(), shops, { knownIn, marks });

  test.each<readonly [string, readonly (typeof dk)[], readonly (typeof dk)[]]>([
    ['known in one shop: in all of that owner', [dk], [dk, no]],
    ['known in the other owner’s shop only', [other], [other]],
    ['known nowhere (S8)', [], []],
  ])('%s', (_, knownIn, wanted) => {
    expect(expected(knownIn)).toEqual(wanted);
  });

  test('a mark takes one shop out, or all', () => {
    const kind = 'not-for-this-shop';
    expect(expected([dk], [makeMark({ kind, shopId: no })])).toEqual([dk]);
    expect(expected([dk], [makeMark({ kind })])).toEqual([]);
  });
});

describe('near spellings', () => {
  const product = makeProduct({ sku: toSku('A-100'), gtin: parseGtin('5701234567899') });
  const shop = makeShop();
  const spelled = (over: Partial<ReturnType<typeof makeListing>>) =>
    nearSpellings(product, shop, [makeListing({ gtin: undefined, ...over })]).map(({ theirs }) => theirs);

  test.each<readonly [string, string, readonly string[]]>([
    ['exact is not near', 'A-100', []],
    ['case', 'a-100', ['a-100']],
    ['a blank for a hyphen', 'A 100', ['A 100']],
    ['full-width letters', 'Ａ-100', ['Ａ-100']],
    ['another number', 'A-101', []],
  ])('%s', (_, sku, expected) => {
    expect(spelled({ sku: toSku(sku) })).toEqual(expected);
  });

  test('an EAN that is written so that it is none', () => {
    expect(spelled({ sku: undefined, barcode: '57012-34567899 .' })).toEqual(['57012-34567899 .']);
  });

  test('the owner’s postfix, written in the shop as well', () => {
    const owned = makeShop({ owner: { name: 'Nordlys', skuPostfix: '-N' } });
    const ours = makeProduct({ sku: toSku('A-100-N') });
    const near = nearSpellings(ours, owned, [
      makeListing({ sku: toSku('A-100-N') }),
      makeListing({ sku: toSku('A-100') }),
    ]);
    expect(near.map(({ ours: right, theirs }) => [right, theirs])).toEqual([['A-100', 'A-100-N']]);
  });
});

describe('where a figure broke', () => {
  const sent = (quantity: number) => makeIntegration({ pushed: { quantity, at: morning } });
  const seen = (quantity: number, over = {}): LiveCheck => ({
    kind: 'seen',
    listing: makeListing({ stock: { tracked: true, quantity }, ...over }),
  });

  test.each<readonly [string, Integration | undefined, LiveCheck | undefined]>([
    ['nowhere', sent(10), seen(10)],
    ['no-link', undefined, seen(10)],
    ['never-sent', makeIntegration(), seen(3)],
    ['refused', makeIntegration({ refused: [{ why: 'refused-by-shop', at: morning }] }), seen(3)],
    ['refused', { ...sent(9), refused: [{ why: 'refused-by-shop', at: morning }] }, seen(9)],
    ['changed-in-shop', { ...sent(10), refused: [{ why: 'refused-by-shop', at: morning }] }, seen(6)],
    ['not-sent-since-change', sent(9), seen(9)],
    ['changed-in-shop', sent(10), seen(6)],
    ['changed-on-both-sides', sent(9), seen(6)],
    ['inactive-in-shop', sent(10), seen(10, { activity: 'draft' })],
    ['not-tracked-in-shop', sent(10), seen(10, { stock: { tracked: false } })],
    ['gone-from-shop', sent(10), { kind: 'gone' }],
    ['shop-unreachable', sent(10), { kind: 'unreachable' }],
  ])('%s', (brokeAt, integration, look) => {
    expect(locateMismatch({ wanted: 10 }, integration, look)).toBe(brokeAt);
  });

  test.each([
    ['changed-here', 9, 9],
    ['changed-there', 10, 6],
    ['changed-on-both-sides', 9, 6],
  ] as const)('a linked shop shows another figure: %s', (cause, pushed, shopHas) => {
    const place = { integration: sent(pushed), product: makeProduct() };
    expect(figureCause(place, { wanted: 10, shopHas })).toBe(cause);
    const one = { id: '1', name: 'Aarhus', wanted: 10, shopHas };
    const told = { quantity: pushed, at: morning, locations: [{ id: '1', quantity: pushed, at: morning }] };
    const there = { integration: makeIntegration({ pushed: told }), product: makeProduct() };
    expect(figureCause(there, { wanted: 10, shopHas, atLocations: [one] })).toBe(cause);
  });

  test('prices in two currencies are not a difference, other words are', () => {
    const ours = makeContent();
    expect(contentDifferences(ours, { ...ours, price: { minor: 700, currency: 'EUR' } })).toEqual([]);
    expect(contentDifferences(ours, { ...ours, price: kroner(50), name: 'Grød' }).map(({ field }) => field)).toEqual([
      'name',
      'price',
    ]);
  });
});

test('what shops say differently is listed by shop, prices within one currency', () => {
  const at = (shop: string, over: Partial<ReturnType<typeof makeContent>>) =>
    makeListing({ ref: refTo(shop, '1'), content: makeContent(over) });
  const found = differencesBetween([
    at('dk', {}),
    at('no', { price: kroner(59) }),
    at('de', { price: { minor: 700, currency: 'EUR' } }),
  ]);
  expect(found).toEqual([
    {
      field: 'price',
      values: [
        { shopId: 'dk', said: '49.95 DKK' },
        { shopId: 'no', said: '59.00 DKK' },
      ],
    },
  ]);
});

describe('a line of a shop’s list', () => {
  const shop = makeShop();
  const product = makeProduct({ stock: { onHand: 10, reserved: 0 } });
  const counts = (quantity: number, tracked = true) => makeListing({ stock: { tracked, quantity } });

  test.each<readonly [string, Parameters<typeof integrationState>[0], object]>([
    [
      'linked, the same figure',
      { shop, product, integration: makeIntegration(), listing: counts(10) },
      { state: 'linked', wanted: 10, shopHas: 10, stockDiffers: false },
    ],
    [
      'linked, another figure',
      { shop, product, integration: makeIntegration(), listing: counts(7) },
      { state: 'linked', wanted: 10, shopHas: 7, stockDiffers: true },
    ],
    [
      'linked, not counted there',
      { shop, product, integration: makeIntegration(), listing: counts(7, false) },
      { state: 'linked', wanted: 10, stockDiffers: false },
    ],
    ['missing', { shop, product }, { state: 'missing', stockDiffers: false }],
  ])('%s', (_, place, expected) => {
    expect(integrationState(place)).toEqual(expected);
  });
});

describe('patterns', () => {
  const gone = (minute: number, over: Partial<ReturnType<typeof makeTombstone>> = {}) =>
    makeTombstone({
      at: minutesAfter(morning, minute),
      integration: makeIntegration({ productId: toProductId(`p${minute}`) }),
      ...over,
    });

  test('three links within minutes, in one shop, by one hand, for one reason', () => {
    const [pattern, ...rest] = removalPatterns([gone(8), gone(0), gone(4), gone(300)]);
    expect(rest).toEqual([]);
    expect(pattern).toMatchObject({
      count: 3,
      from: morning,
      to: minutesAfter(morning, 8),
      by: mette,
      repair: 'undo-removals',
    });
    expect(pattern?.productIds).toEqual(['p0', 'p4', 'p8']);
  });

  test.each([
    ['two are a coincidence', [gone(0), gone(1)]],
    ['two hands', [gone(0), gone(1), gone(2, { by: { kind: 'person', name: 'jens' } })]],
    ['two reasons', [gone(0), gone(1), gone(2, { because: 'moved' })]],
    ['far apart', [gone(0), gone(60), gone(120)]],
  ])('%s', (_, tombstones) => {
    expect(removalPatterns(tombstones)).toEqual([]);
  });

  test('refusals count products, not attempts', () => {
    const refused = (product: string): RefusedPush => ({
      type: 'push-refused',
      at: morning,
      by: mette,
      productId: toProductId(product),
      shopId: dk,
      why: 'location-missing',
    });
    expect(refusalPatterns(['p1', 'p1', 'p1', 'p2'].map(refused))).toEqual([]);
    expect(refusalPatterns(['p1', 'p2', 'p3', 'p3'].map(refused))).toMatchObject([
      { count: 3, repair: 'open-shop-health' },
    ]);
  });
});

describe('contenders', () => {
  test('the one that the shop listed earlier was first, whoever holds the link', () => {
    const rankedForLink = rankContenders([
      { role: 'holder', listing: makeListing({ listedAt: morning }) },
      { role: 'claimant', listing: makeListing({ listedAt: minutesAfter(morning, -5) }) },
    ]);
    expect(rankedForLink.map(({ first }) => first)).toEqual([false, true]);
  });

  test('what each choice would do is known before it is made', () => {
    const [holder, claimant] = [toProductId('p1'), toProductId('p2')];
    const taken = { kind: 'shop-id-taken', ref: refTo('dk', '1'), since: morning, holder, claimant } as const;
    expect(effectsOf(taken)).toEqual([
      { choice: 'keep' },
      { choice: 'move-the-link', removes: holder, links: claimant },
      { choice: 'not-the-same' },
    ]);
    const changed = { kind: 'sku-changed', ref: refTo('dk', '1'), since: morning, holder, sku: toSku('B-1') } as const;
    expect(effectsOf(changed)[1]).toEqual({ choice: 'accept-rename', renames: { productId: holder, to: 'B-1' } });
  });
});
