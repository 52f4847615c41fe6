import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { refuseBroken } from '../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import { sameShop } from './identity.ts';
import { barcodeCodes } from './map.ts';
import { childrenOf, listingsOf, productsById } from './pages.ts';
import { type MagentoProduct, productFields, productSchema } from './schema.ts';
import { type Filter, search } from './search.ts';
import type { MagentoApi } from './session/api.ts';

const doing = 'reading one product';

/** The product and, of a configurable one, all its variants; none when the shop truly does not know it. */
export async function productListings(
  api: MagentoApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  // Ids are numbers here: any other text would be answered as if it were gone.
  if (!/^[1-9]\d{0,17}$/.test(id)) return [];
  const own = await productAnywhere(api, id, signal);
  if (own.length === 0) {
    await provenRight(api, signal);
    return [];
  }
  const children = await childrenOf(api, own, signal);
  refuseBroken(api, children.broken, doing);
  return listingsOf(api, [...own, ...children.rows], signal);
}

/** A store view shows what its website sells: what it does not show may still be there. */
async function productAnywhere(api: MagentoApi, id: string, signal: AbortSignal): Promise<readonly MagentoProduct[]> {
  const here = await productsById(api, [id], signal);
  refuseBroken(api, here.broken, doing);
  if (here.rows.length > 0 || api.options.store === undefined) return here.rows;
  const anywhere = await productsById(api, [id], signal, 'all');
  refuseBroken(api, anywhere.broken, doing);
  return anywhere.rows;
}

/** Only a shop that is the right one, and whose list answers without the filter, may say that it knows no such thing. */
async function provenRight(api: MagentoApi, signal: AbortSignal): Promise<void> {
  await sameShop(api, signal, true);
  const { rows } = await search(api, { path: 'products', groups: [], pageSize: 1, fields: 'id', doing }, signal);
  if (rows.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
}

/** All listings with exactly this SKU. Magento looks at neither case nor blanks, so what it finds is compared. */
export const listingsWithSku = async (api: MagentoApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> =>
  (await found(api, [['sku', 'eq', sku]], signal)).filter((listing) => listing.sku === sku);

/**
 * All listings with this GTIN, in whichever of its lengths it was written, or with this text as their barcode; nothing
 * at all where the shop has no attribute for it.
 */
export async function listingsWithGtin(
  api: MagentoApi,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[] | undefined> {
  const text = barcode.trim();
  const code = api.options.barcode ?? (await attributeOf(api, signal));
  if (code === undefined) return undefined;
  const listings = await found(
    api,
    spellingsOf(text).map((form): Filter => [code, 'eq', form]),
    signal,
  );
  return listings.filter((listing) => carries(listing, text));
}

const codes = new WeakMap<MagentoApi, { readonly code?: string }>();

/** The first of the usual codes that this shop has an attribute for; Magento comes without any of them. */
async function attributeOf(api: MagentoApi, signal: AbortSignal): Promise<string | undefined> {
  const known = codes.get(api) ?? { code: await usualCode(api, signal) };
  codes.set(api, known);
  return known.code;
}

async function usualCode(api: MagentoApi, signal: AbortSignal): Promise<string | undefined> {
  const asked = {
    path: 'products/attributes',
    groups: [[['attribute_code', 'in', barcodeCodes.join(',')] as const]],
    pageSize: 50,
    fields: 'attribute_code',
    doing: 'looking for the barcode attribute',
  };
  try {
    const text = JSON.stringify((await search(api, asked, signal)).rows);
    return barcodeCodes.find((one) => text.includes(`"attribute_code":"${one}"`));
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind !== 'forbidden') throw error;
  }
  // A key that may see products and no attributes: a search by a code that is none is refused.
  for (const code of barcodeCodes) {
    const groups = [[[code, 'eq', '-'] as const]];
    const question = { path: 'products', groups, pageSize: 1, fields: 'id', doing: asked.doing };
    try {
      await search(api, question, signal);
      return code;
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind !== 'refused') throw error;
    }
  }
  return undefined;
}

async function found(api: MagentoApi, filters: readonly Filter[], signal: AbortSignal): Promise<readonly Listing[]> {
  const asked = {
    path: 'products',
    scope: api.options.store,
    groups: [filters],
    sortBy: 'entity_id',
    pageSize: 100,
    fields: productFields,
    doing: 'looking for a product',
  };
  const { rows } = await search(api, asked, signal);
  const read = readRows(productSchema, rows);
  refuseBroken(api, read.broken, asked.doing);
  return listingsOf(api, read.rows, signal);
}
