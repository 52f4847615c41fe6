import { describe, expect, test } from 'vitest';
import type { InactiveRow } from '../../../src/domain/inactive/inactive-row.ts';
import {
  compareInactive,
  type InactiveFacts,
  judgeInactive,
  unsoldBefore,
} from '../../../src/domain/inactive/judge-inactive.ts';
import {
  kroner,
  makeIntegration,
  makeListing,
  makeProduct,
  makeSale,
  makeShop,
  makeShopState,
  makeTombstone,
  morning,
} from '../../support/builders.ts';
import { earlier } from './make-place-facts.ts';

const day = 24;
const read = makeShopState({ sales: { from: earlier(365 * day), to: morning } });
const listing = makeListing({ listedAt: earlier(400 * day) });
const draft = makeListing({ activity: 'draft' });
const lost = makeTombstone({ because: 'inactive-in-shop', at: earlier(3 * day) });
const unreadSince = makeShopState({ run: undefined, lastComplete: undefined });
const facts = (over: Partial<InactiveFacts>): InactiveFacts => {
  const given = {
    product: makeProduct(),
    shop: makeShop(),
    state: read,
    everListed: true,
    freshSince: earlier(24),
    ...over,
  };
  return { ...given, unsoldBefore: unsoldBefore(given.state, 180) };
};
const short = (row: InactiveRow | undefined): string =>
  row === undefined ? 'not on the list' : [row.rung, ...row.signals.map(({ kind }) => kind)].join(', ');
const linked = makeIntegration();

test('nothing is long unsold where sales were not read that far back, and no listing need be looked at for it', () => {
  const readFor = (days: number) =>
    unsoldBefore(makeShopState({ sales: { from: earlier(days * day), to: morning } }), 180);
  expect(readFor(179)).toBeUndefined();
  expect(readFor(180)).toBe(earlier(180 * day));
  expect(unsoldBefore(undefined, 180)).toBeUndefined();
});

describe('whether goods can be bought in a shop', () => {
  test.each<readonly [string, Partial<InactiveFacts>, string]>([
    ['a draft, said lately', { listing: draft, tombstone: lost }, 'confirmed, shop-says, link-missing'],
    ['a draft whose link still stands', { listing: draft, integration: linked }, 'confirmed, shop-says'],
    [
      'a draft, said long ago',
      {
        listing: makeListing({ activity: 'draft', seenAt: earlier(72) }),
        tombstone: lost,
        state: { ...unreadSince, sales: read.sales },
      },
      'likely, shop-says, link-missing',
    ],
    [
      'gone, asked by id',
      { listing: makeListing({ goneAt: morning }), tombstone: lost },
      'confirmed, shop-says, link-missing',
    ],
    ['the link was taken, nothing heard since', { tombstone: lost }, 'likely, link-missing'],
    [
      'the link was taken, and the shop sells it again',
      { tombstone: lost, listing },
      'unsure, link-missing, shop-says',
    ],
    ['a person took the link', { tombstone: makeTombstone(), listing }, 'unsure, link-missing, shop-says'],
    ['never in this shop', { everListed: false }, 'unsure, never-listed'],
    ['never in a shop that was never read', { everListed: false, state: undefined }, 'not on the list'],
    [
      'linked, and sold last month',
      { integration: linked, listing, sale: makeSale({ at: earlier(30 * day) }) },
      'not on the list',
    ],
    [
      'linked, and last sold long ago',
      { integration: linked, listing, sale: makeSale({ at: earlier(200 * day) }) },
      'probably-slow-seller, no-sale-since, shop-says',
    ],
    [
      'linked, and never sold in a year of sales',
      { integration: linked, listing },
      'probably-slow-seller, no-sale-since, shop-says',
    ],
    [
      'linked, unsold, and listed last month',
      { integration: linked, listing: makeListing({ listedAt: earlier(30 * day) }) },
      'not on the list',
    ],
    [
      'linked, unsold, and not heard of for days',
      {
        integration: linked,
        listing: makeListing({ ...listing, seenAt: earlier(72) }),
        state: { ...unreadSince, sales: read.sales },
      },
      'unsure, no-sale-since, shop-says',
    ],
    [
      'linked, and no sales were read: no sale is unknown',
      { integration: linked, listing, state: makeShopState() },
      'not on the list',
    ],
    [
      'linked, and only two months of sales were read',
      { integration: linked, listing, state: makeShopState({ sales: { from: earlier(60 * day), to: morning } }) },
      'not on the list',
    ],
    [
      'a draft where no sales were read says so',
      { listing: draft, state: makeShopState() },
      'confirmed, shop-says, link-missing, no-sales-reading',
    ],
    [
      'nothing on the shelf',
      { listing: draft, product: makeProduct({ stock: { onHand: 0, reserved: 0 } }) },
      'not on the list',
    ],
  ])('%s', (_, over, expected) => {
    expect(short(judgeInactive(facts(over)))).toBe(expected);
  });

  test('value at risk is on hand times cost, or times price where no cost is known', () => {
    const priced = judgeInactive(facts({ listing: draft }));
    expect([priced?.value, priced?.valuedAt]).toEqual([{ minor: 12 * 4995, currency: 'DKK' }, 'price']);
    const costed = judgeInactive(facts({ listing: draft, product: makeProduct({ cost: kroner(20) }) }));
    expect([costed?.value, costed?.valuedAt]).toEqual([{ minor: 24_000, currency: 'DKK' }, 'cost']);
  });

  test('the surest come first, then the dearest, then those without a value', () => {
    const [row] = [judgeInactive(facts({ listing: draft }))!];
    const rows: readonly InactiveRow[] = [
      { ...row, name: 'slow', rung: 'probably-slow-seller', value: kroner(900) },
      { ...row, name: 'unpriced', value: undefined },
      { ...row, name: 'cheap', value: kroner(1) },
      { ...row, name: 'dear', value: kroner(500) },
      { ...row, name: 'likely', rung: 'likely', value: kroner(800) },
    ];
    expect(rows.toSorted(compareInactive).map(({ name }) => name)).toEqual([
      'dear',
      'cheap',
      'unpriced',
      'likely',
      'slow',
    ]);
  });
});
