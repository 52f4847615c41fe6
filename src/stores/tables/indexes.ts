import { refKey } from '../../domain/changes.ts';
import type { Conflict, Ruling } from '../../domain/conflict.ts';
import { barcodeKey, looseSku } from '../../domain/ids.ts';
import type { Integration, Tombstone } from '../../domain/integration.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import { type Product, warehouseCode } from '../../domain/product.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import { keyInShop } from './key-in-shop.ts';
import type { IndexShape } from './table.ts';

const maybe = (key: string | undefined): readonly string[] => (key === undefined ? [] : [key]);

export const productBySku: IndexShape<Product> = { keysOf: ({ sku }) => maybe(sku) };
export const productByGtin: IndexShape<Product> = { keysOf: ({ gtin }) => maybe(gtin) };
/** By the listing that a product was first fetched from and follows. */
export const productByOrigin: IndexShape<Product> = {
  keysOf: ({ contentFrom }) => maybe(contentFrom === undefined ? undefined : refKey(contentFrom)),
};
export const productByLooseSku: IndexShape<Product> = {
  keysOf: ({ sku }) => maybe(sku === undefined ? undefined : looseSku(sku)),
};

export const productByFormerSku: IndexShape<Product> = { keysOf: ({ formerSkus }) => formerSkus ?? [] };

export const productByWarehouse: IndexShape<Product> = {
  keysOf: ({ warehouse }) => maybe(warehouse && warehouseCode(warehouse)),
};

// A listing is found by whatever lies under its id, also by a copy beside the thing in front.
const distinct = (listing: Listing, keyOf: (one: Listing) => string | undefined): readonly string[] =>
  listing.beside === undefined
    ? maybe(keyOf(listing))
    : [...new Set(listingsUnderId(listing).flatMap((one) => maybe(keyOf(one))))];

export const listingBySku: IndexShape<Listing> = { keysOf: (listing) => distinct(listing, ({ sku }) => sku) };
export const listingByGtin: IndexShape<Listing> = { keysOf: (listing) => distinct(listing, ({ gtin }) => gtin) };
export const listingByBarcode: IndexShape<Listing> = {
  keysOf: (listing) => distinct(listing, ({ barcode }) => (barcode === undefined ? undefined : barcodeKey(barcode))),
};
export const listingByLooseSku: IndexShape<Listing> = {
  keysOf: (listing) => distinct(listing, ({ sku }) => (sku === undefined ? undefined : looseSku(sku))),
};
/** Only variants: a listing without one is found by its own key. */
export const variantByProductId: IndexShape<Listing> = {
  keysOf: ({ ref }) => (ref.shopVariantId === undefined ? [] : [ref.shopProductId]),
  perPartition: true,
};
/** By the reading that showed it last: what may have variants, as those are found from it. */
export const listingByReading: IndexShape<Listing> = {
  keysOf: ({ ref, seenIn }) => (ref.shopVariantId === undefined ? maybe(seenIn) : []),
  perPartition: true,
};
export const listingByVariantId: IndexShape<Listing> = {
  keysOf: ({ ref }) => maybe(ref.shopVariantId),
  perPartition: true,
};

export const integrationAtRef: IndexShape<Integration> = { keysOf: ({ ref }) => [keyInShop(ref)], perPartition: true };
export const tombstoneAtRef: IndexShape<Tombstone> = {
  keysOf: ({ integration }) => [keyInShop(integration.ref)],
  perPartition: true,
};
export const rulingAtRef: IndexShape<Ruling> = { keysOf: ({ ref }) => [keyInShop(ref)], perPartition: true };
export const stockLevelOfProduct: IndexShape<LocationStock> = { keysOf: ({ productId }) => [productId] };
export const markOfProduct: IndexShape<Mark> = { keysOf: ({ productId }) => [productId] };

const contenders = (conflict: Conflict): readonly string[] => {
  switch (conflict.kind) {
    case 'shop-id-taken':
      return [...new Set([conflict.holder, conflict.claimant])];
    case 'sku-changed':
      return [conflict.holder];
    case 'product-taken':
      return [conflict.product];
    case 'ambiguous':
      return [...new Set(conflict.candidates)];
    default:
      return conflict satisfies never;
  }
};
export const conflictOfProduct: IndexShape<Conflict> = { keysOf: contenders };
