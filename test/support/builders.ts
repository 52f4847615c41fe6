import type { Actor } from '../../src/domain/actor.ts';
import {
  type Instant,
  type ListingRef,
  parseInstant,
  type ShopId,
  toPlatformId,
  toProductId,
  toRunId,
  toShopId,
  toShopProductId,
  toShopVariantId,
  toSku,
} from '../../src/domain/ids.ts';
import type { Integration, Tombstone } from '../../src/domain/integration.ts';
import type { Listing, Sale } from '../../src/domain/listing.ts';
import type { Mark } from '../../src/domain/mark.ts';
import type { Content, Money, Product } from '../../src/domain/product.ts';
import type { Run, RunCounts, Shop, ShopState } from '../../src/domain/shop.ts';
import type { LocationStock } from '../../src/domain/warehouse/location-stock.ts';

/** Builders: whole and ordinary records, of which a test says only what matters to it. */

export const instant = (text: string): Instant => parseInstant(text)!;
export const morning = instant('2026-11-24T08:00:00.000Z');
export const mette: Actor = { kind: 'person', name: 'mette' };
export const program: Actor = { kind: 'program', name: 'sync' };

/** `refTo('dk', '101')`, `refTo('dk', '101', '7')`. */
export const refTo = (shop: ShopId | string, product: string, variant?: string): ListingRef => ({
  shopId: toShopId(shop),
  shopProductId: toShopProductId(product),
  shopVariantId: variant === undefined ? undefined : toShopVariantId(variant),
});
export const kroner = (amount: number): Money => ({ minor: Math.round(amount * 100), currency: 'DKK' });

export const makeShop = (over: Partial<Shop> = {}): Shop => ({
  id: toShopId('dk'),
  name: 'Nordlys DK',
  platform: toPlatformId('woocommerce'),
  url: 'http://127.0.0.1:1/wp-json/wc/v3',
  country: 'DK',
  negative: 'send',
  paused: false,
  options: {},
  addedAt: instant('2026-01-01T00:00:00Z'),
  ...over,
});

export const makeContent = (over: Partial<Content> = {}): Content => ({
  name: 'Æblegrød på glas',
  description: 'Grød af danske æbler',
  imageUrl: 'https://nordlys.example/aeblegroed.jpg',
  price: kroner(49.95),
  ...over,
});

export const makeLocationStock = (over: Partial<LocationStock> = {}): LocationStock => ({
  productId: toProductId('p1'),
  location: 'A-1',
  onHand: 6,
  reserved: 1,
  available: 5,
  source: 'peakwms',
  at: morning,
  ...over,
});

export const makeProduct = (over: Partial<Product> = {}): Product => ({
  id: toProductId('p1'),
  sku: toSku('A-100'),
  origin: 'shop',
  contentFrom: refTo('dk', '101'),
  content: makeContent(),
  stock: { onHand: 12, reserved: 2, at: morning },
  createdAt: morning,
  ...over,
});

export const makeListing = (over: Partial<Listing> = {}): Listing => ({
  ref: refTo('dk', '101'),
  activity: 'active',
  shopSays: over.activity === undefined || over.activity === 'active' ? 'publish' : over.activity,
  sellable: 'unit',
  sku: toSku('A-100'),
  content: makeContent(),
  stock: { tracked: true, quantity: 10 },
  listedAt: instant('2026-02-01T00:00:00Z'),
  seenAt: morning,
  ...over,
});

export const makeIntegration = (over: Partial<Integration> = {}): Integration => ({
  productId: toProductId('p1'),
  ref: refTo('dk', '101'),
  createdAt: morning,
  by: program,
  how: 'sync',
  ...over,
});

export const makeTombstone = (over: Partial<Tombstone> = {}): Tombstone => ({
  integration: makeIntegration(),
  at: morning,
  by: mette,
  because: 'removed-by-user',
  ...over,
});

export const makeSale = (over: Partial<Sale> = {}): Sale => ({ ref: refTo('dk', '101'), at: morning, ...over });

export const makeMark = (over: Partial<Mark> = {}): Mark => ({
  productId: toProductId('p1'),
  kind: 'note',
  at: morning,
  by: 'mette',
  ...over,
});

export const noCounts: RunCounts = {
  seen: 0,
  productsCreated: 0,
  updated: 0,
  linked: 0,
  unlinked: 0,
  conflicts: 0,
  broken: 0,
};
export const makeRun = (over: Partial<Run> = {}): Run => ({
  id: toRunId('run-1'),
  shopId: toShopId('dk'),
  kind: 'full',
  startedAt: morning,
  endedAt: morning,
  status: 'finished',
  outcome: 'changed',
  counts: noCounts,
  ...over,
});

/** A shop that has been read once, to the end. */
export const makeShopState = (over: Partial<ShopState> = {}): ShopState => ({
  shopId: toShopId('dk'),
  run: makeRun(over.shopId === undefined ? {} : { shopId: over.shopId }),
  lastComplete: { runId: toRunId('run-1'), startedAt: morning, at: morning, listings: 1 },
  watermark: morning,
  lastAnswerAt: morning,
  ...over,
});
