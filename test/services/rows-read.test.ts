import { expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { type Instant, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { instant, makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { countingStore } from '../support/counting-store.ts';
import { makeTestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const [dk, no] = [makeShop(), makeShop({ id: toShopId('no') })];
const before = instant('2026-10-01T08:00:00.000Z');
const lately = instant('2026-11-20T08:00:00.000Z');
const things = (shop: string, count: number): readonly Listing[] =>
  Array.from({ length: count }, (_, place) =>
    makeListing({
      ref: refTo(shop, String(1000 + place)),
      sku: toSku(`A-${String(place).padStart(5, '0')}`),
      gtin: undefined,
      changedAt: before,
      content: makeContent({ name: `Thing ${place}` }),
      stock: { tracked: true, quantity: 5 },
    }),
  );

/** Two shops of so many products, all told their figures, with the same few things wrong whatever the number. */
async function twoShops(count: number) {
  const { store, rows } = countingStore(memoryStore());
  const catalogues = [makeCatalogue('dk', things('dk', count)), makeCatalogue('no', things('no', count))];
  for (const catalogue of catalogues) {
    catalogue.pageSize = 500;
    catalogue.sales = catalogue.listings.map(({ ref }) => ({ ref, at: lately }));
  }
  const harness = await makeTestHarness([dk, no], catalogues, { store });
  const { services } = harness;
  await services.sync.run({ full: true }, never);
  const products = await store.productPage({ limit: count });
  const links = await store.integrationsOf(products.map(({ id }) => id));
  const at = harness.clock.now();
  await store.change(async () => ({
    ...noChanges,
    put: {
      products: products.map((product) => ({ ...product, stock: { onHand: 5, reserved: 0 } })),
      integrations: links.map((link) => ({ ...link, pushed: { quantity: 5, at } })),
    },
  }));
  const ids = products.slice(0, 6).map(({ id }) => id);
  for (const id of ids.slice(0, 3)) await services.integrations.remove(id, dk.id, 'not sold here');
  const change = (shopId: string, part: (listing: Listing) => Partial<Listing>, now: Instant): void => {
    const catalogue = harness.catalogue(shopId);
    catalogue.listings = catalogue.listings.map((one, place) =>
      place < 10 || place > 11 ? one : { ...one, ...part(one), changedAt: now },
    );
  };
  rows();
  return { ...harness, ids, rows, change };
}

/** How many records each act reads. */
async function readsOf(count: number): Promise<Readonly<Record<string, number>>> {
  const { services, store, clock, rows, change, ids } = await twoShops(count);
  const found: Record<string, number> = {};
  const note = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    rows();
    await act();
    found[name] = rows();
  };
  const shopId = dk.id;
  change('dk', ({ content }) => ({ content: { ...content, name: `${content.name} new` } }), clock.now());
  await note('a sync of two changes', () => services.sync.run({ shopIds: [shopId] }, never));
  change('dk', () => ({ activity: 'draft', shopSays: 'draft' }), clock.now());
  await note('a sync of two that rest', () => services.sync.run({ shopIds: [shopId] }, never));
  await note('undo', () => services.history.undo());
  await note('the acts to undo', () => services.history.acts(20));
  await note('a page of a list', () => services.integrations.list(shopId, { filter: 'all', offset: 40, limit: 40 }));
  await note('what is missing', () => services.integrations.list(shopId, { filter: 'missing', offset: 0, limit: 40 }));
  await note('a list searched', () =>
    services.integrations.list(shopId, { filter: 'all', text: 'a-00107', offset: 0, limit: 40 }),
  );
  await note('places to fetch', () => services.integrations.missing(shopId));
  await note('fetch of one', () => services.fetch.run({ asked: ['A-00020'] }, never));
  await store.change(async (now) => ({
    ...noChanges,
    put: { products: (await now.products(ids)).map((one) => ({ ...one, stock: { onHand: 7, reserved: 0 } })) },
  }));
  await note('a plan of one shop', () => services.push.plan({ shopIds: [shopId] }));
  await note('a plan of one product', () => services.push.plan({ productIds: ids.slice(5) }));
  await note('the plan that was broken off', () => services.push.interruptedPlan());
  await note('the report', () => services.inactive.list({ limit: 40 }));
  await note('the patterns', () => services.patterns.list());
  await note('the conflicts', () => services.conflicts.list());
  await note('a search', () => services.lookup.search('A-00107', 20));
  await note('a card', () => services.lookup.product(ids[5]!));
  await note('the shops', () => services.shops.list());
  return found;
}

test('what an act reads hangs on what it is about, not on how large the shops are', async () => {
  const [small, large] = [await readsOf(200), await readsOf(2_000)];
  // How far is looked back for acts has an end of its own, and the smaller shops' history is shorter than that.
  expect(large).toEqual({ ...small, 'the acts to undo': large['the acts to undo'] });
  for (const [name, rows] of Object.entries(large)) expect(rows, name).toBeLessThan(700);
});

test('what happened is read as far back as was asked', async () => {
  const { services, rows } = await twoShops(2_000);
  await services.history.list({ limit: 50 });
  expect(rows()).toBe(50);
});
