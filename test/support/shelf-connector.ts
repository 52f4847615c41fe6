import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { refKey } from '../../src/domain/changes.ts';
import { type Instant, instantOf, later, millisecondsOf, toPlatformId } from '../../src/domain/ids.ts';
import type { Listing, Sale } from '../../src/domain/listing.ts';
import type { PlatformDriver } from '../../src/ports/platform.ts';
import type { Capabilities, ListingPage, ShopConnector } from '../../src/ports/shop-connector.ts';
import { ShopError, type ShopErrorKind } from '../../src/ports/shop-error.ts';
import type { HandClock } from './clock.ts';

/** A shop that is nothing but a shelf: it answers from what lies there now, as fast as it is asked. */
export type Shelf = {
  readonly shopId: string;
  /** What the shop has. The same id may lie here twice: a copy that kept it. */
  listings: readonly Listing[];
  sales: readonly Sale[];
  /** Every question is answered with this trouble, while it is set. */
  trouble: ShopErrorKind | undefined;
  /** The page at which the shop stops answering, counted from nought, once. */
  stopAtPage: number | undefined;
  /** It answers, but shows nothing. */
  empty: boolean;
  /** It shows no more than so many, as if that were all; by id it knows every one. */
  showsAtMost: number | undefined;
  /** How far its clock is ahead of ours, in milliseconds. */
  aheadMs: number;
  pageSize: number;
  identity: string;
  /** Called before each page is answered. */
  onPage: (() => void) | undefined;
  /** The questions so far, by kind. */
  readonly asked: { pages: number; products: number; skus: number };
  /** What its pages showed so far. */
  readonly shown: Listing[];
};

export const makeShelf = (shopId: string, listings: readonly Listing[] = []): Shelf => ({
  shopId,
  listings,
  sales: [],
  trouble: undefined,
  stopAtPage: undefined,
  empty: false,
  showsAtMost: undefined,
  aheadMs: 0,
  pageSize: 3,
  identity: `https://${shopId}.example`,
  onPage: undefined,
  asked: { pages: 0, products: 0, skus: 0 },
  shown: [],
});

const capabilities: Capabilities = {
  since: true,
  pushBatch: 100,
  compareAndSet: false,
  negative: true,
  findByGtin: false,
  stockPass: false,
  blindSpots: ['deletions-not-in-changes'],
};

/** WooCommerce's driver with the abilities of a shelf: services look at nothing else of it. */
export const shelfDriver: PlatformDriver = {
  ...wooCommerce,
  capabilities,
  normaliseUrl: (url) => (URL.canParse(url) ? { url } : { problem: 'not-a-url' }),
};

/** The connector to a shelf. The listings come in the order in which they lie; the clock is the test's own. */
export function shelfConnector(shelf: Shelf, clock: HandClock): ShopConnector {
  const answer = (doing: string): void => {
    if (shelf.trouble !== undefined) throw new ShopError(shelf.trouble, { shop: shelf.shopId, doing });
  };
  const seen = (listing: Listing): Listing => ({ ...listing, seenAt: clock.now() });
  return {
    platform: toPlatformId('woocommerce'),
    can: capabilities,
    test: async () => {
      answer('asking who it is');
      return { identity: shelf.identity, currency: 'DKK', permissions: [], warnings: [], choices: [] };
    },
    page: async ({ cursor, since }, signal) => {
      shelf.onPage?.();
      signal.throwIfAborted();
      answer('reading products');
      const page = Number(cursor ?? 0);
      if (shelf.stopAtPage === page) {
        shelf.stopAtPage = undefined;
        throw new ShopError('unreachable', { shop: shelf.shopId, doing: 'reading products' });
      }
      shelf.asked.pages += 1;
      const answered = pageOf(shelf, page, since, later(clock.now(), shelf.aheadMs), seen);
      shelf.shown.push(...answered.listings);
      return answered;
    },
    product: async (id) => {
      answer('reading a product');
      shelf.asked.products += 1;
      return shelf.listings.filter(({ ref }) => ref.shopProductId === id).map(seen);
    },
    withSku: async (sku) => {
      answer('searching a SKU');
      shelf.asked.skus += 1;
      return shelf.listings.filter((listing) => listing.sku === sku).map(seen);
    },
    sales: async ({ since }) => {
      answer('reading orders');
      return { sales: shelf.sales.filter(({ at }) => at >= since) };
    },
    push: async (quantities) => {
      answer('setting stock');
      return quantities.map(({ ref, quantity }) => setOnShelf(shelf, refKey(ref), quantity));
    },
  };
}

function pageOf(
  shelf: Shelf,
  page: number,
  since: Instant | undefined,
  asOf: Instant,
  seen: (listing: Listing) => Listing,
): ListingPage {
  const changed = shelf.listings.filter(({ changedAt }) => since === undefined || (changedAt ?? asOf) >= since);
  const all = shelf.empty ? [] : changed.slice(0, shelf.showsAtMost);
  const end = (page + 1) * shelf.pageSize;
  return {
    listings: all.slice(page * shelf.pageSize, end).map(seen),
    broken: [],
    next: end < all.length ? String(page + 1) : undefined,
    total: all.length,
    asOf,
  };
}

function setOnShelf(shelf: Shelf, key: string, quantity: number) {
  const listing = shelf.listings.find(({ ref }) => refKey(ref) === key);
  if (listing === undefined) throw new Error(`nothing on the shelf at ${key}`);
  const set = { ...listing, stock: { ...listing.stock, quantity } };
  shelf.listings = shelf.listings.map((one) => (one === listing ? set : one));
  return { ref: listing.ref, kind: 'set', quantity, was: listing.stock.quantity } as const;
}

/** A moment so many minutes after another. */
export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  instantOf(millisecondsOf(instant) + minutes * 60_000);
