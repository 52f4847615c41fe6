import { sameRef } from '../../domain/changes.ts';
import { type ListingRef, type ProductId, toProductId, toRunId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { link as linkThem } from '../../domain/linking/bind.ts';
import type { Look } from '../../domain/linking/look.ts';
import type { Notebook } from '../../domain/linking/notebook.ts';
import { letStand } from '../../domain/linking/standing-conflict.ts';
import { linkable } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { mayAct } from '../acting.ts';
import { gatherFacts } from '../reading/gather-facts.ts';
import { Refusal } from '../services.ts';
import type { World } from '../world.ts';
import { findShop } from './shops.ts';

/** The look of a person who settles something by hand, outside any reading. */
export const lookByHand = (world: World, shop: Shop, notebook: Notebook): Look => ({
  shop,
  at: world.clock.now(),
  by: world.actor,
  asked: 'fetch',
  runId: toRunId('by-hand'),
  newProductId: () => toProductId(world.newId()),
  notebook,
});

/** Links a product and a listing because a person says so; from then on that outweighs SKU and GTIN. */
export async function link(world: World, productId: ProductId, ref: ListingRef): Promise<Integration> {
  mayAct(world);
  const shop = await findShop(world, ref.shopId);
  const { put } = await world.store.change((now) => decide(world, now, { shop, productId, ref }));
  const [integration] = put.integrations ?? [];
  if (integration === undefined) throw new Error(`a link by hand of ${productId} was not written`);
  return integration;
}

const refText = ({ shopProductId, shopVariantId }: ListingRef): string =>
  shopVariantId === undefined ? shopProductId : `${shopProductId}/${shopVariantId}`;
const nameOf = (product: Product): string => product.sku ?? product.content.name;

type Wish = { readonly shop: Shop; readonly productId: ProductId; readonly ref: ListingRef };

async function decide(world: World, now: StoreReader, { shop, productId, ref }: Wish) {
  const [product] = await now.products([productId]);
  if (product === undefined) throw new Refusal('unknown-product', { product: productId });
  const notebook = await gatherFacts(now, { shop, again: [ref], products: [product] });
  const listing = notebook.listing(ref);
  const about = { listing: refText(ref), shop: shop.name };
  if (listing === undefined) throw new Refusal('unknown-listing', about);
  if (!linkable(listing)) {
    throw new Refusal('not-for-sale', { ...about, says: listing.shopSays });
  }
  const holder = notebook.integrationAt(ref);
  if (holder !== undefined) {
    const [held] = holder.productId === productId ? [product] : await now.products([holder.productId]);
    throw new Refusal('already-linked', { ...about, product: held === undefined ? holder.productId : nameOf(held) });
  }
  const other = notebook.integrationOf(productId, shop.id);
  if (other !== undefined && !sameRef(other.ref, ref)) {
    throw new Refusal('already-linked', { ...about, product: nameOf(product), listing: refText(other.ref) });
  }
  const look = lookByHand(world, shop, notebook);
  linkThem(product, listing, look, 'hand');
  letStand(ref, undefined, look);
  return notebook.changes();
}
