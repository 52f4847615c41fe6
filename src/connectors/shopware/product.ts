import { parseSku, type ShopProductId, type Sku, toShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { refuseBroken } from '../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import type { Criteria, ShopwareApi } from './api.ts';
import { sameShop } from './identity.ts';
import { listingOf } from './map.ts';
import { rowsById, searchProducts, variantsOf, withInherited, withOwnBarcodes } from './rows.ts';
import { isId, productCriteria, type Row } from './schema.ts';

const doing = 'reading one product';

/** The product and all its variants; none when the shop truly does not know it. A variant's id brings its product. */
export async function productListings(
  api: ShopwareApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!isId(id)) return [];
  await sameShop(api, signal);
  const row = await rowAt(api, id, signal);
  if (row === undefined) return [];
  const product = row.parentId === undefined ? row : await rowAt(api, row.parentId, signal);
  if (product === undefined) return listingsOf(api, [row], signal);
  const { rows, broken } = await variantsOf(api, { parentIds: [product.id], doing }, signal);
  refuseBroken(api, broken, doing);
  return listingsOf(api, [product, ...rows], signal);
}

/** Several products with all their variants; none of those that are gone or unreadable, nor what is told of by a variant. */
export async function manyProducts(
  api: ShopwareApi,
  ids: readonly ShopProductId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopProductId, readonly Listing[]>> {
  await sameShop(api, signal);
  const asked = await rowsById(api, { ids: ids.filter(isId), doing }, signal);
  const products = [...asked.rows.values()].filter(({ parentId }) => parentId === undefined);
  const variants = await variantsOf(api, { parentIds: products.map(({ id }) => id), doing }, signal);
  const unclear = new Set([...asked.broken, ...variants.broken].map(({ shopProductId }) => shopProductId));
  // A row that names no product may be any of them.
  const whole = unclear.has(undefined) ? [] : products.filter(({ id }) => !unclear.has(id));
  const wholeIds = new Set(whole.map(({ id }) => id));
  const own = variants.rows.filter(({ parentId }) => wholeIds.has(parentId ?? ''));
  const listings = await listingsOf(api, [...whole, ...own], signal);
  const byProduct = Map.groupBy(listings, ({ ref }) => ref.shopProductId);
  return new Map(whole.map(({ id }) => [toShopProductId(id), byProduct.get(toShopProductId(id)) ?? []]));
}

async function listingsOf(api: ShopwareApi, rows: readonly Row[], signal: AbortSignal): Promise<readonly Listing[]> {
  const context = { shop: api.shop, seenAt: api.clock.now() };
  const whole = await withOwnBarcodes(api, await withInherited(api, rows, signal), signal);
  return whole.map((row) => listingOf(row, context));
}

async function rowAt(api: ShopwareApi, id: string, signal: AbortSignal): Promise<Row | undefined> {
  const { rows, broken } = await rowsById(api, { ids: [id], doing }, signal);
  refuseBroken(api, broken, doing);
  const row = rows.get(id);
  if (row === undefined) await confirmGone(api, id, signal);
  return row;
}

/** An empty list is no proof. Asked for by its address, the shop must say itself that there is no such product. */
async function confirmGone(api: ShopwareApi, id: string, signal: AbortSignal): Promise<void> {
  const answer = await api.ask({ path: `product/${id}`, doing }, signal);
  if (answer.ok) {
    throw api.trouble('unintelligible', { doing, found: `product ${id} is in no list, and yet it is there` });
  }
  if (answer.problem.status !== 404 || answer.problem.code !== 'FRAMEWORK__RESOURCE_NOT_FOUND') {
    throw api.errorOf(answer.problem, answer.reply);
  }
  const criteria = { page: 1, limit: 1, includes: { product: ['id'] } };
  const { rows } = await api.search({ entity: 'product', criteria, doing }, signal);
  if (rows.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
}

/** Shopware compares without regard to case: what is exactly so is sorted out here. */
async function search(
  api: ShopwareApi,
  query: { readonly filter: Criteria; readonly holds: (listing: Listing) => boolean; readonly doing: string },
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const criteria = {
    ...productCriteria,
    filter: [query.filter],
    sort: [{ field: 'autoIncrement', order: 'ASC' }],
  };
  const page = await searchProducts(api, { criteria, doing: query.doing }, signal);
  refuseBroken(api, page.broken, query.doing);
  return (await listingsOf(api, page.rows, signal)).filter(query.holds);
}

/** All listings with exactly this SKU. */
export const listingsWithSku = (api: ShopwareApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> =>
  search(
    api,
    {
      filter: { type: 'equals', field: 'productNumber', value: sku },
      holds: (listing) => listing.sku === parseSku(sku),
      doing: 'looking for a SKU',
    },
    signal,
  );

/** All listings with exactly this GTIN, or this text in `ean`. */
export async function listingsWithGtin(
  api: ShopwareApi,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (barcode.trim() === '') return [];
  const queries = spellingsOf(barcode).map((value) => ({ type: 'equals', field: 'ean', value }));
  return search(
    api,
    {
      filter: { type: 'multi', operator: 'OR', queries },
      holds: (listing) => carries(listing, barcode.trim()),
      doing: 'looking for a GTIN',
    },
    signal,
  );
}
