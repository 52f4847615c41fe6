import { sameRef } from '../../domain/changes.ts';
import { type ListingRef, type ProductId, toProductId, toRunId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { linkable } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { ChangeSet } from '../../domain/reconcile/change-set.ts';
import { link as linkThem } from '../../domain/reconcile/links.ts';
import type { ReconcileContext } from '../../domain/reconcile/reconcile-context.ts';
import { setConflict } from '../../domain/reconcile/set-conflict.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { findShop } from '../shops/manage-shops.ts';

/** The context of a person who acts by hand, outside any sync. */
export const manualContext = (deps: ServiceDependencies, shop: Shop, changeSet: ChangeSet): ReconcileContext => ({
  shop,
  at: deps.clock.now(),
  by: deps.actor,
  asked: 'fetch',
  runId: toRunId('by-hand'),
  newProductId: () => toProductId(deps.newId()),
  productMaster: deps.warehouses?.settings()?.master,
  changeSet,
});

/** Links a product and a listing because a person says so; from then on that outweighs SKU and GTIN. */
export async function link(deps: ServiceDependencies, productId: ProductId, ref: ListingRef): Promise<Integration> {
  assertCanWrite(deps);
  const shop = await findShop(deps, ref.shopId);
  const { put } = await deps.store.change((now) => decide(deps, now, { shop, productId, ref }));
  const [integration] = put.integrations ?? [];
  if (integration === undefined) throw new Error(`a link by hand of ${productId} was not written`);
  return integration;
}

const refText = ({ shopProductId, shopVariantId }: ListingRef): string =>
  shopVariantId === undefined ? shopProductId : `${shopProductId}/${shopVariantId}`;
const nameOf = (product: Product): string => product.sku ?? product.content.name;

type LinkRequest = { readonly shop: Shop; readonly productId: ProductId; readonly ref: ListingRef };

async function decide(deps: ServiceDependencies, now: StoreReader, { shop, productId, ref }: LinkRequest) {
  const [product] = await now.products([productId]);
  if (product === undefined) throw new Refusal('unknown-product', { product: productId });
  const changeSet = await loadChangeSet(now, { shop, again: [ref], products: [product] });
  const listing = changeSet.listing(ref);
  const about = { listing: refText(ref), shop: shop.name };
  if (listing === undefined) throw new Refusal('unknown-listing', about);
  if (!linkable(listing)) {
    throw new Refusal('not-for-sale', { ...about, says: listing.shopSays });
  }
  const holder = changeSet.integrationAt(ref);
  if (holder !== undefined) {
    const [held] = holder.productId === productId ? [product] : await now.products([holder.productId]);
    throw new Refusal('already-linked', { ...about, product: held === undefined ? holder.productId : nameOf(held) });
  }
  const other = changeSet.integrationOf(productId, shop.id);
  if (other !== undefined && !sameRef(other.ref, ref)) {
    throw new Refusal('already-linked', { ...about, product: nameOf(product), listing: refText(other.ref) });
  }
  const context = manualContext(deps, shop, changeSet);
  linkThem(product, listing, context, 'hand');
  setConflict(ref, undefined, context);
  return changeSet.changes();
}
