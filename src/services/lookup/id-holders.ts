import { refKey } from '../../domain/changes.ts';
import { conflictProducts } from '../../domain/event.ts';
import { type ListingRef, type ProductId, type ShopId, toShopProductId } from '../../domain/ids.ts';
import { isAboutShop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { IdHolding } from './lookup-service.ts';

/**
 * Who holds a shop product id (S6): one answer for each shop and variant that has it, with the holder, a former
 * one, and who else wants it. An answer without a holder says that nobody has it.
 */
export async function whoHolds(
  deps: ServiceDependencies,
  shopProductId: string,
  shopId?: ShopId,
): Promise<readonly IdHolding[]> {
  const { store } = deps;
  const shops = (await store.shops()).filter(({ id }) => shopId === undefined || id === shopId);
  const refs = (await refsOf(store, shopProductId.trim())).filter((ref) => shops.some(({ id }) => id === ref.shopId));
  const [listings, links, tombstones, conflicts] = await Promise.all([
    store.listingsAt(refs),
    store.integrationsAt(refs),
    store.tombstonesAt(refs),
    store.conflictsAt(refs),
  ]);
  const ids: readonly ProductId[] = [
    ...links.map(({ productId }) => productId),
    ...tombstones.map(({ integration }) => integration.productId),
    ...conflicts.flatMap(conflictProducts),
  ];
  const products = new Map((await store.products([...new Set(ids)])).map((product) => [product.id, product]));
  return refs.flatMap((ref): readonly IdHolding[] => {
    const shop = shops.find(({ id }) => id === ref.shopId);
    if (shop === undefined) return [];
    const at = <Row>(rows: readonly Row[], refOf: (row: Row) => ListingRef): Row | undefined =>
      rows.find((row) => refKey(refOf(row)) === refKey(ref));
    const listing = at(listings, (row) => row.ref);
    const integration = at(links, (row) => row.ref);
    const about = tombstones.filter((row) => isAboutShop(shop, row.at));
    const tombstone = at(about, (row) => row.integration.ref);
    const conflict = at(conflicts, (row) => row.ref);
    const holder = integration && products.get(integration.productId);
    const former = tombstone && products.get(tombstone.integration.productId);
    const contenders = conflict === undefined ? [] : conflictProducts(conflict);
    return [
      {
        ref,
        shop,
        listing,
        integration,
        holder,
        ...(former === undefined || tombstone === undefined ? {} : { formerHolder: { product: former, tombstone } }),
        conflict,
        claimants: contenders.filter((id) => id !== holder?.id).flatMap((id) => products.get(id) ?? []),
      },
    ];
  });
}

/** Every place that carries the id: as a product's, or as a variant's. */
async function refsOf(store: StoreReader, typed: string): Promise<readonly ListingRef[]> {
  const listings = await store.listingsWith(toShopProductId(typed));
  if (listings.length > 0) return listings.map(({ ref }) => ref);
  const hits = await store.search({ text: typed, limit: 50 });
  return hits.flatMap(({ matched, how, ref }) =>
    matched === 'shop-variant-id' && how === 'exact' && ref ? [ref] : [],
  );
}
