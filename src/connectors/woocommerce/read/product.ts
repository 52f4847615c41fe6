import type { ShopProductId } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { unreadableRow } from '../../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../../driver-parts/shows-nothing.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import { productListing, variationListing } from '../map.ts';
import { productFields, type WooItem, wooId } from '../schema.ts';
import { isVariation, sellableOf } from '../sellable.ts';
import { variationsOf } from './families.ts';
import { listItems, listOf, readItem } from './items.ts';

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
  if (!wooId.test(id)) return [];
  const item = await itemAt(api, id, signal);
  if (item === undefined) return [];
  // A variation answers under products, too. It is told with its product, as everywhere else.
  if (isVariation(item)) {
    const parent = item.parent_id === undefined ? undefined : await itemAt(api, item.parent_id, signal);
    if (parent !== undefined && !isVariation(parent)) return family(api, parent, signal);
    return [variationListing(item, undefined, { shop: api.shop, seenAt: api.clock.now() })];
  }
  return family(api, item, signal);
}

/** Several products with all their variations; none of those that are in the trash, gone or unreadable. */
export async function manyProducts(
  api: WooApi,
  ids: readonly ShopProductId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopProductId, readonly Listing[]>> {
  const found = new Map<ShopProductId, readonly Listing[]>();
  const asked = [...new Set(ids.filter((id) => wooId.test(id)))];
  const { path, query } = listOf(api, 'products');
  for (let from = 0; from < asked.length; from += api.pageSize()) {
    const some = asked.slice(from, from + api.pageSize());
    const list = { path, query: { ...query, include: some.join(',') }, doing, byId: true as const };
    const page = await listItems(api, list, signal);
    if (page.rows.length > 0) await sameShop(api, page.rows, signal);
    const unclear = new Set(page.broken.map(({ shopProductId }) => shopProductId));
    for (const id of some) {
      const [item, twin] = page.items.filter((one) => one.id === id);
      if (item === undefined || twin !== undefined || unclear.has(id) || isVariation(item)) continue;
      const listings = await wholeFamily(api, item, signal);
      if (listings !== undefined) found.set(id, listings);
    }
  }
  return found;
}

/** The family; nothing where a part of it cannot be read: that keeps no other product back. */
async function wholeFamily(api: WooApi, item: WooItem, signal: AbortSignal): Promise<readonly Listing[] | undefined> {
  try {
    return await family(api, item, signal);
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind !== 'unintelligible') throw error;
    return undefined;
  }
}

async function family(api: WooApi, item: WooItem, signal: AbortSignal): Promise<readonly Listing[]> {
  const mapContext = { shop: api.shop, seenAt: api.clock.now() };
  const own = productListing(item, mapContext);
  if (sellableOf(item) !== 'parent') return [own];
  const { items, broken } = await variationsOf(api, { parent: item, withTrash: true }, signal);
  const [first] = broken.filter(({ where }) => where !== 'stock_quantity');
  // Left out, a variation would look as if it were gone.
  if (first !== undefined) {
    const found = `a variation of ${item.id}: ${first.where} ${first.said}`;
    throw api.trouble('unintelligible', { doing, found, reason: 'unreadable-row' });
  }
  const all = [...items, ...(await leftOutOf(api, item, items, signal))];
  return [own, ...all.map((variation) => variationListing(variation, item, mapContext))];
}

/** More than one product's list would leave out by chance. */
const maxLeftOut = 20;

/** Variations that a product names and its list does not show: a plug-in may hide them, so each is asked for by itself. */
async function leftOutOf(
  api: WooApi,
  { id, variations = [] }: WooItem,
  shown: readonly WooItem[],
  signal: AbortSignal,
): Promise<readonly WooItem[]> {
  const missing = variations.filter((named) => wooId.test(named) && !shown.some((item) => item.id === named));
  if (missing.length > maxLeftOut)
    throw unreadable(api, `product ${id} names ${missing.length} variations that its list does not show`);
  const found: WooItem[] = [];
  for (const named of missing) {
    const item = await itemAt(api, named, signal);
    if (item !== undefined && isVariation(item) && item.parent_id === id) found.push(item);
  }
  return found;
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
  await sameShop(api, [answer.body], signal);
  const { item, broken } = readItem(answer.body);
  if (item === undefined) throw unreadableRow(api, doing, { ...broken, shopProductId: id });
  // Another row than the one asked for says nothing about that one.
  if (item.id !== id) throw unreadable(api, `asked for product ${id}, the shop shows ${item.id}`);
  return item;
}

const unreadable = (api: WooApi, found: string): ShopError => api.trouble('unintelligible', { doing, found });

/**
 * A missing product is answered before the key is looked at, so a wrong key would make everything look gone.
 * One product that the key may see proves both the key and the shop; a shop that shows none at all is not believed
 * about one.
 */
async function provenRight(api: WooApi, signal: AbortSignal): Promise<void> {
  for (const status of ['any', 'trash']) {
    const query = { per_page: '1', status, _fields: 'id,_links', _skip_cache: '1' };
    const { rows } = await api.list({ path: 'wc/v3/products', query, doing }, signal);
    if (rows.length === 0) continue;
    await sameShop(api, rows, signal);
    return;
  }
  await sameShop(api, [], signal);
  throw api.trouble('unintelligible', { doing, ...showsNothing });
}
