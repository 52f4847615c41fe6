import { z } from 'zod';
import { type Instant, instantOf, later, millisecondsOf, parseInstant, parseSku } from '../../domain/ids.ts';
import type { ListingPage, StockPage, StockRow } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { localBound, localText } from '../driver-parts/local-time.ts';
import { listStart, offsetPage, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import { ownSku } from '../driver-parts/own-identifiers.ts';
import { listingsOf, productRef, sellableOf, stockOf, variantRef } from './map.ts';
import { type RawBatch, rawProducts, readBatch, type Sessions } from './requests.ts';
import { rawIdOf, type WebshopProduct } from './schema.ts';
import type { Session, WebshopApi } from './session.ts';
import { sameShop } from './test-connection.ts';

/** Proven on a live shop: about a millisecond and half a kilobyte for each product. */
const maxRows = 500;
const maxThinRows = 1000;

const placeSchema = z.object({ place: offsetPlaceSchema });

/** Rows by position, each page with one row of the page before. */
async function pageAt(
  api: WebshopApi,
  at: {
    readonly session: Session;
    readonly cursor: string | undefined;
    readonly length: number;
    readonly doing: string;
  },
  signal: AbortSignal,
) {
  const { session, doing, length } = at;
  const ask = (offset: number): Promise<RawBatch> => {
    const given = { Start: String(offset), Length: String(length) };
    return rawProducts({ api, session }, { operation: 'Product_GetAllWithLimit', given, doing }, signal);
  };
  const stuck = (found: string): Error => api.trouble('unintelligible', { doing, found, distrusted: true });
  const place = readCursor(placeSchema, at.cursor)?.place ?? listStart;
  const { answer, fresh, next } = await offsetPage({ ask, keyOf, stuck }, place);
  return { answer, fresh, next: next === undefined ? undefined : JSON.stringify({ place: next }) };
}

/** Two rows of one id with different item numbers are two things that a shop shows under one id. */
function keyOf(row: unknown): string {
  const number = typeof row === 'object' && row !== null && 'ItemNumber' in row ? row.ItemNumber : undefined;
  return `${rawIdOf(row) ?? ''} ${typeof number === 'string' ? number : ''}`;
}

type PageRequest = { readonly cursor?: string; readonly since?: Instant };

/** One page of everything, or of what changed since a moment. */
export async function listingPage(sessions: Sessions, request: PageRequest, signal: AbortSignal): Promise<ListingPage> {
  const { api, products: session } = sessions;
  const { cursor, since } = request;
  if (cursor === undefined) await sameShop(sessions, signal, true);
  if (since !== undefined) return changesPage(sessions, { since, cursor }, signal);
  const doing = 'reading products';
  const { answer, fresh, next } = await pageAt(api, { session, cursor, length: maxRows, doing }, signal);
  return { ...pageOf(api, fresh), next, asOf: answer.date ?? api.clock.now() };
}

function pageOf(api: WebshopApi, rows: readonly unknown[]): Pick<ListingPage, 'listings' | 'broken'> {
  const { products, broken } = readBatch(api, rows);
  const context = { shop: api.shop, options: api.options, seenAt: api.clock.now() };
  return { listings: products.flatMap((one) => listingsOf(one, context)), broken };
}

/** One page of ids, item numbers and stock alone: a write of stock moves no date, so changes do not show it. */
export async function stockPage(
  { api, stock: session }: Sessions,
  { cursor }: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const doing = 'reading stock';
  const { answer, fresh, next } = await pageAt(api, { session, cursor, length: maxThinRows, doing }, signal);
  const { products, broken } = readBatch(api, fresh);
  return { rows: products.flatMap((one) => stockRows(api, one)), broken, next, asOf: answer.date ?? api.clock.now() };
}

function stockRows({ shop, options }: WebshopApi, product: WebshopProduct): readonly StockRow[] {
  if (sellableOf(product) !== 'parent') {
    const sku = parseSku(product.ItemNumber ?? '');
    return [{ ref: productRef(shop, product.Id), sku, stock: stockOf(product, product, options) }];
  }
  return product.variants.map((variant) => ({
    ref: variantRef(shop, product.Id, variant.Id),
    sku: ownSku(variant.ItemNumber, product.ItemNumber),
    stock: stockOf(variant, product, options),
  }));
}

const dayMs = 86_400_000;
/** The end of the last stretch lies far ahead: a shop's clock may be wrong by more than a little. */
const aheadMs = 366 * dayMs;

const changesSchema = z.object({ from: z.string() });

/**
 * What changed in one day. The call has no pages, so time is what is cut into pieces: a product that changes meanwhile
 * moves on into a later piece and is never missed.
 */
async function changesPage(
  { api, products: session }: Sessions,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<ListingPage> {
  const doing = 'reading changes';
  const { timeZone } = api.options;
  const now = millisecondsOf(api.clock.now());
  const written = readCursor(changesSchema, request.cursor)?.from;
  const from = (written === undefined ? undefined : parseInstant(written)) ?? request.since;
  const to = millisecondsOf(from) + dayMs;
  const last = to >= now;
  const given = {
    Start: dateText(localBound(from, timeZone)),
    End: dateText(localText(last ? instantOf(now + aheadMs) : instantOf(to), timeZone)),
  };
  const question = { operation: 'Product_GetByUpdatedDate' as const, given, doing };
  const { rows, date } = await rawProducts({ api, session }, question, signal);
  const { products, broken } = readBatch(api, rows);
  const bound = later(request.since, -3 * 3_600_000);
  const older = products.find(({ DateUpdated }) => DateUpdated !== undefined && DateUpdated < bound);
  if (older !== undefined) {
    throw ignoredDate(api.trouble, older.Id);
  }
  const context = { shop: api.shop, options: api.options, seenAt: api.clock.now() };
  return {
    listings: products.flatMap((one) => listingsOf(one, context)),
    broken,
    next: last ? undefined : JSON.stringify({ from: instantOf(to) }),
    asOf: date ?? api.clock.now(),
  };
}

/** `yyyy-mm-dd hh:mm:ss`. */
export const dateText = (local: string): string => local.replace('T', ' ');
