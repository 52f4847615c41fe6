import { instantOf, parseGtin, toProductId, toShopId, toShopProductId, toSku } from '../../src/domain/ids.ts';
import type { Integration } from '../../src/domain/integration.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Product } from '../../src/domain/product.ts';
import { makeTables, type StoreTables } from '../../src/stores/tables/tables.ts';

export const shopIds = ['dk', 'no', 'se', 'de', 'eu'].map(toShopId);
const kinds = ['Sweater', 'Regnjakke', 'Støvle', 'Hue', 'Vante', 'Æblegrød', 'Kål', 'Sengetøj', 'Lampe', 'Tæppe'];
const colours = ['blå', 'rød', 'grøn', 'sort', 'hvid', 'gul', 'lyng', 'natblå', 'sand', 'grå'];

/** A whole number that looks thrown but is always the same for the same place. */
const mixed = (place: number): number => Math.imul(place ^ (place >>> 15), 2246822519) >>> 0;
const checked = (digits: string): string => {
  for (let last = 0; last < 10; last += 1) if (parseGtin(digits + last) !== undefined) return digits + last;
  return digits;
};

export const productAt = (place: number): Product => {
  const name = `${kinds[mixed(place) % 10]} ${colours[mixed(place + 7) % 10]} ${mixed(place) % 1000} str. ${36 + (place % 12)}`;
  return {
    id: toProductId(`p-${place.toString(36).padStart(6, '0')}`),
    sku: toSku(`NL-${String(mixed(place) % 10_000_000).padStart(7, '0')}-${place.toString(36)}`),
    gtin: parseGtin(checked(`571${String(place).padStart(9, '0')}`)),
    origin: 'shop',
    content: { name, price: { minor: 100 * (50 + (place % 900)), currency: 'DKK' } },
    stock: { onHand: place % 40, reserved: place % 3, at: instantOf(1_790_000_000_000) },
    createdAt: instantOf(1_780_000_000_000 + place),
  };
};
export const shopProductIdAt = (place: number, shop: number) =>
  toShopProductId(String(7_000_000_000 + mixed(place * 5 + shop)));

/** The same as a store holds it once its first shop has been read: one that follows no shop begins to with the next sync. */
const fetchedProductAt = (place: number): Product => ({
  ...productAt(place),
  contentFrom: { shopId: shopIds[0]!, shopProductId: shopProductIdAt(place, 0) },
});

/** Tables of so many integrations in five shops, with a listing to each. */
export function generateTables(integrations: number): StoreTables {
  const tables = makeTables();
  for (let place = 0; place < integrations / shopIds.length; place += 1) {
    const product = fetchedProductAt(place);
    tables.products.put(product);
    for (const [number, shopId] of shopIds.entries()) {
      const ref = { shopId, shopProductId: shopProductIdAt(place, number) };
      const { sku, gtin, content } = product;
      const seenAt = instantOf(1_790_000_000_000);
      const listing: Listing = {
        ref,
        ...{ activity: 'active', shopSays: 'publish', sellable: 'unit', sku, gtin, content, seenAt },
        stock: { tracked: true, quantity: place % 40 },
      };
      const integration: Integration = {
        productId: product.id,
        ref,
        ...{ createdAt: seenAt, by: { kind: 'program', name: 'sync' }, how: 'sync' },
        pushed: { quantity: place % 40, at: seenAt },
      };
      tables.listings.put(listing);
      tables.integrations.put(integration);
    }
  }
  return tables;
}
