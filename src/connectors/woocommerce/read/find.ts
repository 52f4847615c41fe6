import { refKey } from '../../../domain/changes.ts';
import { parseGtin, type Sku } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import type { ShopError } from '../../../ports/shop-error.ts';
import { cleanLine } from '../../clean.ts';
import { spellingsOf } from '../../driver-parts/barcodes.ts';
import { unreadableRow } from '../../driver-parts/rows/broken-row.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import { productListing, variationListing } from '../map.ts';
import { productFields, type WooItem } from '../schema.ts';
import { isVariation } from '../sellable.ts';
import { type ItemPage, listItems, listsAllVariations, productsById, readItem } from './items.ts';

type Search = {
  readonly path: string;
  readonly filter: Readonly<Record<string, string>>;
  readonly doing: string;
};

/** All rows that a filter finds, in the trash or not, from the shop that was meant. */
async function search(api: WooApi, { path, filter, doing }: Search, signal: AbortSignal): Promise<readonly ItemPage[]> {
  const pages: ItemPage[] = [];
  for (const status of ['any', 'trash']) {
    const _fields = `${productFields(api.shop.options.gtinMeta)},image`;
    const query = { ...filter, status, orderby: 'id', order: 'asc', _fields };
    pages.push(await listItems(api, { path, query, doing }, signal));
  }
  await sameShop(
    api,
    pages.flatMap(({ rows }) => rows),
    signal,
  );
  return pages;
}

const unreadable = (api: WooApi, doing: string, found: string): ShopError =>
  api.trouble('unintelligible', { doing, found });

/** Rows as listings, variations with their products. One that cannot be read must not look like one that is not there. */
async function asListings(api: WooApi, items: readonly WooItem[], signal: AbortSignal): Promise<readonly Listing[]> {
  const parents = await productsById(api, [...new Set(items.flatMap(parentOf))], signal);
  const [wrong] = parents.broken.values();
  if (wrong !== undefined) throw unreadable(api, 'reading the product of a variation', wrong);
  const mapContext = { shop: api.shop, seenAt: api.clock.now() };
  return items.map((item) =>
    isVariation(item)
      ? variationListing(item, parents.items.get(item.parent_id ?? ''), mapContext)
      : productListing(item, mapContext),
  );
}

const parentOf = (item: WooItem): readonly string[] =>
  isVariation(item) && item.parent_id !== undefined ? [item.parent_id] : [];

function readable(api: WooApi, pages: readonly ItemPage[], doing: string): readonly WooItem[] {
  const found = new Map<string, WooItem>();
  for (const row of pages.flatMap(({ rows }) => rows)) {
    const { item, broken } = readItem(row);
    if (item === undefined) throw unreadableRow(api, doing, broken);
    found.set(item.id, item);
  }
  return [...found.values()];
}

/** All listings with exactly this SKU, variations and things in the trash too. */
export async function listingsWithSku(api: WooApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  // The exact filter takes a list, so a SKU that holds a comma needs the one that looks for a part.
  const filter: Readonly<Record<string, string>> = sku.includes(',') ? { search_sku: sku } : { sku };
  const doing = 'looking for a SKU';
  const pages = await search(api, { path: 'wc/v3/products', filter, doing }, signal);
  const items = readable(api, pages, doing).filter((item) => item.sku?.trim() === sku);
  // A variation that shows its product's number has none of its own.
  return (await asListings(api, items, signal)).filter((listing) => listing.sku === sku);
}

/**
 * All listings that carry this barcode. WooCommerce can be asked since 9.2; before, the filter is passed over and
 * everything comes. Where it cannot be asked the call is refused: "not asked" is not "not there".
 */
export async function listingsWithGtin(api: WooApi, barcode: string, signal: AbortSignal): Promise<readonly Listing[]> {
  const doing = 'looking for a barcode';
  const wanted = parseGtin(barcode) ?? cleanLine(barcode);
  const found = new Map<string, Listing>();
  // One at a time: whether a list of them is taken differs from version to version.
  for (const spelling of spellingsOf(barcode)) {
    for (const { ref, ...rest } of await listingsSpelled(api, { spelling, doing }, signal)) {
      if (rest.gtin === wanted || rest.barcode === wanted) found.set(refKey(ref), { ref, ...rest });
    }
    if (found.size > 0) return [...found.values()];
  }
  const { gtinMeta } = api.shop.options;
  if (gtinMeta !== undefined) {
    throw api.trouble('refused', {
      doing,
      found: `barcodes lie in the field ${gtinMeta} here, which cannot be asked for`,
    });
  }
  return [];
}

type Spelled = { readonly spelling: string; readonly doing: string };

async function listingsSpelled(
  api: WooApi,
  { spelling, doing }: Spelled,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const filter = { global_unique_id: spelling };
  const pages = [...(await search(api, { path: 'wc/v3/products', filter, doing }, signal))];
  if (isPassedOver(pages, spelling)) {
    throw api.trouble('refused', { doing, found: 'this WooCommerce cannot be asked for a barcode (it can since 9.2)' });
  }
  if (pages.every(({ rows }) => rows.length === 0) && (await listsAllVariations(api, signal))) {
    const more = await search(api, { path: 'wc/v3/variations', filter, doing }, signal);
    if (!isPassedOver(more, spelling)) pages.push(...more.map(asVariations));
  }
  return asListings(api, readable(api, pages, doing), signal);
}

/** Whether rows came that carry another barcode or none: then the filter was not looked at. */
const isPassedOver = (pages: readonly ItemPage[], spelling: string): boolean =>
  pages.some(({ items }) => items.some((item) => item.global_unique_id?.toLowerCase() !== spelling.toLowerCase()));

/** The list of variations leaves out what they are in older versions. */
const asVariations = (page: ItemPage): ItemPage => ({
  ...page,
  rows: page.rows.map((row) => (typeof row === 'object' && row !== null ? { ...row, type: 'variation' } : row)),
});
