import { expect, it } from 'vitest';
import { parseGtin, toShopProductId, toSku } from '../../src/domain/ids.ts';
import {
  activityFor,
  type Contestant,
  ends,
  errorOf,
  forever,
  idFor,
  listingWith,
  openHarness,
  quantityFor,
  readAll,
  skusIn,
} from './connector-harness.ts';

/** Cases 1 to 14: which thing is meant. */
export function identityCases(contestant: Contestant): void {
  const uniqueSku = contestant.uniqueSku ?? contestant.driver.capabilities.uniqueSkus === true;

  it.skipIf(uniqueSku)('1: tells all listings that carry one SKU', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    shop.add({ sku: 'CUP', status: 'draft' });
    shop.add({ sku: 'CUP-2' });
    const found = await connector.withSku(toSku('CUP'), forever);
    expect(found.map((listing) => [listing.sku, listing.activity])).toEqual([
      ['CUP', 'active'],
      ['CUP', activityFor(contestant, 'draft')],
    ]);
  });

  it.skipIf(uniqueSku)('2: lists a thing without a SKU, and reaches it by its id', async () => {
    const { shop, connector } = await openHarness(contestant);
    const bare = shop.add({ sku: undefined, title: 'Bare', quantity: 1 });
    shop.add({ sku: '   ', title: 'Blank' });
    const { listings } = await readAll(connector);
    expect(listings.map((listing) => [listing.content.name, listing.sku])).toEqual([
      ['Bare', undefined],
      ['Blank', undefined],
    ]);
    expect(ends(await connector.push([quantityFor(listings[0]!.ref, 4)], forever))).toEqual(['set']);
    expect(shop.product(bare.id).variants[0]!.quantity).toBe(4);
  });

  const strange = ['0012', '0', 'A/1#2%3', 'a,b', 'it\'s "x"', 'k:v + w', 'æøå-ÆØÅ', '🧊-1', 'x'.repeat(255), '1\\2'];
  it.each(strange)('3: reads the SKU %j as it is, and finds it again', async (sku) => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku });
    shop.add({ sku: `${sku}0` });
    expect(skusIn(await readAll(connector))).toEqual([sku, `${sku}0`].sort());
    expect((await connector.withSku(toSku(sku), forever)).map((listing) => listing.sku)).toEqual([sku]);
  });

  it('4: tells SKUs apart that differ in case only', async () => {
    const { shop, connector } = await openHarness(contestant);
    if (uniqueSku !== true) shop.add({ sku: 'abc' });
    shop.add({ sku: 'ABC' });
    if (uniqueSku) expect(await connector.withSku(toSku('abc'), forever)).toEqual([]);
    else expect((await connector.withSku(toSku('abc'), forever)).map((listing) => listing.sku)).toEqual(['abc']);
  });

  it('5: keeps the reference when the SKU is renamed', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'OLD' });
    const before = await listingWith(connector, 'OLD');
    shop.renameSku(cup.id, 'NEW');
    expect((await listingWith(connector, 'NEW')).ref).toEqual(before.ref);
  });

  it('6: shows a copy under an id of its own and leaves the original alone', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    const before = await listingWith(connector, 'CUP');
    const copy = shop.copy(cup.id);
    const { listings } = await readAll(connector);
    const original = listings.find((listing) => listing.ref.shopProductId === before.ref.shopProductId);
    expect(original).toMatchObject({ ref: before.ref, activity: 'active', stock: { quantity: 3 } });
    expect(listings.find((listing) => listing.ref.shopProductId === copy.id)?.activity).toBe(
      activityFor(contestant, 'draft'),
    );
  });

  it('7: shows both things that a shop shows under one id', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP' });
    shop.showTwice(cup.id, { sku: 'CUP-COPY' });
    const { listings } = await readAll(connector);
    expect(skusIn({ listings })).toEqual(['CUP', 'CUP-COPY']);
    expect(listings[1]?.ref).toEqual(listings[0]?.ref);
  });

  it('7: refuses to read, write or believe another shop at the same address', async () => {
    const { shop, connector, connect } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 1 });
    const { ref } = await listingWith(connector, 'CUP');
    const mistaken = connect({ shop: { identity: 'another.example' } });
    const reading = await errorOf(mistaken.page({}, forever));
    const writing = await errorOf(
      connect({ shop: { identity: 'another.example' } }).push([quantityFor(ref, 9)], forever),
    );
    const asking = await errorOf(
      connect({ shop: { identity: 'another.example' } }).product(toShopProductId(idFor(contestant, 999_999)), forever),
    );
    expect([reading.kind, writing.kind, asking.kind]).toEqual(['another-shop', 'another-shop', 'another-shop']);
    expect(shop.shelf[0]!.variants[0]!.quantity).toBe(1);
  });

  it('7: goes on with the shop it was added as', async () => {
    const { shop, connector, connect } = await openHarness(contestant);
    shop.add({ sku: 'CUP' });
    const { identity } = await connector.test(forever);
    expect(skusIn(await readAll(connect({ shop: { identity } })))).toEqual(['CUP']);
  });

  it('10: writes nothing where a simple product became variable, and names the new variants', async () => {
    const { shop, connector } = await openHarness(contestant);
    const shirt = shop.add({ sku: 'SHIRT', quantity: 2 });
    const { ref } = await listingWith(connector, 'SHIRT');
    shop.makeVariable(shirt.id, [{ sku: 'SHIRT-S', quantity: 5 }]);
    const [outcome] = await connector.push([quantityFor(ref, 9)], forever);
    expect(outcome?.kind).toBe('refused');
    expect(shop.product(shirt.id).variants.map((variant) => variant.quantity)).toEqual([5]);
    const family = await connector.product(toShopProductId(shirt.id), forever);
    expect(family.filter((listing) => listing.sellable === 'unit').map((listing) => listing.sku)).toEqual(['SHIRT-S']);
  });

  it('10: writes nothing where the variants are gone', async () => {
    const { shop, connector } = await openHarness(contestant);
    const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 5 }, { sku: 'SHIRT-M' }] });
    const { ref } = await listingWith(connector, 'SHIRT-S');
    shop.makeSimple(shirt.id, { quantity: 7 });
    expect(ends(await connector.push([quantityFor(ref, 9)], forever))).toEqual(['not-found-in-shop']);
    expect(shop.product(shirt.id).variants[0]!.quantity).toBe(7);
  });

  const stockless = contestant.stockless ?? (['bundle', 'gift-card'] as const);
  it.each(stockless)('12: lists a %s as having no stock', async (kind) => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'ODD', kind, quantity: 1 });
    shop.add({ sku: 'CUP', quantity: 1 });
    const listing = await listingWith(connector, 'ODD');
    expect(listing.sellable).toBe('not-stocked');
    // It is told what it is, beside what is told of everything else.
    const { shopSays } = await listingWith(connector, 'CUP');
    expect(listing.shopSays.startsWith(`${shopSays}, `)).toBe(true);
    expect(ends(await connector.push([quantityFor(listing.ref, 9)], forever))).toEqual(['not-a-unit']);
    expect(shop.shelf[0]!.variants[0]!.quantity).toBe(1);
  });

  const countable = contestant.countable ?? [];
  it.runIf(countable.length > 0).each(countable)(
    'C27: a %s that the shop counts is a unit, and is written',
    async (kind) => {
      const { shop, connector } = await openHarness(contestant);
      const { id } = shop.add({ sku: 'ODD', kind, quantity: 1, tracked: true });
      const listing = await listingWith(connector, 'ODD');
      expect(listing).toMatchObject({ sellable: 'unit', stock: { tracked: true, quantity: 1 } });
      expect(ends(await connector.push([quantityFor(listing.ref, 9)], forever))).toEqual(['set']);
      expect(shop.product(id).variants[0]!.quantity).toBe(9);
    },
  );

  it('14: reads a GTIN out of the barcode, and keeps what is none', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'GOOD', barcode: '5701234567899' });
    shop.add({ sku: 'BAD', barcode: '5701234567890' });
    expect((await listingWith(connector, 'GOOD')).gtin).toBe(parseGtin('5701234567899'));
    expect(await listingWith(connector, 'BAD')).toMatchObject({ barcode: '5701234567890' });
    expect((await listingWith(connector, 'BAD')).gtin).toBeUndefined();
  });
}
