import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { refKey } from '../../src/domain/changes.ts';
import { type Instant, instantOf, later, millisecondsOf, toPlatformId } from '../../src/domain/ids.ts';
import type { Listing, Sale } from '../../src/domain/listing.ts';
import type { PlatformDriver } from '../../src/ports/platform.ts';
import type { Capabilities, ListingPage, ShopConnector } from '../../src/ports/shop-connector.ts';
import { ShopError, type ShopErrorKind } from '../../src/ports/shop-error.ts';
import type { ManualClock } from './clock.ts';

/** A shop that is nothing but a catalogue: it answers from what is there now, as fast as it is asked. */
export type Catalogue = {
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

export const makeCatalogue = (shopId: string, listings: readonly Listing[] = []): Catalogue => ({
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

/** WooCommerce's driver with the capabilities of a catalogue: services look at nothing else of it. */
export const catalogueDriver: PlatformDriver = {
  ...wooCommerce,
  capabilities,
  normaliseUrl: (url) => (URL.canParse(url) ? { url } : { problem: 'not-a-url' }),
};

/** The connector to a catalogue. The listings come in the order in which they lie; the clock is the test's own. */
export function catalogueConnector(catalogue: Catalogue, clock: ManualClock): ShopConnector {
  const answer = (doing: string): void => {
    if (catalogue.trouble !== undefined) throw new ShopError(catalogue.trouble, { shop: catalogue.shopId, doing });
  };
  const seen = (listing: Listing): Listing => ({ ...listing, seenAt: clock.now() });
  return {
    platform: toPlatformId('woocommerce'),
    can: capabilities,
    test: async () => {
      answer('asking who it is');
      return { identity: catalogue.identity, currency: 'DKK', permissions: [], warnings: [], choices: [] };
    },
    page: async ({ cursor, since }, signal) => {
      catalogue.onPage?.();
      signal.throwIfAborted();
      answer('reading products');
      const page = Number(cursor ?? 0);
      if (catalogue.stopAtPage === page) {
        catalogue.stopAtPage = undefined;
        throw new ShopError('unreachable', { shop: catalogue.shopId, doing: 'reading products' });
      }
      catalogue.asked.pages += 1;
      const answered = pageOf(catalogue, page, since, later(clock.now(), catalogue.aheadMs), seen);
      catalogue.shown.push(...answered.listings);
      return answered;
    },
    product: async (id) => {
      answer('reading a product');
      catalogue.asked.products += 1;
      return catalogue.listings.filter(({ ref }) => ref.shopProductId === id).map(seen);
    },
    withSku: async (sku) => {
      answer('searching a SKU');
      catalogue.asked.skus += 1;
      return catalogue.listings.filter((listing) => listing.sku === sku).map(seen);
    },
    sales: async ({ since }) => {
      answer('reading orders');
      return { sales: catalogue.sales.filter(({ at }) => at >= since) };
    },
    push: async (quantities) => {
      answer('setting stock');
      return quantities.map(({ ref, quantity }) => setInCatalogue(catalogue, refKey(ref), quantity));
    },
  };
}

function pageOf(
  catalogue: Catalogue,
  page: number,
  since: Instant | undefined,
  asOf: Instant,
  seen: (listing: Listing) => Listing,
): ListingPage {
  const changed = catalogue.listings.filter(({ changedAt }) => since === undefined || (changedAt ?? asOf) >= since);
  const all = catalogue.empty ? [] : changed.slice(0, catalogue.showsAtMost);
  const end = (page + 1) * catalogue.pageSize;
  return {
    listings: all.slice(page * catalogue.pageSize, end).map(seen),
    broken: [],
    next: end < all.length ? String(page + 1) : undefined,
    total: all.length,
    asOf,
  };
}

function setInCatalogue(catalogue: Catalogue, key: string, quantity: number) {
  const listing = catalogue.listings.find(({ ref }) => refKey(ref) === key);
  if (listing === undefined) throw new Error(`nothing in the catalogue at ${key}`);
  const set = { ...listing, stock: { ...listing.stock, quantity } };
  catalogue.listings = catalogue.listings.map((one) => (one === listing ? set : one));
  return { ref: listing.ref, kind: 'set', quantity, was: listing.stock.quantity } as const;
}

/** A moment so many minutes after another. */
export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  instantOf(millisecondsOf(instant) + minutes * 60_000);
