import { z } from 'zod';
import { parseSku, type ShopProductId, type Sku, toShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { id as idReader, readRow } from '../decode.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { refuseBroken, unreadableRow } from '../driver-parts/rows/broken-row.ts';
import { showsNothing, showsOther } from '../driver-parts/shows-nothing.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { type Family, familiesById, familyOf, listFamilies } from './catalog.ts';
import { sameShop } from './identity.ts';
import { listingsOf } from './map.ts';
import { chosenFigures, contextOf } from './pages.ts';
import { isId, productSchema } from './schema.ts';

const doing = 'reading one product';

/** The product and all its variants; none when the shop truly does not know it. */
export async function productListings(
  api: BigCommerceApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!isId(id)) return [];
  await sameShop(api, signal);
  const query = { include: 'variants,primary_image' };
  const question = { path: `v3/catalog/products/${id}`, query, doing, scope: scopes.products };
  const answer = await api.ask(question, signal);
  if (!answer.ok) {
    // A page for people is a host's; the API says in JSON that it knows no such product.
    if (answer.problem.status !== 404 || answer.problem.said === undefined) throw answer.error;
    await confirmGone(api, id, signal);
    return [];
  }
  const held = z.object({ data: z.unknown() }).safeParse(answer.body);
  const read = readRow(productSchema, held.data?.data);
  if (!read.ok) throw unreadableRow(api, doing, { ...read.broken, shopProductId: id });
  const { family, broken } = familyOf(read.value);
  if (family.product.id !== String(id))
    throw api.trouble('unintelligible', { doing, found: showsOther(id, family.product.id) });
  refuseBroken(api, broken, doing);
  return answerOf(api, [family], signal);
}

/** Several products with all their variants; none of those that are gone or cannot be read whole. */
export async function manyProducts(
  api: BigCommerceApi,
  ids: readonly ShopProductId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopProductId, readonly Listing[]>> {
  await sameShop(api, signal);
  const { families, broken } = await familiesById(api, { ids: ids.filter(isId), doing }, signal);
  const unclear = new Set(broken.map(({ shopProductId }) => shopProductId));
  const whole = [...families.values()].filter(({ product }) => !unclear.has(product.id));
  const figures = await chosenFigures(api, { families: whole, doing: 'reading stock' }, signal);
  refuseBroken(api, figures.broken, doing);
  const context = contextOf(api, figures.figures);
  return new Map(whole.map((family) => [toShopProductId(family.product.id), listingsOf(family, context)]));
}

/** The list must not have it either: that also proves that the key may see products here. */
async function confirmGone(api: BigCommerceApi, id: string, signal: AbortSignal): Promise<void> {
  const { sent } = await listFamilies(api, { query: { 'id:in': id, limit: '1' }, doing }, signal);
  if (sent > 0) throw api.trouble('unintelligible', { doing, found: `product ${id} is missing, and yet it is listed` });
  const all = await listFamilies(api, { query: { limit: '1' }, doing }, signal);
  if (all.sent === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
}

async function answerOf(
  api: BigCommerceApi,
  families: readonly Family[],
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const { figures, broken } = await chosenFigures(api, { families, doing: 'reading stock' }, signal);
  refuseBroken(api, broken, doing);
  const context = contextOf(api, figures);
  return families.flatMap((family) => listingsOf(family, context));
}

const variantOwner = z.object({ product_id: idReader });

/**
 * Whatever holds a value in a field: a product's own and its variants' are two questions. What is exactly so is
 * sorted out by the caller.
 */
async function search(
  api: BigCommerceApi,
  asked: { readonly field: 'sku' | 'upc'; readonly values: readonly string[]; readonly doing: string },
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const ids = new Set<string>();
  const common = { doing: asked.doing, scope: scopes.products };
  for (const value of asked.values) {
    for (const [path, owner] of [
      ['v3/catalog/products', z.object({ id: idReader }).transform(({ id }) => id)],
      ['v3/catalog/variants', variantOwner.transform((row) => row.product_id)],
    ] as const) {
      const { rows } = await api.list({ path, query: { [asked.field]: value, limit: '250' }, ...common }, signal);
      for (const row of rows) {
        const read = owner.safeParse(row);
        if (read.success) ids.add(read.data);
      }
    }
  }
  if (ids.size === 0) return [];
  const { families, broken } = await familiesById(api, { ids: [...ids], doing: asked.doing }, signal);
  refuseBroken(api, broken, doing);
  const found = [...families.values()].sort((a, b) => Number(a.product.id) - Number(b.product.id));
  return answerOf(api, found, signal);
}

/** All listings with exactly this SKU. */
export async function listingsWithSku(api: BigCommerceApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const found = await search(api, { field: 'sku', values: [sku], doing: 'looking for a SKU' }, signal);
  return found.filter((listing) => listing.sku === parseSku(sku));
}

/** All listings with exactly this GTIN, or this text, in `upc`: the other field, `gtin`, cannot be asked for. */
export async function listingsWithGtin(
  api: BigCommerceApi,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (barcode.trim() === '') return [];
  const found = await search(api, { field: 'upc', values: spellingsOf(barcode), doing: 'looking for a GTIN' }, signal);
  return found.filter((listing) => carries(listing, barcode.trim()));
}
