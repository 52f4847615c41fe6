import { z } from 'zod';
import { type Instant, instantOf, millisecondsOf, parseSku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { BrokenRow, ListingPage, StockPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { listStart, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import type { VendureApi } from './api.ts';
import { productsDocument, stockDocument, variantsDocument } from './documents.ts';
import { type List, type ListPage, listPage, wholeList } from './lists.ts';
import { type Context, isParent, parentListing, stockOf, variantListing, variantRef } from './map.ts';
import { productSchema, stockSchema, type VendureProduct, type VendureVariant, variantSchema } from './wire.ts';

/** The parts of a reading: what is sold, then the products it is sold under. */
const parts = ['variants', 'products', 'changed-variants', 'changed-products', 'stock'] as const;
const cursorSchema = z.object({ part: z.enum(parts), since: z.string().optional(), place: offsetPlaceSchema });
type Cursor = z.infer<typeof cursorSchema>;

export const needsCatalog = 'ReadCatalog';

export const variantsOf = (api: VendureApi, doing: string): List<VendureVariant> => ({
  document: variantsDocument(api.options),
  schema: variantSchema,
  doing,
  needs: needsCatalog,
});
export const productsOf = (doing: string): List<VendureProduct> => ({
  document: productsDocument,
  schema: productSchema,
  doing,
  needs: needsCatalog,
});

export const contextOf = (api: VendureApi, page: Pick<ListPage<unknown>, 'channel' | 'asOf' | 'told'>): Context => ({
  shop: api.shop,
  options: api.options,
  channel: page.channel,
  seenAt: api.clock.now(),
  told: page.told,
});

/** One page of everything, or of what changed at or after a moment. */
export function readPage(
  api: VendureApi,
  request: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const since = request.since === undefined ? undefined : wholeSecond(request.since);
  const cursor = readCursor(cursorSchema, request.cursor);
  const isOurs = cursor !== undefined && cursor.since === since && cursor.part !== 'stock';
  const start: Cursor = { part: since === undefined ? 'variants' : 'changed-variants', since, place: listStart };
  const at = isOurs ? cursor : start;
  if (since !== undefined) return changesPage(api, at, { since, signal });
  return at.part === 'products' ? parentsPage(api, at, signal) : variantsPage(api, at, signal);
}

/** SQLite keeps the moment of creation in whole seconds: a row of this very second would look older than it is. */
const wholeSecond = (instant: Instant): Instant => instantOf(Math.floor(millisecondsOf(instant) / 1000) * 1000);

async function variantsPage(api: VendureApi, cursor: Cursor, signal: AbortSignal): Promise<ListingPage> {
  const page = await listPage(api, variantsOf(api, 'reading products'), cursor.place, signal);
  const { broken, next, total, asOf } = page;
  const listings = page.rows.map((variant) => variantListing(variant, contextOf(api, page)));
  return {
    listings,
    broken,
    next: written(next === undefined ? { part: 'products', place: listStart } : { ...cursor, place: next }),
    total,
    asOf,
  };
}

/** Most products of most shops are their only variant, and are passed over here: many a page. */
const parentsAtOnce = 500;

async function parentsPage(api: VendureApi, cursor: Cursor, signal: AbortSignal): Promise<ListingPage> {
  const list = { ...productsOf('reading products'), take: parentsAtOnce };
  const page = await listPage(api, list, cursor.place, signal);
  const { broken, next, asOf } = page;
  const listings = page.rows.filter(isParent).map((product) => parentListing(product, contextOf(api, page)));
  return { listings, broken, next: next === undefined ? undefined : written({ ...cursor, place: next }), asOf };
}

const written = (cursor: Cursor): string => JSON.stringify(cursor);

type Changes = { readonly since: Instant; readonly signal: AbortSignal };

/**
 * Variants whose own date moved, then products whose date did, with all their variants: hiding a product moves no
 * variant's date. A sale moves neither (it is an allocation), so changes never show all stock.
 */
async function changesPage(api: VendureApi, cursor: Cursor, changes: Changes): Promise<ListingPage> {
  return cursor.part === 'changed-products'
    ? changedProductsPage(api, cursor, changes)
    : changedVariantsPage(api, cursor, changes);
}

/** The bound is exclusive, so one millisecond earlier is asked for. */
const changedSince = (since: Instant) => ({ updatedAt: { after: instantOf(millisecondsOf(since) - 1) } });

async function changedVariantsPage(api: VendureApi, cursor: Cursor, { since, signal }: Changes): Promise<ListingPage> {
  const list = { ...variantsOf(api, 'reading changes'), filter: changedSince(since) };
  const page = await listPage(api, list, cursor.place, signal);
  refuseIgnoredFilter(api, page.rows, since);
  const { broken, next, asOf } = page;
  const listings = page.rows.map((variant) => variantListing(variant, contextOf(api, page)));
  const goesOn =
    next === undefined ? { part: 'changed-products' as const, since, place: listStart } : { ...cursor, place: next };
  return { listings, broken, next: written(goesOn), asOf };
}

/** Fewer products a page, since each brings all its variants. */
const productsAtOnce = 25;

async function changedProductsPage(api: VendureApi, cursor: Cursor, { since, signal }: Changes): Promise<ListingPage> {
  const list = { ...productsOf('reading changes'), filter: changedSince(since), take: productsAtOnce };
  const page = await listPage(api, list, cursor.place, signal);
  refuseIgnoredFilter(api, page.rows, since);
  const listings: Listing[] = page.rows.filter(isParent).map((product) => parentListing(product, contextOf(api, page)));
  const broken: BrokenRow[] = [...page.broken];
  if (page.rows.length > 0) {
    const filter = { productId: { in: page.rows.map(({ id }) => id) } };
    for (const own of await wholeList(api, { ...variantsOf(api, 'reading changes'), filter }, signal)) {
      listings.push(...own.rows.map((variant) => variantListing(variant, contextOf(api, own))));
      broken.push(...own.broken);
    }
  }
  const { next, asOf } = page;
  return { listings, broken, next: next === undefined ? undefined : written({ ...cursor, place: next }), asOf };
}

function refuseIgnoredFilter(
  api: VendureApi,
  rows: readonly { readonly id: string; readonly updatedAt?: Instant }[],
  since: Instant,
): void {
  const older = rows.find(({ updatedAt }) => updatedAt !== undefined && updatedAt < since);
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id);
}

/** One page of what lies in stock everywhere: a sale moves no date, so only a look at everything shows it. */
export async function readStockPage(
  api: VendureApi,
  request: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const cursor = readCursor(cursorSchema, request.cursor);
  const place = cursor?.part === 'stock' ? cursor.place : listStart;
  const list = {
    document: stockDocument,
    schema: stockSchema,
    doing: 'reading stock',
    needs: needsCatalog,
    take: stockAtOnce,
  };
  const page = await listPage(api, list, place, signal);
  const rows = page.rows.map((variant) => ({
    ref: variantRef(api.shop, variant.productId, variant.id),
    sku: parseSku(variant.sku ?? ''),
    stock: stockOf(variant, { channel: page.channel, options: api.options, told: page.told }),
  }));
  const { broken, next, asOf } = page;
  return { rows, broken, next: next === undefined ? undefined : written({ part: 'stock', place: next }), asOf };
}

const stockAtOnce = 500;
