import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { readRow } from '../decode.ts';
import { refuseBroken, unreadableRow } from '../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import { listingsOf, type MapContext } from './map.ts';
import { productsById, rawProducts, readBatch, type Sessions } from './requests.ts';
import { itemsIn, readProduct, variantSchema, type WebshopProduct } from './schema.ts';
import { isNoProduct } from './soap-fault.ts';
import { sameShop } from './test-connection.ts';

/** Ids are whole numbers: another text is no id of this platform, and nothing is asked. */
export const isId = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

const mapContextOf = ({ api }: Sessions): MapContext => ({
  shop: api.shop,
  options: api.options,
  seenAt: api.clock.now(),
});

/** The product and all its variants; none when the shop, asked in two ways, has nothing with this id. */
export async function productListings(
  sessions: Sessions,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!isId(id)) return [];
  await sameShop(sessions, signal);
  const product = (await byId(sessions, id, signal)) ?? (await askedAgain(sessions, id, signal));
  return product === undefined ? [] : listingsOf(product, mapContextOf(sessions));
}

async function byId({ api, products }: Sessions, id: string, signal: AbortSignal): Promise<WebshopProduct | undefined> {
  const doing = 'reading one product';
  const answer = await products.ask({ operation: 'Product_GetById', given: { ProductId: id }, doing }, signal);
  if (!answer.ok) {
    if (isNoProduct(answer.fault)) return undefined;
    throw api.errorOf(answer.fault, doing);
  }
  // Nothing is written as an empty element.
  if (typeof answer.value !== 'object' || answer.value === null) return undefined;
  if (!('Status' in answer.value) || !('Stock' in answer.value)) return undefined;
  const { product, broken } = readProduct(answer.value, api.options.timeZone);
  refuseBroken(api, broken, doing);
  if (product !== undefined && product.Id !== id) {
    throw api.trouble('unintelligible', { doing, found: `asked for product ${id}, the shop shows ${product.Id}` });
  }
  return product;
}

/** "Gone" is believed only when a list of ids does not show it either. */
async function askedAgain(sessions: Sessions, id: string, signal: AbortSignal): Promise<WebshopProduct | undefined> {
  await sameShop(sessions, signal, true);
  const doing = 'reading one product';
  const product = (await productsById(sessions, { ids: [id], doing }, signal)).get(id);
  if (product !== undefined) return product;
  const { api, stock: session } = sessions;
  const question = { operation: 'Product_GetAllWithLimit', given: { Start: '0', Length: '1' }, doing } as const;
  const { rows } = await rawProducts({ api, session }, question, signal);
  if (rows.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
  return undefined;
}

/** All listings with exactly this item number. Several products may share one: each is told, and none is preferred. */
export async function listingsWithSku(sessions: Sessions, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const { api, products: session } = sessions;
  const doing = 'looking for an item number';
  const given = { ItemNumber: sku };
  const own = await rawProducts({ api, session }, { operation: 'Product_GetByItemNumber', given, doing }, signal);
  const read = readBatch(api, own.rows);
  refuseBroken(api, read.broken, doing);
  const variants = await session.must({ operation: 'Product_GetVariantsByItemNumber', given, doing }, signal);
  const parentIds = itemsIn(variants.value).flatMap((row) => {
    const variant = readRow(variantSchema, row);
    if (!variant.ok) throw unreadableRow(api, doing, variant.broken);
    return variant.value.ProductId ?? [];
  });
  const known = new Map(read.products.map((one) => [one.Id, one]));
  const missing = [...new Set(parentIds)].filter((id) => !known.has(id));
  const parents = await productsById(sessions, { ids: missing, doing }, signal);
  const context = mapContextOf(sessions);
  return [...known.values(), ...parents.values()]
    .toSorted((a, b) => Number(a.Id) - Number(b.Id))
    .flatMap((one) => listingsOf(one, context))
    .filter((listing) => listing.sku === sku);
}
