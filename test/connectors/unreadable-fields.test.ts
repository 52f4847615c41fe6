import { expect, it, vi } from 'vitest';
import { instantOf } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { BrokenRow } from '../../src/ports/shop-connector.ts';
import { ends, forever, quantityFor, readAll, readSales } from '../contract/connector-harness.ts';
import { openTampered } from '../support/open-tampered.ts';
import { type Change, gone } from '../support/tampered-shop.ts';

/* One field of one row that nobody can read: that is unknown, and never out of sale, gone, renamed or not counted. */

// It speaks HTTP with ten simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The cup's only variant on Shopify, by which a push asks for it. */
const cupVariant = 'gid://shopify/ProductVariant/102';
const names = ['CUP', 'SHIRT', 'RED', 'A cup', 'A shirt', cupVariant];
const odd = { odd: 1 };

/** What is shown of the cup, or of the shirt that has two variants, on each platform. */
const changes: Readonly<Record<string, readonly Change[]>> = {
  woocommerce: [
    { of: 'CUP', field: 'status', value: null },
    { of: 'CUP', field: 'status', value: gone },
    { of: 'CUP', field: 'name', value: odd },
    { of: 'CUP', field: 'price', value: odd },
    { of: 'RED', field: 'price', value: 'ask us' },
    { of: 'RED', field: 'status', value: gone },
    // Its variations are shown, and nobody can tell what they are variations of.
    { of: 'SHIRT', field: 'id', value: odd },
  ],
  shopify: [
    { of: 'A cup', field: 'status', value: null },
    { of: 'A cup', field: 'title', value: odd },
    { of: cupVariant, field: 'inventoryItem.tracked', value: odd },
    { of: cupVariant, field: 'price', value: odd },
  ],
  prestashop: [
    { of: 'CUP', field: 'active', value: null },
    { of: 'CUP', field: 'id', value: null },
    { of: 'CUP', field: 'name', value: odd },
    { of: 'CUP', field: 'price', value: 'ask us' },
  ],
  magento: [
    { of: 'CUP', field: 'status', value: null },
    { of: 'CUP', field: 'id', value: null },
    { of: 'CUP', field: 'name', value: odd },
    { of: 'CUP', field: 'price', value: odd },
    { of: 'CUP', field: 'custom_attributes.2.value', value: ['odd'] },
    { of: 'CUP', field: 'extension_attributes.website_ids', value: odd },
    { of: 'CUP', field: 'extension_attributes.website_ids.0', value: odd },
    { of: 'SHIRT', field: 'extension_attributes.configurable_product_links', value: gone },
    { of: 'SHIRT', field: 'status', value: odd },
    { of: 'SHIRT', field: 'id', value: odd },
  ],
  shopware: [
    { of: 'CUP', field: 'active', value: odd },
    { of: 'CUP', field: 'price', value: odd },
    { of: 'CUP', field: 'price.0.gross', value: odd },
    { of: 'CUP', field: 'parentId', value: 7 },
  ],
  bigcommerce: [
    { of: 'A cup', field: 'is_visible', value: null },
    { of: 'A cup', field: 'availability', value: gone },
    { of: 'A cup', field: 'inventory_tracking', value: null },
    { of: 'A cup', field: 'name', value: odd },
    { of: 'A cup', field: 'calculated_price', value: 'ask us' },
    { of: 'A shirt', field: 'variants', value: ['odd'] },
  ],
  'dandomain-classic': [
    { of: 'CUP', field: 'siteSettings.0.hidden', value: null },
    { of: 'CUP', field: 'siteSettings.0.siteID', value: odd },
    { of: 'CUP', field: 'siteSettings.0.name', value: odd },
    { of: 'CUP', field: 'prices', value: odd },
    { of: 'CUP', field: 'prices.0.unitPrice', value: odd },
    // Its variants are asked for under it.
    { of: 'SHIRT', field: 'barCodeNumber', value: odd },
  ],
  'dandomain-webshop': [
    { of: 'CUP', field: 'Status', value: gone },
    { of: 'RED', field: 'Status', value: gone },
    { of: 'CUP', field: 'Title', value: odd },
    { of: 'CUP', field: 'Price', value: odd },
    { of: 'CUP', field: 'Ean', value: odd },
  ],
  medusa: [
    { of: 'A cup', field: 'status', value: null },
    { of: 'A cup', field: 'title', value: odd },
    { of: 'RED', field: 'manage_inventory', value: 'perhaps' },
    { of: 'RED', field: 'prices.0.amount', value: odd },
    { of: 'RED', field: 'id', value: odd },
    { of: 'RED', field: 'inventory_items.0.required_quantity', value: odd },
  ],
  vendure: [
    { of: 'RED', field: 'enabled', value: 'perhaps' },
    { of: 'A cup', field: 'enabled', value: gone },
    { of: 'CUP', field: 'name', value: odd },
    { of: 'CUP', field: 'priceWithTax', value: odd },
    { of: 'CUP', field: 'customFields.barcode', value: odd },
  ],
};

const keyOf = ({ ref }: Listing): string => `${ref.shopProductId} ${ref.shopVariantId ?? ''}`;
/** What must not change of a listing without a word. A figure that is told as unreadable is such a word. */
const kept = ({ activity, sellable, content, stock, unbuyable, gtin, unread = [] }: Listing) => {
  const { tracked, quantity, unreadable } = stock;
  const isUnread = (wanted: string): boolean => unread.some(({ part }) => part === wanted);
  const price = isUnread('price') ? 'unreadable' : content.price?.minor;
  const figure = unreadable === undefined ? quantity : 'unreadable';
  return [
    activity,
    sellable,
    content.name,
    price,
    isUnread('barcode') ? 'unreadable' : gtin,
    tracked,
    figure,
    unbuyable,
  ];
};
const isTold = (broken: readonly BrokenRow[], { ref }: Listing): boolean =>
  broken.some(
    ({ shopProductId: id }) => id === undefined || [ref.shopProductId, ref.shopVariantId].some((one) => one === id),
  );

it.each(Object.entries(changes))('A5: what a row of %s does not say legibly is unknown', async (platform, all) => {
  const { tamper, connector } = await openTampered(platform, names);
  const { listings: clean } = await readAll(connector);
  expect(clean.filter(({ sku }) => sku !== undefined).length).toBeGreaterThan(3);
  for (const change of all) {
    Object.assign(tamper, { change, hits: 0 });
    const { listings, broken } = await readAll(connector);
    const many = await connector.products?.([...new Set(clean.map(({ ref }) => ref.shopProductId))], forever);
    const what = `${change.of}.${change.field}`;
    expect(tamper.hits, what).toBeGreaterThan(0);
    const shown = new Map(listings.map((listing) => [keyOf(listing), listing]));
    const isSaid =
      broken.length > 0 || listings.some(({ stock, unread }) => (unread ?? stock.unreadable) !== undefined);
    expect(isSaid, `${what} is told`).toBe(true);
    const isMissed = clean.some(({ sku, ref }) => String(sku) === 'BOWL' && many?.has(ref.shopProductId) === false);
    expect(isMissed && change.field !== 'id', what).toBe(false);
    for (const before of clean) {
      const now = shown.get(keyOf(before));
      if (now?.stock.unreadable !== undefined) continue;
      if (now === undefined) expect(isTold(broken, before), `${what}: ${keyOf(before)} is told`).toBe(true);
      else {
        const wanted = kept(before).map((one, at) => (kept(now)[at] === 'unreadable' ? 'unreadable' : one));
        expect(kept(now), what).toEqual(wanted);
      }
    }
    expect(listings.map(keyOf).filter((key) => !clean.some((before) => keyOf(before) === key), what)).toEqual([]);
    expect(
      listings.some(({ sku }) => String(sku) === 'BOWL'),
      what,
    ).toBe(true);
  }
});

it.each([
  'prestashop',
  'magento',
  'bigcommerce',
])('A5: on %s a last row of which nobody can read whose it is ends no reading', async (platform) => {
  const { tamper, connector, shop } = await openTampered(platform, ['BOWL', 'Disputed']);
  for (const [at, status] of ['paid', 'disputed'].entries()) {
    shop.sell([{ productId: shop.shelf[at * 2]!.id, quantity: 1 }], { status });
  }
  Object.assign(tamper, { change: { of: 'BOWL', field: 'id', value: odd } });
  const { listings, broken } = await readAll(connector);
  expect(listings.flatMap(({ sku }) => sku ?? []).map(String)).toEqual(expect.arrayContaining(['CUP', 'RED', 'BLUE']));
  expect(broken.map(({ where }) => where)).toContain('id');
  if (platform !== 'bigcommerce') return;
  Object.assign(tamper, { change: { of: 'Disputed', field: 'id', value: odd }, hits: 0 });
  const sales = await readSales(connector, instantOf(shop.now() - 86_400_000));
  expect([sales.map(({ sku }) => String(sku)), tamper.hits > 0]).toEqual([['CUP'], true]);
});

it.each([
  { of: 'AUTHORIZED', field: 'test', value: null },
  { of: 'CUP', field: 'currentQuantity', value: odd },
])('A5: on Shopify an order or a line that nobody can read keeps no other sale back (%j)', async (change) => {
  const { tamper, connector, shop } = await openTampered('shopify', ['AUTHORIZED', 'CUP']);
  for (const [at, status] of ['authorized', 'paid'].entries()) {
    shop.sell([{ productId: shop.shelf[at * 2]!.id, quantity: 1 }], { status });
  }
  const soldSkus = async () =>
    (await readSales(connector, instantOf(shop.now() - 86_400_000))).map(({ sku }) => String(sku)).sort();
  expect(await soldSkus()).toEqual(['BOWL', 'CUP']);
  Object.assign(tamper, { change });
  expect(await soldSkus()).toEqual(['BOWL']);
});

it.each(Object.keys(changes))('A5: on %s it keeps no other figure of a push back', async (platform) => {
  const { tamper, connector } = await openTampered(platform, names);
  const { listings } = await readAll(connector);
  const units = listings.filter(({ sellable }) => sellable === 'unit');
  let quantity = 20;
  for (const change of changes[platform] ?? []) {
    Object.assign(tamper, { change, hits: 0 });
    quantity += 1;
    const outcomes = await connector.push(
      units.map(({ ref }) => quantityFor(ref, quantity)),
      forever,
    );
    const ended = units.map(({ sku }, at) => `${sku} ${ends(outcomes)[at]}`);
    expect(ended, change.field).toContain('BOWL set');
    if (change.of === 'SHIRT' || change.of === 'A shirt') continue;
    expect(ended, change.field).toContain('BLUE set');
    const changed = ended.filter((one) => /^(CUP|RED) /.test(one));
    expect(
      changed.filter((one) => !/ (set|figure-unreadable)$/.test(one)),
      change.field,
    ).toEqual([]);
  }
});
