import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/connectors/bigcommerce/catalog.ts';
import { listingsOf as bigCommerceListings } from '../../src/connectors/bigcommerce/map.ts';
import { productSchema as bigCommerceProduct } from '../../src/connectors/bigcommerce/schema.ts';
import { listingOf as classicListing } from '../../src/connectors/dandomain-classic/map.ts';
import { productSchemaIn } from '../../src/connectors/dandomain-classic/schema.ts';
import { listingsOf as webshopListings } from '../../src/connectors/dandomain-webshop/map.ts';
import { optionForm } from '../../src/connectors/dandomain-webshop/options.ts';
import { readProduct } from '../../src/connectors/dandomain-webshop/schema.ts';
import { readRow } from '../../src/connectors/decode.ts';
import { listingOf as shopwareListing } from '../../src/connectors/shopware/map.ts';
import { productSchema as shopwareProduct, systemCurrency } from '../../src/connectors/shopware/schema.ts';
import { instant, makeShop } from '../support/builders.ts';

/* Rows as shops have them that were imported, half translated or touched by plug-ins: what cannot be read is unknown. */

const shop = makeShop({ url: 'https://shop.example', currency: 'DKK' });
const seenAt = instant('2026-11-24T08:00:00Z');

describe('A row of Shopware', () => {
  const id = `0197${'1'.repeat(28)}`;
  const read = (row: object) => readRow(shopwareProduct, { id, active: true, stock: 1, ...row });
  const listing = (row: object) => {
    const one = read(row);
    if (!one.ok) throw new Error(one.broken.said);
    return shopwareListing(one.value, { shop, seenAt });
  };

  it.each([
    ['none yet', [{ currencyId: systemCurrency, gross: null }], undefined],
    ['in words', [{ currencyId: systemCurrency, gross: 'ten' }], undefined],
    ['as text', [{ currencyId: systemCurrency, gross: '199.95' }], { minor: 19_995, currency: 'DKK' }],
    [
      'of another currency first',
      [
        { currencyId: 'x', gross: 10 },
        { currencyId: systemCurrency, gross: 75 },
      ],
      { minor: 7500, currency: 'DKK' },
    ],
    ['of another currency alone', [{ currencyId: 'x', gross: 10 }], undefined],
  ])('with a price that is %s', (_, price, told) => {
    expect(listing({ price }).content.price).toEqual(told);
    expect(listing({ price }).unbuyable).toBeUndefined();
  });

  it('without any price cannot be bought', () => {
    for (const price of [null, []]) expect(listing({ price }).unbuyable).toMatchObject([{ why: 'no-price' }]);
  });

  it('of which nobody can tell whether it is active, is told as unreadable', () => {
    expect(read({ active: 'maybe' })).toMatchObject({ ok: false, broken: { shopProductId: id, where: 'active' } });
    expect(listing({ active: null }).activity).toBe('disabled');
  });

  it('of which open orders hold a part that cannot be read, has a figure that cannot', () => {
    expect(listing({ stock: 5, availableStock: 2.5 }).stock).toEqual({
      tracked: true,
      unreadable: { field: 'availableStock', value: '2.5' },
    });
  });
});

describe('A row of BigCommerce', () => {
  const read = (row: object) =>
    readRow(bigCommerceProduct, {
      id: 7,
      is_visible: true,
      availability: 'available',
      inventory_tracking: 'variant',
      ...row,
    });
  const family = (row: object) => {
    const one = read(row);
    if (!one.ok) throw new Error(one.broken.said);
    return familyOf(one.value);
  };

  it('with two variants stays a product with variants, though one of them cannot be read', () => {
    const { family: found, broken } = family({
      base_variant_id: null,
      variants: [
        { id: 70, sku: 'A' },
        { id: null, sku: 'B' },
      ],
    });
    expect(broken).toMatchObject([{ shopProductId: '7', where: 'variants.id' }]);
    const [product, variant] = bigCommerceListings(found, { shop, storeHash: 'abc', seenAt });
    expect([product?.sellable, variant?.ref.shopVariantId]).toEqual(['parent', '70']);
  });

  it('without the variants that were asked for is unreadable, unless it has none to choose', () => {
    for (const variants of [null, undefined, 'none']) {
      expect(read({ base_variant_id: null, variants })).toMatchObject({ ok: false, broken: { where: 'variants' } });
      expect(family({ base_variant_id: 70, variants, inventory_level: 3 }).family.complex).toBe(false);
    }
  });

  it('of which nobody can tell whether it is visible, is told as unreadable', () => {
    expect(read({ is_visible: 'perhaps', variants: [] })).toMatchObject({ ok: false, broken: { where: 'is_visible' } });
  });
});

describe('A row of DanDomain Classic', () => {
  const read = (row: object) => readRow(productSchemaIn('Europe/Copenhagen'), { id: 7, number: 'A', ...row });

  it('of which nobody can tell whether it is hidden, is told as unreadable', () => {
    const siteSettings = [{ siteID: 26, hidden: 'perhaps' }];
    expect(read({ siteSettings })).toMatchObject({
      ok: false,
      broken: { shopProductId: '7', where: 'siteSettings.0.hidden' },
    });
    expect(read({ isVariantMaster: 'perhaps' })).toMatchObject({ ok: false, broken: { where: 'isVariantMaster' } });
  });

  it('with texts for numbers and yes and no is read all the same', () => {
    const one = read({ id: '7', number: 123, stockCount: '5', siteSettings: [{ siteID: '26', hidden: 'false' }] });
    if (!one.ok) throw new Error(one.broken.said);
    expect(classicListing(one.value, undefined, { shop, site: '26', seenAt })).toMatchObject({
      activity: 'active',
      sku: '123',
      stock: { tracked: true, quantity: 5 },
    });
  });

  it.each([
    [
      'of a campaign that is over',
      { startDate: '/Date(1512169200000+0100)/', endDate: '/Date(1512860400000+0100)/' },
      129,
    ],
    ['of a campaign that is to come', { startDate: '/Date(1795993200000+0100)/', endDate: null }, 129],
    ['of a campaign that is switched off', { disabled: true, startDate: null, endDate: null }, 129],
    [
      'of a campaign that is on',
      { startDate: '/Date(1512169200000+0100)/', endDate: '/Date(1795993200000+0100)/' },
      99,
    ],
  ])('with a price %s tells what a customer pays', (_, period, price) => {
    const prices = [
      { amount: 1, b2BGroupId: '0', currencyCode: 'DKK', period, unitPrice: 99 },
      { amount: 1, b2BGroupId: '0', currencyCode: 'DKK', period: null, unitPrice: 129 },
    ];
    for (const rows of [prices, prices.toReversed()]) {
      const one = read({ prices: rows });
      if (!one.ok) throw new Error(one.broken.said);
      const told = classicListing(one.value, undefined, { shop, site: '26', seenAt }).content.price;
      expect(told).toEqual({ minor: price * 100, currency: 'DKK' });
    }
  });

  it('a variant that is shown under a master that is not is off by its master', () => {
    const [own, master] = [false, true].map((hidden) => read({ siteSettings: [{ siteID: '26', hidden }] }));
    if (!own?.ok || !master?.ok) throw new Error('unreadable');
    const variant = { ...own.value, variantMasterId: 'M' };
    const told = classicListing(variant, master.value, { shop, site: '26', seenAt });
    expect(told).toMatchObject({ activity: 'disabled', offBecause: 'product-off' });
  });

  it('without settings, or with null for them, is in no site', () => {
    for (const siteSettings of [null, undefined, []]) {
      const one = read({ siteSettings });
      if (!one.ok) throw new Error(one.broken.said);
      expect(classicListing(one.value, undefined, { shop, site: '26', seenAt }).shopSays).toBe('not in site 26');
    }
  });
});

describe('A row of DanDomain Webshop', () => {
  const read = (row: object) => readProduct({ Id: '7', Status: 'true', Stock: '5', ...row }, 'Europe/Copenhagen');

  it('whose variants nobody can read is still no unit to sell', () => {
    const { product, broken } = read({ ItemNumber: 'A', Variants: { item: [{ Id: '' }, { Id: '0' }] } });
    expect(broken).toMatchObject([{ shopProductId: '7' }, { shopProductId: '7' }]);
    const listings = webshopListings(product!, { shop, options: optionForm.parse({}), seenAt });
    expect(listings.map(({ sellable }) => sellable)).toEqual(['parent']);
  });

  it('of which nobody can tell whether it is on, is told as unreadable', () => {
    expect(read({ Status: 'perhaps' }).broken).toMatchObject([{ shopProductId: '7', where: 'Status' }]);
    const { broken } = read({ Variants: { item: { Id: '9', ProductId: '7', Status: 'perhaps', Stock: '1' } } });
    expect(broken).toMatchObject([{ shopProductId: '7', where: 'variant 9: Status' }]);
  });
});
