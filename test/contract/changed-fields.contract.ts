import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Changes, noChanges, placeKey } from '../../src/domain/changes.ts';
import { parseGtin, type ShopId, toProductId, toRunId, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Integration } from '../../src/domain/integration.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Product } from '../../src/domain/product.ts';
import type { Store } from '../../src/ports/store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import {
  instant,
  makeContent,
  makeIntegration,
  makeListing,
  makeLocationStock,
  makeProduct,
  makeShop,
  morning,
  refTo,
} from '../support/builders.ts';
import { asked } from './random-changes.ts';
import type { StoreUnderTest } from './store.contract.ts';

const dk = toShopId('dk');
const no = toShopId('no');
/** Told at two locations of its own. */
const se = toShopId('se');
const [p1, p2] = [toProductId('p1'), toProductId('p2')] as const;
const gtin = parseGtin('5701234567899')!;
const later = instant('2026-11-25T08:00:00.000Z');
const halves = (one: number, other: number) => ({
  tracked: true,
  quantity: one + other,
  locations: ['L1', 'L2'].map((id, at) => ({ id, quantity: at === 0 ? one : other })),
});
/** As many as there are in the warehouse. */
const counted = halves(2, 3);
const sentTo = (...ids: readonly string[]): Partial<Integration> => ({
  pushed: { quantity: 5, at: later, locations: ids.map((id) => ({ id, quantity: id === 'L1' ? 2 : 3, at: later })) },
});
const beside = (over: Partial<Listing>) => [
  makeListing({
    ref: refTo('dk', '1'),
    sku: undefined,
    gtin: undefined,
    content: makeContent({ name: 'Hue' }),
    ...over,
  }),
];

type Step<Row> = readonly [what: string, before: Partial<Row>, after: Partial<Row>];

/** One field each, with the others so that it alone decides. */
const listingSteps: readonly Step<Listing>[] = [
  ['its item number, spelled otherwise', { sku: toSku('S-7') }, { sku: toSku('S7') }],
  ['its item number', { sku: toSku('S-7') }, { sku: toSku('S-8') }],
  ['its item number, to a product’s', { sku: undefined }, { sku: toSku('S-2') }],
  ['its EAN', {}, { gtin }],
  ['its barcode', {}, { barcode: 'BAR 99' }],
  ['its name', {}, { content: makeContent({ name: 'Telt' }) }],
  ['what lies beside it', {}, { beside: beside({}) }],
  ['that what lay beside it is gone', { beside: beside({}) }, { beside: beside({ goneAt: morning }) }],
  ['the item number beside it', { beside: beside({}) }, { beside: beside({ sku: toSku('S-9') }) }],
  ['no item number beside it', { beside: beside({ sku: toSku('S-9') }) }, { beside: beside({}) }],
  ['the EAN beside it', { beside: beside({ gtin }) }, { beside: beside({}) }],
  ['active', { activity: 'draft' }, { activity: 'active' }],
  ['draft', {}, { activity: 'draft' }],
  ['draft, then archived', { activity: 'draft' }, { activity: 'archived' }],
  ['gone', { activity: 'draft' }, { activity: 'draft', goneAt: morning }],
  ['a parent', {}, { sellable: 'parent' }],
  ['a parent among drafts', { activity: 'draft' }, { activity: 'draft', sellable: 'parent' }],
  [
    'a parent that is gone',
    { goneAt: morning, seenIn: toRunId('r') },
    { goneAt: morning, seenIn: toRunId('r'), sellable: 'parent' },
  ],
  ['not stocked', {}, { sellable: 'not-stocked' }],
  [
    'a draft that is not stocked any more, with another figure',
    { activity: 'draft', stock: { ...counted, quantity: 7 } },
    { activity: 'draft', stock: { ...counted, quantity: 7 }, sellable: 'not-stocked' },
  ],
  ['its figure', {}, { stock: { ...counted, quantity: 7 } }],
  ['its figures, with the same sum', {}, { stock: halves(3, 2) }],
  ['that nothing counts it', {}, { stock: { tracked: false } }],
  ['that its parent counts it', {}, { stock: { ...counted, heldByParent: true } }],
  ['that its figure is not known', { stock: { tracked: false } }, { stock: { tracked: true } }],
  ['why nobody can buy it', {}, { unbuyable: [{ why: 'no-price', shopSays: '0' }] }],
  ['that it is not shown', {}, { offShow: true }],
  ['when it was listed', {}, { listedAt: morning }],
  ['the sync that saw it', { seenIn: toRunId('r') }, { seenIn: toRunId('s') }],
];
const integrationSteps: readonly Step<Integration>[] = [
  ['what was sent', { pushed: undefined }, {}],
  ['that nothing was sent', { pushed: { quantity: 5, at: later } }, { pushed: undefined }],
  ['another figure sent', {}, { pushed: { quantity: 4, at: later } }],
  ['where it was sent', {}, sentTo('L1')],
  ['its listing', {}, { ref: refTo('dk', '2') }],
];
const productSteps: readonly Step<Product>[] = [
  ['its item number', {}, { sku: toSku('S-8') }],
  ['its item number, spelled otherwise', { sku: toSku('S-7') }, { sku: toSku('S7') }],
  ['an item number that it had', {}, { formerSkus: [toSku('S-3')] }],
  ['its EAN', {}, { gtin }],
  ['its name', {}, { content: makeContent({ name: 'Telt' }) }],
  ['what is on the shelf', {}, { stock: { onHand: 0, reserved: 0 } }],
  ['what is promised', {}, { stock: { onHand: 5, reserved: 1 } }],
  ['what may be sold', {}, { stock: { onHand: 5, reserved: 0, available: 1 } }],
  ['where it comes from', {}, { contentFrom: refTo('no', '9') }],
  ['its key in the warehouse', {}, { warehouse: { source: 'peakwms', key: '77' } }],
];

const listings = (over: Partial<Listing> = {}): readonly Listing[] =>
  [dk, se].flatMap((shop) =>
    ['1', '2', '3'].map((id) =>
      makeListing({
        ref: refTo(shop, id),
        sku: undefined,
        stock: counted,
        listedAt: asked,
        content: makeContent({ name: 'Hue' }),
        ...over,
        beside: over.beside?.map((one) => ({ ...one, ref: refTo(shop, id) })),
      }),
    ),
  );
const product = (over: Partial<Product> = {}): Product =>
  makeProduct({
    sku: toSku('S-1'),
    contentFrom: undefined,
    stock: { onHand: 5, reserved: 0 },
    content: makeContent({ name: 'Hue' }),
    ...over,
  });
const integrations = ({ ref, ...over }: Partial<Integration> = {}): readonly Integration[] =>
  [dk, se].map((shop) =>
    makeIntegration({ productId: p1, ref: refTo(shop, ref?.shopProductId ?? '1'), ...sentTo('L1', 'L2'), ...over }),
  );

/** Beside what changes: a listing that is linked, one that is not, and one in conflict. */
const world: Changes['put'] = {
  shops: [
    makeShop(),
    makeShop({ id: no, owner: { name: 'X', skuPostfix: '-x' } }),
    makeShop({
      id: se,
      shopLocations: [
        { id: 'L1', from: ['A'] },
        { id: 'L2', from: ['B'] },
      ],
    }),
  ],
  products: [product(), product({ id: p2, sku: toSku('S-2') })],
  stockLevels: ['A', 'B'].map((location, at) => makeLocationStock({ productId: p1, location, available: 2 + at })),
  listings: listings(),
  integrations: integrations(),
  conflicts: [{ ref: refTo('dk', '3'), since: morning, kind: 'ambiguous', candidates: [p1, p2] }],
};

/**
 * Whatever is put that is there already with one field otherwise: lists, searches and counts follow. Where each question
 * takes its time a step asks what it changed, and the last one asks all.
 */
export function describeChangedFields(
  name: string,
  make: () => Promise<StoreUnderTest>,
  asks: 'all' | 'what-changed' = 'all',
): void {
  describe(`${name} follows every field of a record`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let reference: Store;
    beforeEach(async () => {
      under = await make();
      store = await under.open();
      reference = memoryStore();
    });
    afterEach(async () => {
      await store.close();
      await under.remove();
    });
    const both = async (changes: Partial<Changes>): Promise<void> => {
      for (const one of [store, reference]) await one.change(async () => ({ ...noChanges, ...changes }));
    };
    const follows = async <Row>(
      steps: readonly Step<Row>[],
      put: (over: Partial<Row>) => Partial<Changes>,
    ): Promise<void> => {
      await both({ put: world });
      for (const [what, before, after] of steps) {
        await both(put(before));
        const was = await answersOf(reference);
        await both(put(after));
        const now = await answersOf(reference);
        const changed = questions.filter((_, at) => !isDeepStrictEqual(now[at], was[at]));
        expect(changed, `${what} is seen in no answer`).not.toEqual([]);
        const about = asks === 'all' || what === steps.at(-1)?.[0] ? questions : changed;
        expect(await answersOf(store, about), what).toEqual(now.filter(([of]) => about.some(([one]) => one === of)));
      }
    };

    test('of a listing', () => follows(listingSteps, (over) => ({ put: { listings: listings(over) } })));
    test('of an integration', () =>
      follows(integrationSteps, (over) => ({
        drop: { integrations: [dk, se].map((shop) => placeKey(p1, shop)) },
        put: { integrations: integrations(over) },
      })));
    test('of a product', () => follows(productSteps, (over) => ({ put: { products: [product(over)] } })));
  });
}

const set = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).toSorted();
const codes = ['S-1', 'S7', 'S-7', 'S-8', 'S-9', 'S-3'].map(toSku);
const texts = ['hue', 'telt', 's-7', 's7', 's-8', 's-9', 's-3', '5701234567899', '0123456', 'bar 99', 'ar 9', '77'];

type Question = readonly [name: string, ask: (store: Store) => Promise<unknown>];

const questionsAbout = (shopId: ShopId): readonly Question[] => [
  [`${shopId} unsent`, (store) => store.unsentProducts({ shopId, limit: 9 })],
  [`${shopId} open`, async (store) => set(await store.openListings({ shopId, limit: 9 }))],
  [
    `${shopId} unseen listings`,
    async (store) => set(await store.unseenListings({ shopId, runId: toRunId('r'), limit: 9 })),
  ],
  [
    `${shopId} unseen variants`,
    async (store) => set(await store.unseenVariants({ shopId, runId: toRunId('r'), limit: 9 })),
  ],
  [`${shopId} listings`, async (store) => set(await store.listingsOn(shopId))],
  ...(['all', 'linked', 'missing', 'conflict', 'stock-differs'] as const).flatMap((filter) =>
    ['', 'telt'].map(
      (text): Question => [
        `${shopId} ${filter} ${text}`,
        (store) => store.shopLines({ shopId, filter, text, at: asked, offset: 0, limit: 9 }),
      ],
    ),
  ),
];

const questions: readonly Question[] = [
  [
    'counts',
    async (store) => {
      const counts = await store.counts();
      return { ...counts, shops: new Map(counts.shops.map((shop) => [shop.shopId, shop])) };
    },
  ],
  ['listings by code', async (store) => set(await store.listingsBy({ skus: codes, gtins: [gtin] }))],
  ['products by code', async (store) => set(await store.productsBy({ skus: codes, gtins: [gtin] }))],
  ['listings near', async (store) => set(await store.listingsNear(['s7', 's8', 'bar99']))],
  ['products near', async (store) => set(await store.productsNear(['s7', 's8']))],
  ['products from', async (store) => set(await store.productsFrom([refTo('no', '9')]))],
  ['integrations at', async (store) => set(await store.integrationsAt(integrations().map(({ ref }) => ref)))],
  [
    'inactive candidates',
    (store) =>
      store.inactiveCandidates({ unsoldBefore: new Map([dk, se].map((shop) => [shop, later])), at: asked, limit: 9 }),
  ],
  ['in stock', async (store) => (await store.inStock()).any],
  ...texts.map(
    (text): Question => [
      `search ${text}`,
      async (store) =>
        set((await store.search({ text, limit: 50 })).map(({ productId, ref, how }) => [productId ?? ref, how])),
    ],
  ),
  ...[dk, no, se].flatMap(questionsAbout),
];

async function answersOf(store: Store, about = questions): Promise<readonly (readonly [name: string, unknown])[]> {
  const answers: (readonly [string, unknown])[] = [];
  for (const [name, ask] of about) answers.push([name, await ask(store)]);
  return answers;
}
