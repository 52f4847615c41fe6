import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { readRow } from '../decode.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { listStart } from '../driver-parts/offset-pages.ts';
import { refuseBrokenVariant, unreadableRow } from '../driver-parts/rows/broken-row.ts';
import { showsNothing, showsOther } from '../driver-parts/shows-nothing.ts';
import type { VendureApi } from './api.ts';
import { productDocument } from './documents.ts';
import { type List, listPage, wholeList } from './lists.ts';
import { isParent, parentListing, variantListing } from './map.ts';
import { contextOf, needsCatalog, productsOf, variantsOf } from './pages.ts';
import { oneProductSchema, productSchema, type VendureVariant } from './wire.ts';

/** Numbers, or UUIDs, or what a shop's own strategy makes of them; never with blanks. */
export const looksLikeId = (id: string): boolean => /^[\w-]{1,64}$/.test(id);

/** The product and all its variants; none when the channel, who was just asked who it is, does not know it. */
export async function productListings(
  api: VendureApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!looksLikeId(id)) return [];
  const doing = 'reading one product';
  const question = {
    document: productDocument,
    variables: { id },
    schema: oneProductSchema,
    doing,
    needs: needsCatalog,
  };
  const { data, asOf } = await api.ask(question, signal);
  // An unknown id is no error here: it is nothing, and only a word for nothing counts as that.
  if (data.product === null) {
    const { rows, broken } = await listPage(api, { ...productsOf(doing), take: 1 }, listStart, signal);
    if (rows.length + broken.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
    return [];
  }
  const read = readRow(productSchema, data.product);
  if (!read.ok) throw unreadableRow(api, doing, { ...read.broken, shopProductId: id });
  const variants = await foundBy(api, { ...variantsOf(api, doing), filter: { productId: { eq: id } } }, signal);
  const shown = [read.value.id, ...variants.map(({ ref }) => ref.shopProductId)];
  const other = shown.find((one) => one !== String(id));
  if (other !== undefined) throw api.trouble('unintelligible', { doing, found: showsOther(id, other) });
  const context = contextOf(api, { channel: data.activeChannel, asOf });
  const own = isParent(read.value) || variants.length === 0 ? [parentListing(read.value, context)] : [];
  return [...own, ...variants];
}

/** All variants with exactly this SKU: MySQL and PostgreSQL may find other spellings of it. */
export async function listingsWithSku(api: VendureApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const list = { ...variantsOf(api, 'looking for a SKU'), filter: { sku: { eq: sku } } };
  return (await foundBy(api, list, signal)).filter((listing) => listing.sku === sku);
}

/** All variants whose custom field for barcodes holds this one. */
export async function listingsWithGtin(
  api: VendureApi,
  { field, barcode }: { readonly field: string; readonly barcode: string },
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const list = { ...variantsOf(api, 'looking for a barcode'), filter: { [field]: { in: spellingsOf(barcode) } } };
  return (await foundBy(api, list, signal)).filter((listing) => carries(listing, barcode));
}

async function foundBy(api: VendureApi, list: List<VendureVariant>, signal: AbortSignal): Promise<readonly Listing[]> {
  const pages = await wholeList(api, list, signal);
  refuseBrokenVariant(
    api,
    pages.flatMap(({ broken }) => broken),
    list.doing,
  );
  return pages.flatMap((page) => page.rows.map((variant) => variantListing(variant, contextOf(api, page))));
}
