import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRow, readRows } from '../../../src/connectors/decode.ts';
import { activityOf, productListing, variationListing, worse } from '../../../src/connectors/woocommerce/map.ts';
import { lastSales } from '../../../src/connectors/woocommerce/sales.ts';
import {
  itemSchema,
  orderSchema,
  siteSchema,
  systemSchema,
  type WooItem,
} from '../../../src/connectors/woocommerce/schema.ts';
import { sellableOf } from '../../../src/connectors/woocommerce/sellable.ts';
import { instantOf, parseGtin } from '../../../src/domain/ids.ts';
import { makeShop, morning, refTo } from '../../support/builders.ts';

const shop = makeShop({ url: 'https://shop.example/butik', currency: 'DKK' });
const hearing = { shop, seenAt: morning };
const item = (over: Record<string, unknown> = {}): WooItem =>
  itemSchema.parse({
    id: 7,
    name: 'Cup',
    type: 'simple',
    status: 'publish',
    manage_stock: true,
    stock_quantity: 3,
    purchasable: true,
    ...over,
  });

describe('A product behind a password', () => {
  it.each([
    [{ post_password: 'hemmelig' }, [{ why: 'hidden', shopSays: 'password' }]],
    [{ post_password: '' }, undefined],
    [{ post_password: null }, undefined],
  ])('A6: %j is told without the password', (over, found) => {
    const listing = productListing(item(over), hearing);
    expect(listing.unbuyable).toEqual(found);
    expect(JSON.stringify(listing)).not.toContain('hemmelig');
    const parent = item({ ...over, id: 8, type: 'variable' });
    expect(variationListing(item({ type: 'variation', parent_id: 8 }), parent, hearing).unbuyable).toEqual(found);
  });
});

describe('A bundle that is counted', () => {
  it.each([
    ['instock', undefined],
    ['onbackorder', undefined],
    ['outofstock', [{ why: 'out-of-stock', shopSays: 'outofstock' }]],
    ['insufficientstock', [{ why: 'out-of-stock', shopSays: 'insufficientstock' }]],
  ])('A6: that is %s', (stock_status, found) => {
    expect(productListing(item({ type: 'bundle', stock_status }), hearing).unbuyable).toEqual(found);
  });
});

describe('What WooCommerce says, in our words', () => {
  it.each([
    ['publish', 'active'],
    ['draft', 'draft'],
    ['pending', 'draft'],
    ['auto-draft', 'draft'],
    ['future', 'draft'],
    ['private', 'disabled'],
    ['trash', 'archived'],
    ['discontinued', 'disabled'],
    ['toString', 'disabled'],
  ])('the status %s is %s', (status, activity) => {
    expect(activityOf(status)).toBe(activity);
  });

  it.each([
    ['simple', 'unit'],
    ['variable', 'parent'],
    ['variation', 'unit'],
    ['grouped', 'not-stocked'],
    ['external', 'not-stocked'],
    ['subscription', 'unit'],
    ['variable-subscription', 'parent'],
    ['subscription_variation', 'unit'],
    ['variable_lottery', 'parent'],
    ['variableish', 'unit'],
  ])('the type %s is a %s', (type, sellable) => {
    expect(sellableOf(item({ type }))).toBe(sellable);
  });

  it.each([
    'bundle',
    'composite',
    'woosb',
    'crate',
    'gift-card',
    'lottery',
  ])('a %s is a unit when it is counted by itself, and else not', (type) => {
    expect([sellableOf(item({ type })), sellableOf(item({ type, manage_stock: false }))]).toEqual([
      'unit',
      'not-stocked',
    ]);
    // What has variations is sold through them, counted or not, and needs no word for why it takes no figure.
    expect(sellableOf(item({ type, variations: [8, 9] }))).toBe('parent');
    const says = [false, true].map(
      (counted) => productListing(item({ type, manage_stock: counted }), hearing).shopSays,
    );
    expect(says).toEqual([`publish, ${type}`, 'publish']);
  });

  it.each([
    ['active', 'draft', 'draft'],
    ['disabled', 'draft', 'disabled'],
    ['archived', 'disabled', 'archived'],
    ['active', 'active', 'active'],
  ] as const)('%s and %s together are %s, either way round', (first, second, both) => {
    expect([worse(first, second), worse(second, first)]).toEqual([both, both]);
  });
});

describe('A product as a listing', () => {
  it('says all that we keep, in full', () => {
    const full = item({
      sku: ' A-1 ',
      global_unique_id: '5701234567899',
      price: '49.95',
      description: '<p>Blue</p>',
      images: [{ id: 1, src: '/img/cup.jpg' }],
      date_created_gmt: '2026-01-02T03:04:05',
      date_modified_gmt: '2026-11-02T03:04:05',
    });
    expect(productListing(full, hearing)).toEqual({
      ref: refTo('dk', '7'),
      activity: 'active',
      shopSays: 'publish',
      sellable: 'unit',
      sku: 'A-1',
      gtin: parseGtin('5701234567899'),
      content: {
        name: 'Cup',
        description: 'Blue',
        imageUrl: 'https://shop.example/img/cup.jpg',
        price: { minor: 4995, currency: 'DKK' },
      },
      stock: { tracked: true, quantity: 3 },
      listedAt: '2026-01-02T03:04:05.000Z',
      changedAt: '2026-11-02T03:04:05.000Z',
      adminUrl: 'https://shop.example/butik/wp-admin/post.php?post=7&action=edit',
      seenAt: morning,
    });
  });

  it.each([
    [{ catalog_visibility: 'hidden' }, 'publish, hidden'],
    [{ purchasable: false }, 'publish, not purchasable'],
    [{ status: 'draft', purchasable: false }, 'draft'],
    [{ status: 'discontinued' }, 'discontinued'],
  ])('%j is told as "%s"', (over, says) => {
    expect(productListing(item(over), hearing).shopSays).toBe(says);
  });

  it.each([
    [{ manage_stock: false, stock_quantity: null }, { tracked: false }],
    [
      { manage_stock: 'yes', stock_quantity: '12' },
      { tracked: true, quantity: 12 },
    ],
    [
      { manage_stock: 'parent', stock_quantity: 5 },
      { tracked: true, quantity: 5, heldByParent: true },
    ],
    [{ manage_stock: true, stock_quantity: '' }, { tracked: true }],
    [{ manage_stock: '0', stock_quantity: 4 }, { tracked: false }],
  ])('54: stock of %j is %j', (over, stock) => {
    expect(productListing(item(over), hearing).stock).toEqual(stock);
  });

  it("14: finds the barcode where a plug-in keeps it, by the shop's setting", () => {
    const kept = item({
      meta_data: [
        { id: 1, key: '_ean', value: '5701234567899' },
        { id: 2, key: 'x', value: { deep: 1 } },
      ],
    });
    expect(productListing(kept, hearing).gtin).toBeUndefined();
    const told = { ...hearing, shop: { ...shop, options: { gtinMeta: '_ean' } } };
    expect(productListing(kept, told).gtin).toBe(parseGtin('5701234567899'));
    expect(productListing(item({ global_unique_id: 'n/a' }), told)).toMatchObject({ barcode: 'n/a' });
  });
});

describe('A variation as a listing', () => {
  const parent = item({ id: 5, name: 'Shirt', type: 'variable', images: [{ src: 'https://cdn.example/shirt.jpg' }] });
  const variation = item({
    id: 8,
    type: 'variation',
    parent_id: 5,
    name: 'Blue, L',
    attributes: [{ option: 'Blue' }, { option: 'L' }],
  });

  it("carries its product's name, picture and id", () => {
    expect(variationListing(variation, parent, hearing)).toMatchObject({
      ref: refTo('dk', '5', '8'),
      activity: 'active',
      shopSays: 'publish',
      sellable: 'unit',
      content: { name: 'Shirt - Blue, L', imageUrl: 'https://cdn.example/shirt.jpg' },
      adminUrl: 'https://shop.example/butik/wp-admin/post.php?post=5&action=edit',
    });
  });

  it.each([
    ['publish', 'publish', 'active', 'publish', undefined],
    ['private', 'publish', 'disabled', 'private', undefined],
    ['publish', 'draft', 'draft', 'publish; product: draft', 'product-off'],
    ['publish', 'future', 'draft', 'publish; product: future', 'scheduled'],
    ['publish', 'trash', 'archived', 'publish; product: trash', 'in-trash'],
    ['private', 'draft', 'disabled', 'private; product: draft', undefined],
    ['trash', 'trash', 'archived', 'trash', 'in-trash'],
  ])('%s under a product that is %s is %s', (own, ofParent, activity, says, because) => {
    const told = variationListing({ ...variation, status: own }, { ...parent, status: ofParent }, hearing);
    expect([told.activity, told.shopSays, told.offBecause]).toEqual([activity, says, because]);
  });

  it('is not for sale when its product is gone', () => {
    expect(variationListing(variation, undefined, hearing)).toMatchObject({
      ref: refTo('dk', '5', '8'),
      activity: 'disabled',
      shopSays: 'publish; product: no product',
    });
  });
});

describe('Orders as sales', () => {
  it('counts only what was paid, since then, of products that are still named', () => {
    const order = (id: number, status: string, at: string, lines: object[]) =>
      orderSchema.parse({ id, status, date_created_gmt: at, line_items: lines });
    const cup = { product_id: 7, variation_id: 0, sku: 'CUP' };
    const sales = lastSales(
      shop,
      [
        order(4, 'completed', '2026-11-04T00:00:00', [cup, { product_id: 5, variation_id: 8, sku: 12 }]),
        order(3, 'processing', '2026-11-05T00:00:00', [cup, { product_id: 0, variation_id: 0, sku: 'GONE' }]),
        order(2, 'cancelled', '2026-11-06T00:00:00', [cup]),
        order(1, 'completed', '2026-10-01T00:00:00', [{ product_id: 9, variation_id: 0 }]),
      ],
      instantOf(Date.UTC(2026, 10, 1)),
    );
    expect(sales).toEqual([
      { ref: refTo('dk', '7'), at: '2026-11-05T00:00:00.000Z', sku: 'CUP' },
      { ref: refTo('dk', '5', '8'), at: '2026-11-04T00:00:00.000Z', sku: '12' },
    ]);
  });
});

// Mocks of the official app, kept beside the checkout where the project was written. Not part of the project.
const reference = new URL('../../../../shared/reference/data/woocommerce/ios-recorded/', import.meta.url);
const recorded = (name: string): unknown => {
  const read: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, reference), 'utf8'));
  return typeof read === 'object' && read !== null && 'data' in read ? read.data : read;
};

describe.skipIf(!existsSync(reference))('Replies recorded by others (skipped where they are not at hand)', () => {
  // Some were asked for a few fields only.
  const first = (name: string): unknown => {
    const read = recorded(name);
    return { status: 'publish', ...(Array.isArray(read) ? read[0] : read) };
  };

  it.each([
    ['product', 'Book the Green Room', { tracked: false }],
    ['product-stock-string-quantity', '貴志川線 1日乘車券', { tracked: false, outOfStock: true }],
    [
      'product-stock-parent-manage-stock',
      '貴志川線 1日乘車券',
      { tracked: true, quantity: 0, heldByParent: true, outOfStock: true },
    ],
    ['product-stock-decimal-sku', '貴志川線 1日乘車券', { tracked: false, outOfStock: true }],
  ])('%s is read', (name, title, stock) => {
    const read = readRow(itemSchema, first(name));
    if (!read.ok) throw new Error(`${read.broken.where} ${read.broken.said}`);
    const listing = productListing(read.value, hearing);
    expect(listing.stock).toEqual(stock);
    expect(listing.content.name).toContain(title);
  });

  it('a SKU that is a number is text', () => {
    const read = readRow(itemSchema, first('product-stock-decimal-sku'));
    expect(read).toMatchObject({ ok: true, value: { sku: '123' } });
  });

  it('a fraction in stock is unreadable stock of a row that is read', () => {
    const rows = recorded('product-variations-load-all-without-data');
    const { rows: items, broken } = readRows(itemSchema, Array.isArray(rows) ? rows : []);
    const parts = items.filter(({ stock_quantity }) => stock_quantity?.unreadable !== undefined);
    expect(broken).toEqual([]);
    expect(parts.map(({ id, stock_quantity }) => [id, stock_quantity?.unreadable])).toEqual([['1275', '16.5']]);
  });

  it('a site, a system and orders are read', () => {
    expect(siteSchema.parse(recorded('site-api-without-data')).namespaces).toContain('wc/v3');
    expect(systemSchema.parse(recorded('systemStatus-without-data')).environment?.version).toBe('5.9.0');
    const orders = recorded('orders-load-all');
    expect(readRows(orderSchema, Array.isArray(orders) ? orders : []).broken).toEqual([]);
  });
});
