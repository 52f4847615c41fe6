import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { refKey } from '../../src/domain/changes.ts';
import { type Instant, instantOf, later, millisecondsOf, parseGtin, toPlatformId } from '../../src/domain/ids.ts';
import type { Listing, Sale } from '../../src/domain/listing.ts';
import type { PlatformDriver } from '../../src/ports/platform.ts';
import type {
  Capabilities,
  ListingPage,
  PushOutcome,
  Quantity,
  ShopConnector,
} from '../../src/ports/shop-connector.ts';
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
  /** Orders alone are answered with this, while it is set. */
  orderTrouble: { readonly kind: ShopErrorKind; readonly status?: number; readonly said?: string } | undefined;
  /** The page at which the shop stops answering, counted from nought, once. */
  stopAtPage: number | undefined;
  /** It answers, but shows nothing. */
  empty: boolean;
  /** It shows no more than so many, as if that were all; by id it knows every one. */
  showsAtMost: number | undefined;
  /** How far its clock is ahead of ours, in milliseconds. */
  aheadMs: number;
  /** The zone that it says it is in. */
  timeZone: string | undefined;
  pageSize: number;
  identity: string;
  /** Whether it can be asked by GTIN. */
  findsGtin: boolean;
  /** Rows that cannot be read, by product id: shown as broken, and asked by id refused. */
  unreadable: ReadonlySet<string>;
  /** Asked by id it leaves out what cannot be read, as if it were not there; else it refuses. */
  leavesOut: boolean;
  /** Called before each page is answered. */
  onPage: (() => void) | undefined;
  /** The questions so far, by kind. */
  readonly asked: { pages: number; products: number; skus: number; gtins: number };
  /** Figures that were written, with what stood there before. */
  readonly written: { key: string; was: number | undefined; quantity: number }[];
  /** Called before each batch of figures is looked at. */
  onPush: (() => void) | undefined;
  /** What its pages showed so far. */
  readonly shown: Listing[];
};

export const makeCatalogue = (shopId: string, listings: readonly Listing[] = []): Catalogue => ({
  shopId,
  listings,
  sales: [],
  trouble: undefined,
  orderTrouble: undefined,
  stopAtPage: undefined,
  empty: false,
  showsAtMost: undefined,
  aheadMs: 0,
  timeZone: undefined,
  pageSize: 3,
  identity: `https://${shopId}.example`,
  findsGtin: false,
  unreadable: new Set(),
  leavesOut: false,
  onPage: undefined,
  asked: { pages: 0, products: 0, skus: 0, gtins: 0 },
  written: [],
  onPush: undefined,
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
    can: { ...capabilities, findByGtin: catalogue.findsGtin },
    identify: async () => {
      answer('asking who it is');
      return catalogue.identity;
    },
    test: async () => {
      answer('asking who it is');
      const { identity, timeZone } = catalogue;
      return { identity, timeZone, currency: 'DKK', permissions: [], warnings: [], choices: [] };
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
      if (catalogue.leavesOut && catalogue.unreadable.has(id)) return [];
      if (catalogue.unreadable.has(id))
        throw new ShopError('unintelligible', {
          shop: catalogue.shopId,
          doing: 'reading a product',
          said: `stock of ${id}`,
        });
      return catalogue.listings.filter(({ ref }) => ref.shopProductId === id).map(seen);
    },
    withSku: async (sku) => {
      answer('searching a SKU');
      catalogue.asked.skus += 1;
      return readable(catalogue)
        .filter((listing) => listing.sku === sku)
        .map(seen);
    },
    withGtin: async (barcode) => {
      answer('searching an EAN');
      catalogue.asked.gtins += 1;
      const gtin = parseGtin(barcode);
      const isIt = (listing: Listing): boolean =>
        (gtin !== undefined && listing.gtin === gtin) || listing.barcode === barcode;
      return readable(catalogue).filter(isIt).map(seen);
    },
    sales: async ({ since }) => {
      answer('reading orders');
      const { orderTrouble } = catalogue;
      if (orderTrouble !== undefined) {
        const { kind, ...detail } = orderTrouble;
        throw new ShopError(kind, { shop: catalogue.shopId, doing: 'reading orders', ...detail });
      }
      return { sales: catalogue.sales.filter(({ at }) => at >= since) };
    },
    push: async (quantities) => {
      answer('setting stock');
      catalogue.onPush?.();
      return quantities.map((quantity) => setInCatalogue(catalogue, quantity));
    },
  };
}

const readable = ({ listings, unreadable }: Catalogue): readonly Listing[] =>
  listings.filter(({ ref }) => !unreadable.has(ref.shopProductId));

/** A parent that changed is shown with all its variants, as shops do. */
function withFamilies(catalogue: Catalogue, changed: readonly Listing[]): readonly Listing[] {
  const families = new Set(changed.flatMap(({ ref, sellable }) => (sellable === 'parent' ? [ref.shopProductId] : [])));
  return catalogue.listings.filter((listing) => changed.includes(listing) || families.has(listing.ref.shopProductId));
}

function pageOf(
  catalogue: Catalogue,
  page: number,
  since: Instant | undefined,
  asOf: Instant,
  seen: (listing: Listing) => Listing,
): ListingPage {
  const changed = catalogue.listings.filter(({ changedAt }) => since === undefined || (changedAt ?? asOf) >= since);
  const all = catalogue.empty ? [] : withFamilies(catalogue, changed).slice(0, catalogue.showsAtMost);
  const end = (page + 1) * catalogue.pageSize;
  const shown = all.slice(page * catalogue.pageSize, end);
  const isReadable = ({ ref }: Listing): boolean => !catalogue.unreadable.has(ref.shopProductId);
  return {
    listings: shown.filter(isReadable).map(seen),
    broken: shown
      .filter((listing) => !isReadable(listing))
      .map(({ ref }) => ({
        shopProductId: ref.shopProductId,
        shopVariantId: ref.shopVariantId,
        where: 'stock_quantity',
        said: '76.5',
      })),
    next: end < all.length ? String(page + 1) : undefined,
    total: all.length,
    asOf,
  };
}

/** Reads the figure before it writes, as every connector does: another than was expected is not written over. */
function setInCatalogue(catalogue: Catalogue, { ref, quantity, expected }: Quantity): PushOutcome {
  const key = refKey(ref);
  const listing = catalogue.listings.find(({ ref }) => refKey(ref) === key);
  if (listing === undefined) return { ref, kind: 'refused', why: 'not-found-in-shop' };
  const was = listing.stock.quantity;
  if (listing.stock.unreadable !== undefined) return { ref, kind: 'refused', why: 'figure-unreadable' };
  if (expected !== undefined && was !== expected) return { ref, kind: 'stale', shopHas: was };
  if (was !== quantity) catalogue.written.push({ key, was, quantity });
  const set = { ...listing, stock: { ...listing.stock, quantity } };
  catalogue.listings = catalogue.listings.map((one) => (one === listing ? set : one));
  return { ref, kind: 'set', quantity, was };
}

/** A moment so many minutes after another. */
export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  instantOf(millisecondsOf(instant) + minutes * 60_000);
