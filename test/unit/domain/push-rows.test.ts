import { describe, expect, test } from 'vitest';
import { planRow, sameBase } from '../../../src/domain/push/plan-row.ts';
import type { PushCandidate } from '../../../src/domain/push/push-candidate.ts';
import { countGuards, holdingGuard } from '../../../src/domain/push/push-guards.ts';
import type { PushRow } from '../../../src/domain/push-plan.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, morning } from '../../support/builders.ts';

const stock = (onHand: number, reserved = 0) => makeProduct({ stock: { onHand, reserved } });
const told = (quantity: number) => makeIntegration({ pushed: { quantity, at: morning } });
const shows = (quantity: number | undefined, over = {}) => makeListing({ stock: { tracked: true, quantity }, ...over });
const row = (over: Partial<PushCandidate>): PushRow =>
  planRow({
    product: stock(12, 2),
    shop: makeShop(),
    integration: told(4),
    listing: shows(4),
    canNegative: true,
    jumpFactor: 5,
    ...over,
  });
const short = (one: PushRow): string =>
  one.kind === 'skip' ? one.why : [`${one.lastSent ?? '-'} to ${one.willBe}`, ...one.guards].join(', ');

describe('what a shop should be told', () => {
  test.each<readonly [string, Partial<PushCandidate>, string]>([
    ['what is available', {}, '4 to 10'],
    ['what it has already', { product: stock(4) }, 'unchanged'],
    ['what it had, and no longer shows', { product: stock(4), listing: shows(3) }, '4 to 4, changed-in-shop'],
    ['nothing without a link', { integration: undefined }, 'no-integration'],
    ['nothing while paused', { shop: makeShop({ paused: true }) }, 'shop-paused'],
    ['nothing to what is inactive', { listing: shows(4, { activity: 'draft' }) }, 'inactive-in-shop'],
    ['nothing to what is gone', { listing: shows(4, { goneAt: morning }) }, 'not-found-in-shop'],
    ['nothing to a gift card', { listing: shows(4, { sellable: 'not-stocked' }) }, 'not-a-unit'],
    [
      'nothing to what it does not count',
      { listing: makeListing({ stock: { tracked: false } }) },
      'not-tracked-in-shop',
    ],
    [
      'nothing to a variant whose parent counts',
      { listing: makeListing({ stock: { tracked: true, quantity: 1, heldByParent: true } }) },
      'stock-held-by-parent',
    ],
    [
      'the first figure over a link, which overwrites what the shop has',
      { integration: makeIntegration(), listing: shows(9) },
      '- to 10, first-push',
    ],
    [
      'the first figure over a link, where the shop shows the same already',
      { integration: makeIntegration(), listing: shows(10) },
      '- to 10',
    ],
    [
      'the first figure over a link, where nobody knows what the shop has',
      { integration: makeIntegration(), listing: undefined },
      '- to 10, first-push',
    ],
    ['nought', { product: stock(0) }, '4 to 0, zero'],
    [
      'nought, to a shop that hides',
      { product: stock(0), listing: shows(4, { hidesAtZero: true }) },
      '4 to 0, zero, zero-hides',
    ],
    ['nought, where it shows nought', { product: stock(0), listing: shows(0) }, 'unchanged'],
    [
      'the first figure is nought, as the shop shows',
      { product: stock(0), integration: makeIntegration(), listing: shows(0) },
      '- to 0',
    ],
    ['five times as much', { product: stock(20) }, '4 to 20, jump'],
    ['nearly five times as much', { product: stock(19) }, '4 to 19'],
    ['the first goods after nought', { product: stock(90), integration: told(0), listing: shows(0) }, '0 to 90'],
    ['less than nothing', { product: stock(1, 3) }, '4 to -2, negative'],
    ['less than nothing, held', { product: stock(1, 3), shop: makeShop({ negative: 'hold-at-zero' }) }, '4 to 0, zero'],
    ['less than nothing, where the software takes none', { product: stock(1, 3), canNegative: false }, '4 to 0, zero'],
  ])('%s', (_, over, expected) => {
    expect(short(row(over))).toBe(expected);
  });

  test('the whole sum stands in the row, and what was held', () => {
    expect(row({ product: stock(1, 3), shop: makeShop({ negative: 'hold-at-zero' }) })).toEqual({
      productId: 'p1',
      shopId: 'dk',
      ref: makeIntegration().ref,
      name: 'Æblegrød på glas',
      sku: 'A-100',
      onHand: 1,
      reserved: 3,
      available: -2,
      lastSent: 4,
      shopHad: 4,
      shopHadAt: morning,
      willBe: 0,
      held: -2,
      guards: ['zero'],
      kind: 'send',
    });
  });
});

describe('guards', () => {
  const rows = [
    row({}),
    row({ product: stock(0) }),
    row({ product: stock(0), listing: shows(9, { hidesAtZero: true }) }),
  ];

  test('a row that hides at nought is one nought, not two', () => {
    expect(countGuards(rows)).toEqual({ zeroes: 2, jumps: 0, firsts: 0, negatives: 0, changed: 1 });
  });

  test('all of a row’s questions must be answered', () => {
    const both = row({ product: stock(90), integration: makeIntegration() });
    expect(both.guards).toEqual(['jump', 'first-push']);
    expect(holdingGuard(both, new Set(['jumps']))).toBe('first-push');
    expect(holdingGuard(both, new Set(['jumps', 'firsts']))).toBeUndefined();
  });
});

describe('the base of a previewed row', () => {
  test.each<readonly [string, Partial<PushCandidate>, boolean]>([
    ['nothing changed', {}, true],
    ['other goods on hand', { product: stock(13, 2) }, false],
    ['the same figure by another sum', { product: stock(13, 3) }, false],
    ['another push was confirmed', { integration: told(5) }, false],
    ['the shop shows another figure', { listing: shows(3) }, false],
    ['the link is gone', { integration: undefined }, false],
  ])('%s', (_, over, same) => {
    expect(sameBase(row({}), row(over))).toBe(same);
  });
});
