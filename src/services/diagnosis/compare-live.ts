import PQueue from 'p-queue';
import { refKey, sameRef } from '../../domain/changes.ts';
import { contentDifferences, type LiveCheck, locateMismatch } from '../../domain/diagnosis/compare-stock.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { countedQuantity } from '../../domain/push/shop-figure.ts';
import { wantedQuantity } from '../../domain/push/shop-quantity.ts';
import type { Shop } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';
import { bestListing } from '../facts/best-listing.ts';
import { placeFactsOf } from '../facts/gather-place-facts.ts';
import { refusePaused } from '../fetch/refuse-paused.ts';
import type { StockComparison } from './diagnosis-service.ts';

/** One place to look at: a link, or the listing that would be linked. */
type ComparedPlace = {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration?: Integration;
  readonly ref?: ListingRef;
};
/** What a shop showed just now, by reference; or why it could not be asked. */
type LiveResult = { readonly at: ReadonlyMap<string, Listing> } | { readonly trouble: ShopFailure };

/**
 * Reads a product in all its shops, or a whole shop, live: what the warehouse wants, what was last sent, what the
 * shop has now, and where between them it broke. Changes nothing; a paused shop is not asked,
 * and refused when it was named.
 */
export async function compare(
  deps: ServiceDependencies,
  request: { readonly productId?: ProductId; readonly shopId?: ShopId },
  signal: AbortSignal,
): Promise<readonly StockComparison[]> {
  const { productId, shopId } = request;
  await refusePaused(deps, shopId);
  const places = productId === undefined ? await linksOf(deps, shopId) : await placesOf(deps, productId, shopId);
  const byShop = Map.groupBy(places, ({ shop }) => shop.id);
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  const compared = await Promise.all(
    [...byShop.values()].map((group) =>
      queue.add(() => compareIn(deps, group, { whole: productId === undefined, signal })),
    ),
  );
  return compared.flat();
}

async function placesOf(
  deps: ServiceDependencies,
  productId: ProductId,
  shopId?: ShopId,
): Promise<readonly ComparedPlace[]> {
  const shopIds = shopId === undefined ? {} : { shopIds: [shopId] };
  const facts = await placeFactsOf(deps, deps.store, { productIds: [productId], ...shopIds });
  return facts
    .filter(({ expected, integration, shop }) => !shop.paused && (expected || integration !== undefined))
    .map((place) => {
      const { product, shop, integration } = place;
      const ref = integration?.ref ?? bestListing(place)?.ref;
      return {
        product,
        shop,
        integration,
        ref,
      };
    });
}

const pageSize = 1_000;

async function linksOf(deps: ServiceDependencies, shopId?: ShopId): Promise<readonly ComparedPlace[]> {
  const shops = (await deps.store.shops()).filter(
    (shop) => !shop.paused && (shopId === undefined || shop.id === shopId),
  );
  const groups = await Promise.all(
    shops.map(async (shop): Promise<readonly ComparedPlace[]> => {
      const places: ComparedPlace[] = [];
      for (let after: ProductId | undefined; ; ) {
        const links = await deps.store.integrationPage({ shopId: shop.id, after, limit: pageSize });
        const found = await deps.store.products(links.map(({ productId }) => productId));
        const productOf = new Map(found.map((product) => [product.id, product]));
        for (const integration of links) {
          const product = productOf.get(integration.productId);
          if (product !== undefined) places.push({ product, shop, integration, ref: integration.ref });
        }
        if (links.length < pageSize) return places;
        after = links.at(-1)?.productId;
      }
    }),
  );
  return groups.flat();
}

type CompareMode = { readonly whole: boolean; readonly signal: AbortSignal };

async function compareIn(
  deps: ServiceDependencies,
  places: readonly ComparedPlace[],
  { whole, signal }: CompareMode,
): Promise<readonly StockComparison[]> {
  const [first] = places;
  if (first === undefined) return [];
  const read = async (connector: ShopConnector): Promise<readonly Listing[]> => {
    if (!whole) return listingsById({ connector, signal, urgency: 'interactive' }, places);
    const shown = await allListings(connector, signal);
    return [...shown, ...(await missingListings({ connector, signal, urgency: 'background' }, places, shown))];
  };
  const live = await queryShopListings(deps, first.shop, { read, signal });
  return places.map((place) => comparisonOf(place, live));
}

async function queryShopListings(
  deps: ServiceDependencies,
  shop: Shop,
  {
    read,
    signal,
  }: { readonly read: (connector: ShopConnector) => Promise<readonly Listing[]>; readonly signal: AbortSignal },
): Promise<LiveResult> {
  try {
    const connector = await makeVerifiedConnectors(deps)(shop, signal);
    return { at: new Map((await read(connector)).map((listing) => [refKey(listing.ref), listing])) };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
    return { trouble: { kind: error.kind, detail: error.detail } };
  }
}

async function allListings(connector: ShopConnector, signal: AbortSignal): Promise<readonly Listing[]> {
  const found: Listing[] = [];
  let cursor: string | undefined;
  do {
    const page = await connector.page(cursor === undefined ? {} : { cursor }, signal);
    found.push(...page.listings);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

/** A page can pass over what moves while it is read: only the shop, asked by id, can say that it does not know a thing. */
async function missingListings(
  asking: QueryOptions,
  places: readonly ComparedPlace[],
  shown: readonly Listing[],
): Promise<readonly Listing[]> {
  const seen = new Set(shown.map(({ ref }) => refKey(ref)));
  return listingsById(
    asking,
    places.filter(({ ref }) => ref !== undefined && !seen.has(refKey(ref))),
  );
}

type QueryOptions = { readonly connector: ShopConnector; readonly signal: AbortSignal; readonly urgency: Urgency };

/** Each shop product is asked for once, however many of its variants are meant. */
async function listingsById(
  { connector, signal, urgency }: QueryOptions,
  places: readonly ComparedPlace[],
): Promise<readonly Listing[]> {
  const refs = places.flatMap(({ ref }) => ref ?? []);
  const found: Listing[] = [];
  for (const id of new Set(refs.map(({ shopProductId }) => shopProductId))) {
    const meant = refs.filter(({ shopProductId }) => shopProductId === id);
    const listings = await connector.product(id, signal, urgency);
    found.push(...listings.filter((listing) => meant.some((ref) => sameRef(listing.ref, ref))));
  }
  return found;
}

function comparisonOf({ product, shop, integration, ref }: ComparedPlace, live: LiveResult): StockComparison {
  const wanted = wantedQuantity(product, shop).quantity;
  const listing = 'at' in live && ref !== undefined ? live.at.get(refKey(ref)) : undefined;
  const context: LiveCheck =
    'trouble' in live ? { kind: 'unreachable' } : listing === undefined ? { kind: 'gone' } : { kind: 'seen', listing };
  const pushed = integration?.pushed;
  const shopNow = countedQuantity(listing);
  return {
    productId: product.id,
    shopId: shop.id,
    wanted,
    stock: product.stock,
    brokeAt: locateMismatch(wanted, integration, context),
    content: listing === undefined ? [] : contentDifferences(product.content, listing.content),
    ...(pushed === undefined ? {} : { lastSent: pushed.quantity, lastSentAt: pushed.at }),
    shopNow,
    ...('trouble' in live ? { trouble: live.trouble } : {}),
  };
}
