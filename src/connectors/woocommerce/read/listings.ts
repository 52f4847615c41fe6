import type { Listing } from '../../../domain/listing.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import type { WooApi } from '../client/api.ts';
import { type MapContext, productListing, variationListing } from '../map.ts';
import type { WooItem } from '../schema.ts';
import { sellableOf } from '../sellable.ts';
import type { Phase } from './cursor.ts';
import { familiesOf } from './families.ts';
import { ofVariations, productsById } from './items.ts';

export type ReadListings = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

type Rows = {
  readonly items: readonly WooItem[];
  readonly phase: Phase;
  readonly sweep: boolean;
  /** Names the page, so that it is not begun anew when it is tried again. */
  readonly page: string;
};

/** Rows as listings, with their variations or their parents where those belong to it. */
export async function listingsOf(api: WooApi, rows: Rows, signal: AbortSignal): Promise<ReadListings> {
  const mapContext: MapContext = { shop: api.shop, seenAt: api.clock.now() };
  if (ofVariations(rows.phase)) return variationListings(api, { items: rows.items, mapContext }, signal);
  const parents = rows.sweep ? [] : rows.items.filter((item) => sellableOf(item) === 'parent');
  const families = await familiesOf(api, { parents, page: rows.page }, signal);
  const listings: Listing[] = [];
  const broken: BrokenRow[] = [];
  for (const item of rows.items) {
    const family = families.get(item.id);
    // Gone since the page was shown: it is not told as if it were there.
    if (family === undefined && parents.includes(item)) continue;
    listings.push(productListing(item, mapContext));
    if (family === undefined) continue;
    listings.push(...family.items.map((variation) => variationListing(variation, item, mapContext)));
    broken.push(...family.broken);
  }
  return { listings, broken };
}

/** Variations need their product. One whose product nobody can read is unknown, not for nobody's sale. */
async function variationListings(
  api: WooApi,
  { items, mapContext }: { readonly items: readonly WooItem[]; readonly mapContext: MapContext },
  signal: AbortSignal,
): Promise<ReadListings> {
  const parentIds = [...new Set(items.flatMap((item) => item.parent_id ?? []))];
  const parents = await productsById(api, parentIds, signal);
  const unknown = items.filter(({ parent_id }) => parents.broken.has(parent_id ?? ''));
  return {
    listings: items
      .filter((item) => !unknown.includes(item))
      .map((item) => variationListing(item, parents.items.get(item.parent_id ?? ''), mapContext)),
    broken: unknown.map(({ id, parent_id = id }) => ({
      shopProductId: parent_id,
      where: `product of variation ${id}`,
      said: parents.broken.get(parent_id) ?? '',
    })),
  };
}
