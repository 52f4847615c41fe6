import { describe, expect, it } from 'vitest';
import { shopify } from '../../../src/connectors/shopify/driver.ts';
import { parseShopifyId } from '../../../src/connectors/shopify/ids.ts';
import { type MapContext, toParentListing, toVariantListing } from '../../../src/connectors/shopify/map.ts';
import { atOrAfter, quoted } from '../../../src/connectors/shopify/read/search.ts';
import { wireProduct, wireVariant } from '../../../src/connectors/shopify/schema.ts';
import { toShopId } from '../../../src/domain/ids.ts';
import { instant, morning } from '../../support/builders.ts';

const telling: MapContext = {
  shopId: toShopId('dk'),
  url: 'https://nordlys.myshopify.com',
  currency: 'DKK',
  seenAt: morning,
};
const product = (over: object = {}) =>
  wireProduct.parse({
    id: 'gid://shopify/Product/8971842846953',
    title: 'Cup',
    status: 'ACTIVE',
    onlineStoreUrl: 'https://nordlys.example/products/cup',
    isGiftCard: false,
    hasOnlyDefaultVariant: true,
    createdAt: '2025-07-01T23:57:25Z',
    updatedAt: '2026-04-18T00:58:21Z',
    description: 'Of stoneware',
    featuredMedia: { preview: { image: { url: 'https://cdn.shopify.com/cup.jpg?v=1' } } },
    ...over,
  });
const variant = (over: object = {}) =>
  wireVariant.parse({
    id: 'gid://shopify/ProductVariant/48540157378793',
    sku: 'CUP-1',
    barcode: '5701234567899',
    title: 'Default Title',
    position: 1,
    price: '149.95',
    requiresComponents: false,
    createdAt: '2025-07-02T10:00:00Z',
    updatedAt: '2026-04-17T00:00:00Z',
    media: { nodes: [] },
    inventoryItem: {
      id: 'gid://shopify/InventoryItem/50643009569001',
      tracked: true,
      inventoryLevel: { quantities: [{ name: 'available', quantity: 4 }] },
    },
    ...over,
  });
const uncounted = { id: 'gid://shopify/InventoryItem/5', tracked: false, inventoryLevel: null };
const listing = (ofProduct: object = {}, ofVariant: object = {}) =>
  toVariantListing(product(ofProduct), variant(ofVariant), telling);

describe('A Shopify variant as a listing', () => {
  it('says everything that the shop said', () => {
    expect(listing({}, { barcode: '5701234567898' })).toEqual({
      ref: { shopId: 'dk', shopProductId: '8971842846953', shopVariantId: '48540157378793' },
      activity: 'active',
      shopSays: 'ACTIVE',
      sellable: 'unit',
      sku: 'CUP-1',
      barcode: '5701234567898',
      content: {
        name: 'Cup',
        description: 'Of stoneware',
        imageUrl: 'https://cdn.shopify.com/cup.jpg?v=1',
        price: { minor: 14_995, currency: 'DKK' },
      },
      stock: { tracked: true, quantity: 4 },
      listedAt: instant('2025-07-02T10:00:00Z'),
      changedAt: instant('2026-04-18T00:58:21Z'),
      adminUrl: 'https://nordlys.myshopify.com/admin/products/8971842846953',
      seenAt: morning,
    });
  });

  it.each([
    ['ACTIVE', 'active', 'ACTIVE'],
    ['UNLISTED', 'active', 'UNLISTED'],
    ['DRAFT', 'draft', 'DRAFT'],
    ['ARCHIVED', 'archived', 'ARCHIVED'],
    ['SCHEDULED', 'disabled', 'SCHEDULED'],
    ['active', 'disabled', 'active'],
    ['toString', 'disabled', 'toString'],
  ])('with status %s is %s', (status, activity, shopSays) => {
    expect(listing({ status })).toMatchObject({ activity, shopSays });
  });

  it.each([
    ['ACTIVE', 'ACTIVE, not in online store'],
    ['UNLISTED', 'UNLISTED, not in online store'],
    ['DRAFT', 'DRAFT'],
  ])('with status %s in no online store says "%s"', (status, shopSays) => {
    expect(listing({ status, onlineStoreUrl: null })).toMatchObject({ shopSays });
  });

  it.each([
    ['a gift card', { isGiftCard: true }, { inventoryItem: uncounted }, 'not-stocked'],
    ['a gift card of plastic, which is counted', { isGiftCard: true }, {}, 'unit'],
    ['a bundle', {}, { requiresComponents: true }, 'not-stocked'],
    ['a thing', {}, {}, 'unit'],
  ])('that is %s is so', (_, ofProduct, ofVariant, sellable) => {
    expect(listing(ofProduct, ofVariant)).toMatchObject({ sellable });
  });

  it.each([
    ['5701234567899', '05701234567899', undefined],
    ['036000291452', '00036000291452', undefined],
    ['5701234567890', undefined, '5701234567890'],
    ['SHELF 7', undefined, 'SHELF 7'],
    ['', undefined, undefined],
    [null, undefined, undefined],
  ])('reads barcode %o', (barcode, gtin, kept) => {
    const read = listing({}, { barcode });
    expect([read.gtin, read.barcode]).toEqual([gtin, kept]);
  });

  it.each([
    [' A-1 ', 'A-1'],
    ['007', '007'],
    ['   ', undefined],
    [null, undefined],
  ])('reads SKU %o', (sku, read) => expect(listing({}, { sku }).sku).toBe(read));

  it('has no figure where it was never stocked, and none that limits sales where nobody counts', () => {
    expect(listing({}, { inventoryItem: uncounted }).stock).toEqual({ tracked: false });
  });

  it('of a product with options has its own name, picture and place in the admin', () => {
    const media = { nodes: [{ preview: { image: { url: 'https://cdn.shopify.com/blue.jpg' } } }] };
    expect(listing({ hasOnlyDefaultVariant: false }, { title: 'Blue / M', media })).toMatchObject({
      content: { name: 'Cup - Blue / M', imageUrl: 'https://cdn.shopify.com/blue.jpg' },
      adminUrl: 'https://nordlys.myshopify.com/admin/products/8971842846953/variants/48540157378793',
    });
  });

  it('holds nothing that a terminal would obey', () => {
    const wild = listing(
      { title: '\u001b[31mRed\u0007 \u202ecup' },
      { sku: 'A\u0000-1', barcode: '\u001b]0;x\u0007B' },
    );
    expect([wild.content.name, wild.sku, wild.barcode]).toEqual(['Red cup', 'A-1', 'B']);
  });

  it('keeps a price of a currency without parts, and none that is none', () => {
    const yen = toVariantListing(product(), variant({ price: '1500' }), { ...telling, currency: 'JPY' });
    expect(yen.content.price).toEqual({ minor: 1500, currency: 'JPY' });
    expect(listing({}, { price: null }).content.price).toBeUndefined();
  });
});

describe('A Shopify product with options as a listing', () => {
  it('is sold only through its variants', () => {
    expect(toParentListing(product({ hasOnlyDefaultVariant: false, status: 'DRAFT' }), telling)).toMatchObject({
      ref: { shopId: 'dk', shopProductId: '8971842846953' },
      activity: 'draft',
      sellable: 'parent',
      stock: { tracked: false },
    });
  });
});

describe('Ids', () => {
  it.each([
    ['gid://shopify/Product/9007199254740993', '9007199254740993'],
    [' 123 ', '123'],
    ['gid://shopify/ProductVariant/123', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['12a', undefined],
    ['', undefined],
  ])('read %o', (text, id) => expect(parseShopifyId('Product', text)).toBe(id));
});

describe('Search terms', () => {
  it('guard what would end or divide a value, and keep the time of a date', () => {
    expect(quoted("O'B\\C:D")).toBe("'O\\'B\\\\C\\:D'");
    expect(atOrAfter('updated_at', instant('2026-11-01T08:15:00Z'))).toBe("updated_at:>='2026-11-01T08:15:00Z'");
  });
});

describe('The address of a Shopify shop', () => {
  it.each([
    ['nordlys', 'https://nordlys.myshopify.com'],
    ['Nordlys.myshopify.com', 'https://nordlys.myshopify.com'],
    ['https://nordlys.myshopify.com/admin', 'https://nordlys.myshopify.com'],
    ['https://nordlys.myshopify.com/admin/api/2026-10/graphql.json', 'https://nordlys.myshopify.com'],
    ['https://admin.shopify.com/store/nordlys/products/5', 'https://nordlys.myshopify.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('typed as %s is kept as %s', (typed, url) => expect(shopify.normaliseUrl(typed)).toEqual({ url }));

  it.each([
    ['http://nordlys.myshopify.com', 'plain-http'],
    ['https://key:secret@nordlys.myshopify.com', 'has-credentials'],
    ['not an address', 'not-a-url'],
  ])('typed as %s is refused: %s', (typed, problem) => expect(shopify.normaliseUrl(typed)).toEqual({ problem }));
});
