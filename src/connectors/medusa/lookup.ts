import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { listStart, rawId } from '../driver-parts/offset-pages.ts';
import { refuseBrokenVariant } from '../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import type { MedusaApi } from './api.ts';
import { sameShop } from './identity.ts';
import { contextOf, listingsOfProduct, listingsOfVariants, listPage, rowsWith } from './lists.ts';
import { variantList } from './pages.ts';
import { oneProductSchema, productFields } from './wire.ts';

/** `prod_` and a ULID where Medusa made it; a shop that moved in may have brought ids of its own. Never with blanks. */
export const looksLikeId = (id: string): boolean => /^[\w-]{1,64}$/.test(id);

const doing = 'reading one product';

/** The product and all its variants; none when the shop, which was just asked who it is, does not know it. */
export async function productListings(
  api: MedusaApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!looksLikeId(id)) return [];
  const question = { path: `products/${id}`, query: { fields: productFields }, schema: oneProductSchema, doing };
  const answer = await api.askMaybe(question, signal);
  if (answer === undefined) {
    await sameShop(api, signal, true);
    const { rows } = await listPage(api, { kind: 'products', fields: 'id', limit: 1, doing }, listStart, signal);
    if (rows.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
    return [];
  }
  // A deleted variant answers `{}` with status 200; were a product to do so, that would not be a word for "gone".
  if (rawId(answer.data.product) !== String(id)) {
    throw api.trouble('unintelligible', { doing, status: 200, found: `the answer is not product ${id}` });
  }
  const { listings, broken } = listingsOfProduct(answer.data.product, await contextOf(api, signal));
  refuseBrokenVariant(api, broken, doing);
  return listings;
}

/** All variants with exactly this SKU. */
export async function listingsWithSku(api: MedusaApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const found = await foundBy(api, { field: 'sku', values: [sku] }, signal);
  return found.filter((listing) => listing.sku === sku);
}

const barcodeFields = ['barcode', 'ean', 'upc'];

/** All variants that carry this GTIN in one of the three fields for it, each once. */
export async function listingsWithGtin(
  api: MedusaApi,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const found = new Map<string, Listing>();
  for (const field of barcodeFields) {
    const listings = await foundBy(api, { field, values: spellingsOf(barcode) }, signal);
    for (const listing of listings) found.set(listing.ref.shopVariantId ?? '', listing);
  }
  return [...found.values()].filter((listing) => carries(listing, barcode));
}

async function foundBy(
  api: MedusaApi,
  wanted: { readonly field: string; readonly values: readonly string[] },
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const looking = wanted.field === 'sku' ? 'looking for a SKU' : 'looking for a barcode';
  const rows = await rowsWith(api, variantList(looking), wanted, signal);
  const { listings, broken } = listingsOfVariants(rows, await contextOf(api, signal));
  refuseBrokenVariant(api, broken, looking);
  return listings;
}
