import { z } from 'zod';
import { type Instant, instantOf, millisecondsOf, parseInstant, parseSku } from '../../domain/ids.ts';
import type { ListingPage, StockPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { listStart, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import { readVariantRows } from '../driver-parts/rows/variant-rows.ts';
import type { MedusaApi } from './api.ts';
import { sameShop } from './identity.ts';
import { contextOf, type List, listingsOfProduct, listingsOfVariants, listPage } from './lists.ts';
import { stockOf, variantRef } from './map.ts';
import { productFields, stockFields, stockSchema, variantFields } from './wire.ts';

/** The parts of a reading: everything is in products; changes are in variants that changed and products that did. */
const parts = ['products', 'changed-variants', 'changed-products', 'stock'] as const;
const cursorSchema = z.object({ part: z.enum(parts), since: z.string().optional(), place: offsetPlaceSchema });
type Cursor = z.infer<typeof cursorSchema>;

const written = (cursor: Cursor): string => JSON.stringify(cursor);

const productsAtOnce = 100;
const variantsAtOnce = 100;
const stockAtOnce = 500;

const productList = (doing: string): List => ({
  kind: 'products',
  fields: productFields,
  limit: productsAtOnce,
  doing,
});
export const variantList = (doing: string): List => ({
  kind: 'variants',
  fields: variantFields,
  limit: variantsAtOnce,
  doing,
});

/** One page of everything, or of what changed at or after a moment. */
export async function readPage(
  api: MedusaApi,
  { cursor: text, since }: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const cursor = readCursor(cursorSchema, text);
  const isOurs = cursor !== undefined && cursor.since === since && cursor.part !== 'stock';
  if (!isOurs) await sameShop(api, signal, true);
  const start: Cursor = { part: since === undefined ? 'products' : 'changed-variants', since, place: listStart };
  const at = isOurs ? cursor : start;
  const page =
    since === undefined ? wholePage : at.part === 'changed-products' ? changedProductsPage : changedVariantsPage;
  return page(api, at, signal);
}

async function wholePage(api: MedusaApi, cursor: Cursor, signal: AbortSignal): Promise<ListingPage> {
  const page = await listPage(api, productList('reading products'), cursor.place, signal);
  const context = await contextOf(api, signal);
  const mapped = page.rows.map((row) => listingsOfProduct(row, context));
  return {
    listings: mapped.flatMap(({ listings }) => listings),
    broken: mapped.flatMap(({ broken }) => broken),
    next: page.next === undefined ? undefined : written({ ...cursor, place: page.next }),
    total: page.total,
    asOf: page.asOf,
  };
}

/**
 * Medusa leaves out a filter that it does not understand (`[gt]` for `[$gt]`) and shows everything, so each row is
 * looked at.
 */
const changedSince = (since: string) => ({ 'updated_at[$gte]': since });

async function changedVariantsPage(api: MedusaApi, cursor: Cursor, signal: AbortSignal): Promise<ListingPage> {
  const since = cursor.since ?? '';
  const list = { ...variantList('reading changes'), filter: changedSince(since) };
  const page = await listPage(api, list, cursor.place, signal);
  refuseIgnoredFilter(api, page.rows, since);
  const { listings, broken } = listingsOfVariants(page.rows, await contextOf(api, signal));
  const next: Cursor =
    page.next === undefined ? { part: 'changed-products', since, place: listStart } : { ...cursor, place: page.next };
  return { listings, broken, next: written(next), asOf: page.asOf };
}

/** A product's status is all its variants', and moves no date of theirs. */
async function changedProductsPage(api: MedusaApi, cursor: Cursor, signal: AbortSignal): Promise<ListingPage> {
  const since = cursor.since ?? '';
  const list = { ...productList('reading changes'), filter: changedSince(since) };
  const page = await listPage(api, list, cursor.place, signal);
  refuseIgnoredFilter(api, page.rows, since);
  const context = await contextOf(api, signal);
  const mapped = page.rows.map((row) => listingsOfProduct(row, context));
  return {
    listings: mapped.flatMap(({ listings }) => listings),
    broken: mapped.flatMap(({ broken }) => broken),
    next: page.next === undefined ? undefined : written({ ...cursor, place: page.next }),
    asOf: page.asOf,
  };
}

const datedSchema = z.object({ id: z.string(), updated_at: z.string() });

function refuseIgnoredFilter(api: MedusaApi, rows: readonly unknown[], since: string): void {
  const bound = Math.floor(millisecondsOf(instantOf(Date.parse(since))) / 1000) * 1000;
  for (const row of rows) {
    const read = datedSchema.safeParse(row);
    const at = read.success ? parseInstant(read.data.updated_at) : undefined;
    if (!read.success || at === undefined || millisecondsOf(at) >= bound) continue;
    throw ignoredDate(api.trouble, read.data.id);
  }
}

/** One page of what lies in stock everywhere: a figure moves the date of its level alone, which no list of changes has. */
export async function readStockPage(
  api: MedusaApi,
  request: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const cursor = readCursor(cursorSchema, request.cursor);
  if (cursor?.part !== 'stock') await sameShop(api, signal, true);
  const list: List = { kind: 'variants', fields: stockFields, limit: stockAtOnce, doing: 'reading stock' };
  const page = await listPage(api, list, cursor?.part === 'stock' ? cursor.place : listStart, signal);
  const { rows, broken } = readVariantRows(stockSchema, page.rows, 'product_id');
  const context = await contextOf(api, signal);
  return {
    rows: rows.map((variant) => ({
      ref: variantRef(api.shop, variant.product_id ?? '', variant.id),
      sku: parseSku(variant.sku ?? ''),
      stock: stockOf(variant, context),
    })),
    broken,
    next: page.next === undefined ? undefined : written({ part: 'stock', place: page.next }),
    asOf: page.asOf,
  };
}
