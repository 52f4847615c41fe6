import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { readRow } from '../decode.ts';
import type { WooApi } from './api.ts';
import { sameShop } from './identity.ts';
import { listItems, productsById, variationsOf } from './items.ts';
import { productListing, sellableOf, variationListing } from './map.ts';
import { itemSchema, productFields, type WooItem } from './schema.ts';

const doing = 'reading one product';

/** WordPress's own words for "there is no such product": any other 404 is about the API, not about a product. */
const noSuchProduct = 'woocommerce_rest_product_invalid_id';

/** The product and all its variations, in the trash or not; none when the shop truly does not know it. */
export async function productListings(
  api: WooApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  // Ids are numbers here: for another text there is no address to ask.
  if (!/^\d{1,18}$/.test(id)) return [];
  const item = await itemAt(api, id, signal);
  if (item === undefined) return [];
  // A variation answers under products, too. It is told with its product, as everywhere else.
  if (item.type === 'variation') {
    const parent = item.parent_id === undefined ? undefined : await itemAt(api, item.parent_id, signal);
    if (parent !== undefined && parent.type !== 'variation') return family(api, parent, signal);
    return [variationListing(item, undefined, { shop: api.shop, seenAt: api.clock.now() })];
  }
  return family(api, item, signal);
}

async function family(api: WooApi, item: WooItem, signal: AbortSignal): Promise<readonly Listing[]> {
  const mapContext = { shop: api.shop, seenAt: api.clock.now() };
  const own = productListing(item, mapContext);
  if (sellableOf(item) !== 'parent') return [own];
  const { items, broken } = await variationsOf(api, { parentId: item.id, withTrash: true }, signal);
  const [first] = broken;
  // Left out, a variation would look as if it were gone.
  if (first !== undefined) throw unreadable(api, `variation ${first.where} ${first.said}`);
  return [own, ...items.map((variation) => variationListing(variation, item, mapContext))];
}

async function itemAt(api: WooApi, id: string, signal: AbortSignal): Promise<WooItem | undefined> {
  const query = { _fields: productFields(api.shop.options.gtinMeta), _skip_cache: '1' };
  const answer = await api.ask({ path: `wc/v3/products/${id}`, query, doing }, signal);
  if (!answer.ok) {
    if (answer.wooError.status === 404 && answer.wooError.code === noSuchProduct) {
      await provenRight(api, signal);
      return undefined;
    }
    throw api.errorOf(answer.wooError, answer.reply);
  }
  const read = readRow(itemSchema, answer.body);
  if (!read.ok) throw unreadable(api, `product ${id}: ${read.broken.where} ${read.broken.said}`);
  return read.value;
}

const unreadable = (api: WooApi, said: string): ShopError => api.trouble('unintelligible', { doing, said });

/**
 * A missing product is answered before the key is looked at, so a wrong key would make everything look gone.
 * One product that the key may see proves both the key and the shop.
 */
async function provenRight(api: WooApi, signal: AbortSignal): Promise<void> {
  await sameShop(api, signal);
  await api.list({ path: 'wc/v3/products', query: { per_page: '1', _fields: 'id' }, doing }, signal);
}

/** All listings with exactly this SKU, variations and things in the trash too. */
export async function listingsWithSku(api: WooApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  // The exact filter takes a list, so a SKU that holds a comma needs the one that looks for a part.
  const filter: Readonly<Record<string, string>> = sku.includes(',') ? { search_sku: sku } : { sku };
  const found = new Map<string, WooItem>();
  for (const status of ['any', 'trash']) {
    const query = {
      ...filter,
      status,
      orderby: 'id',
      order: 'asc',
      _fields: `${productFields(api.shop.options.gtinMeta)},image`,
    };
    const { items, broken } = await listItems(
      api,
      { path: 'wc/v3/products', query, doing: 'looking for a SKU' },
      signal,
    );
    const [first] = broken;
    if (first !== undefined) throw unreadable(api, `product ${first.shopProductId}: ${first.where} ${first.said}`);
    for (const item of items) if (item.sku?.trim() === sku) found.set(item.id, item);
  }
  const items = [...found.values()];
  const parents = await productsById(api, [...new Set(items.flatMap(parentOf))], signal);
  const mapContext = { shop: api.shop, seenAt: api.clock.now() };
  return items.map((item) =>
    item.type === 'variation'
      ? variationListing(item, parents.get(item.parent_id ?? ''), mapContext)
      : productListing(item, mapContext),
  );
}

const parentOf = (item: WooItem): readonly string[] =>
  item.type === 'variation' && item.parent_id !== undefined ? [item.parent_id] : [];
