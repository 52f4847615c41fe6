import type { Conflict, Ruling } from './conflict.ts';
import type { DomainEvent } from './event.ts';
import type { ListingRef, ProductId, ShopId } from './ids.ts';
import type { Integration, Tombstone } from './integration.ts';
import type { Listing, Sale } from './listing.ts';
import type { Mark } from './mark.ts';
import type { Product } from './product.ts';
import type { PushPlan } from './push-plan.ts';
import type { Shop, ShopState } from './shop.ts';
import type { LocationStock } from './warehouse/location-stock.ts';

/** Every kind of record that is kept. History (events) is kept beside them and rebuilds nothing. */
export type Tables = {
  shops: Shop;
  shopStates: ShopState;
  products: Product;
  stockLevels: LocationStock;
  listings: Listing;
  integrations: Integration;
  tombstones: Tombstone;
  conflicts: Conflict;
  rulings: Ruling;
  sales: Sale;
  marks: Mark;
  plans: PushPlan;
};
export type TableName = keyof Tables;

/** A record's natural key as one text. */
export type RecordKey = string;

/** Records to write and to take away, and what happened: written all or none. */
export type Changes = {
  readonly put: { readonly [Name in TableName]?: readonly Tables[Name][] };
  readonly drop: { readonly [Name in TableName]?: readonly RecordKey[] };
  readonly events: readonly DomainEvent[];
};
export const noChanges: Changes = { put: {}, drop: {}, events: [] };

// The separator cannot stand in an id: control characters are stripped where ids come in.
const separator = '\u001f';

/** The key of a listing: (shop, shop product id, variant id). */
export const refKey = (ref: ListingRef): RecordKey =>
  ref.shopVariantId === undefined
    ? ref.shopId + separator + ref.shopProductId
    : ref.shopId + separator + ref.shopProductId + separator + ref.shopVariantId;

/** Whether two references name the same listing. */
export const sameRef = (a: ListingRef, b: ListingRef): boolean =>
  a.shopId === b.shopId && a.shopProductId === b.shopProductId && a.shopVariantId === b.shopVariantId;

/** The key of a product's place in a shop: of its integration and its tombstone. */
export const placeKey = (productId: ProductId, shopId: ShopId): RecordKey => productId + separator + shopId;

/** How each record is found: the natural keys that make the two laws (I1, I2). */
export const keyOf: { readonly [Name in TableName]: (record: Tables[Name]) => RecordKey } = {
  shops: (shop) => shop.id,
  shopStates: (state) => state.shopId,
  products: (product) => product.id,
  stockLevels: ({ productId, location }) => productId + separator + location,
  listings: (listing) => refKey(listing.ref),
  integrations: (integration) => placeKey(integration.productId, integration.ref.shopId),
  tombstones: (tombstone) => placeKey(tombstone.integration.productId, tombstone.integration.ref.shopId),
  conflicts: (conflict) => refKey(conflict.ref),
  rulings: (ruling) =>
    refKey(ruling.ref) +
    separator +
    ruling.kind +
    separator +
    (ruling.kind === 'not-the-same' ? ruling.productId : ruling.settled),
  sales: (sale) => refKey(sale.ref),
  marks: (mark) => mark.productId + separator + (mark.shopId ?? '') + separator + mark.kind,
  plans: (plan) => plan.id,
};
