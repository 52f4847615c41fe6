import { type ListingRef, parseSku, type ShopProductId, type Sku, toShopProductId } from '../../domain/ids.ts';
import { thingsUnder } from '../../domain/linking/tell-apart.ts';
import type { Listing } from '../../domain/listing.ts';
import { shopSku } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { World } from '../world.ts';
import type { Errand } from './errand.ts';

/** What a shop answered: everything under the ids that were asked for. */
export type Answer = { readonly ids: readonly ShopProductId[]; readonly listings: readonly Listing[] };

/** Asks by id, and where no id helps by item number; what is found that way is asked for whole, by its id. */
export async function askErrand(
  world: World,
  errand: Errand,
  { known, signal }: { readonly known: readonly ListingRef[]; readonly signal: AbortSignal },
): Promise<Answer> {
  const { product, shop, asked } = errand;
  const connector = world.door.connect(shop);
  if (connector === undefined) {
    throw new ShopError('unauthorized', {
      shop: shop.id,
      doing: 'looking for credentials',
      said: `none found: ${world.door.credentialNames(shop).join(', ')}`,
    });
  }
  const guesses = product === undefined && /^\d+$/.test(asked.trim()) ? [toShopProductId(asked.trim())] : [];
  const urgency: Urgency = errand.oneOfMany === true ? 'background' : 'interactive';
  const asking = { connector, signal, urgency };
  const byId = await askById(asking, [...known.map(({ shopProductId }) => shopProductId), ...guesses]);
  const typed = product === undefined ? parseSku(asked) : product.sku && shopSku(shop, product.sku);
  const isEnough = byId.listings.length > 0 && product === undefined;
  const skus = [...(isEnough || typed === undefined ? [] : [typed]), ...(await skusUnder(world, known))];
  return askBySku(asking, byId, skus);
}

/** What is known to lie under the ids that are asked for: a copy that kept its id does not show when asked by it (S10). */
async function skusUnder({ store }: World, refs: readonly ListingRef[]): Promise<readonly Sku[]> {
  const listings = (await store.listingsAt(refs)).filter(({ beside }) => beside !== undefined);
  return listings.flatMap(thingsUnder).flatMap(({ sku }) => sku ?? []);
}

/**
 * Adds what the shop shows under item numbers that its answers by id do not carry: a thing with an id of its own is
 * asked for whole, by that; one that shares an id already asked for is taken as it was found.
 */
async function askBySku(asking: AskedOf, byId: Answer, skus: readonly Sku[]): Promise<Answer> {
  const { connector, signal, urgency } = asking;
  const found: Listing[] = [];
  for (const sku of new Set(skus)) {
    if (byId.listings.some((listing) => listing.sku === sku)) continue;
    found.push(...(await connector.withSku(sku, signal, urgency)));
  }
  const isAsked = ({ ref }: Listing): boolean => byId.ids.includes(ref.shopProductId);
  const elsewhere = found.filter((listing) => !isAsked(listing)).map(({ ref }) => ref.shopProductId);
  const more = await askById(asking, elsewhere);
  return { ids: [...byId.ids, ...more.ids], listings: [...byId.listings, ...found.filter(isAsked), ...more.listings] };
}

type AskedOf = { readonly connector: ShopConnector; readonly signal: AbortSignal; readonly urgency: Urgency };

async function askById({ connector, signal, urgency }: AskedOf, ids: readonly ShopProductId[]): Promise<Answer> {
  const distinct = [...new Set(ids)];
  const listings: Listing[] = [];
  for (const id of distinct) listings.push(...(await connector.product(id, signal, urgency)));
  signal.throwIfAborted();
  return { ids: distinct, listings };
}
