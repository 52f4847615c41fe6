import PQueue from 'p-queue';
import { refKey } from '../../domain/changes.ts';
import { contentDifferences, type LiveCheck, locateMismatch } from '../../domain/diagnosis/compare-stock.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { integrationState } from '../../domain/integrations/integration-state.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { countedQuantity, shopFigure } from '../../domain/push/shop-figure.ts';
import { wantedQuantity } from '../../domain/push/shop-quantity.ts';
import { skuOf } from '../../domain/reconcile/match.ts';
import { type Shop, sellsByLocation } from '../../domain/shop.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';
import { bestListing } from '../facts/best-listing.ts';
import { placeFactsOf } from '../facts/gather-place-facts.ts';
import { refusePaused } from '../fetch/refuse-paused.ts';
import { askWarehouse, type WarehouseAnswer } from './ask-warehouse.ts';
import type { StockComparison, WarehouseWord } from './diagnosis-service.ts';
import { allListings, type LiveListings, listingsById } from './live-listings.ts';

/** One place to look at: a link, or the listing that would be linked. */
type ComparedPlace = {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration?: Integration;
  readonly ref?: ListingRef;
  readonly parts?: readonly LocationStock[];
};
/** What a shop showed just now, by reference; or why it could not be asked. */
type LiveResult =
  | { readonly at: ReadonlyMap<string, readonly Listing[]>; readonly unreadable: LiveListings['unreadable'] }
  | { readonly trouble: ShopFailure };

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
  const warehouse = await askWarehouse(deps, places, signal);
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  const compared = await Promise.all(
    [...byShop.values()].map((group) =>
      queue.add(() => compareIn(deps, group, { whole: productId === undefined, signal, warehouse })),
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
      const { product, shop, integration, parts } = place;
      const ref = integration?.ref ?? bestListing(place)?.ref;
      return {
        product,
        shop,
        integration,
        ref,
        parts,
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
      const isMapped = sellsByLocation(shop);
      for (let after: ProductId | undefined; ; ) {
        const links = await deps.store.integrationPage({ shopId: shop.id, after, limit: pageSize });
        const found = await deps.store.products(links.map(({ productId }) => productId));
        const productOf = new Map(found.map((product) => [product.id, product]));
        const levels = isMapped ? await deps.store.stockLevelsOf([...productOf.keys()]) : [];
        const partsOf = Map.groupBy(levels, ({ productId }) => productId);
        for (const integration of links) {
          const product = productOf.get(integration.productId);
          const parts = partsOf.get(integration.productId);
          if (product !== undefined) places.push({ product, shop, integration, ref: integration.ref, parts });
        }
        if (links.length < pageSize) return places;
        after = links.at(-1)?.productId;
      }
    }),
  );
  return groups.flat();
}

type CompareMode = { readonly whole: boolean; readonly signal: AbortSignal; readonly warehouse: WarehouseAnswer };

async function compareIn(
  deps: ServiceDependencies,
  places: readonly ComparedPlace[],
  { whole, signal, warehouse }: CompareMode,
): Promise<readonly StockComparison[]> {
  const [first] = places;
  if (first === undefined) return [];
  const read = async (connector: ShopConnector): Promise<LiveListings> => {
    if (whole) return allListings({ connector, signal, urgency: 'background' }, places);
    const listings = await listingsById({ connector, signal, urgency: 'interactive' }, places);
    return { listings, unreadable: new Map() };
  };
  const live = await queryShopListings(deps, first.shop, { read, signal });
  return places.map((place) => comparisonOf(place, live, warehouse(place.product, place.shop)));
}

async function queryShopListings(
  deps: ServiceDependencies,
  shop: Shop,
  {
    read,
    signal,
  }: { readonly read: (connector: ShopConnector) => Promise<LiveListings>; readonly signal: AbortSignal },
): Promise<LiveResult> {
  try {
    const connector = await makeVerifiedConnectors(deps)(shop, signal);
    const { listings, unreadable } = await read(connector);
    return { at: Map.groupBy(listings, ({ ref }) => refKey(ref)), unreadable };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
    return { trouble: { kind: error.kind, detail: error.detail } };
  }
}

function comparisonOf(
  { product, shop, integration, ref, parts }: ComparedPlace,
  live: LiveResult,
  warehouse: WarehouseWord | undefined,
): StockComparison {
  const wanted = wantedQuantity({ product, shop, parts }).quantity;
  const theirs = warehouse?.kind === 'told' ? warehouse.figure : undefined;
  const shown = 'at' in live && ref !== undefined ? live.at.get(refKey(ref)) : undefined;
  // A copy may lie under the very same id: the figure of the other thing is not ours.
  const listing = shown?.find((one) => skuOf(one, shop) === product.sku) ?? shown?.[0];
  const unreadable =
    'unreadable' in live && listing === undefined ? live.unreadable.get(ref?.shopProductId ?? '') : undefined;
  const context: LiveCheck =
    'trouble' in live
      ? { kind: live.trouble.detail.reason === 'unreadable-row' ? 'unreadable' : 'unreachable' }
      : listing !== undefined
        ? { kind: 'seen', listing }
        : { kind: unreadable === undefined ? 'gone' : 'unreadable' };
  const { atLocations } = integrationState({ shop, product, listing, integration, parts });
  const pushed = integration?.pushed;
  const shopNow = countedQuantity(listing);
  return {
    productId: product.id,
    shopId: shop.id,
    wanted,
    stock: product.stock,
    warehouse,
    brokeAt: locateMismatch({ wanted, theirs, atLocations }, integration, context),
    ...(atLocations === undefined ? {} : { atLocations }),
    content: listing === undefined ? [] : contentDifferences(product.content, listing.content),
    ...(pushed === undefined ? {} : { lastSent: pushed.quantity, lastSentAt: pushed.at }),
    shopNow,
    ...(listing === undefined ? {} : { shopFigure: shopFigure(listing) }),
    ...('trouble' in live ? { trouble: live.trouble } : {}),
    ...(unreadable === undefined ? {} : { unreadable: { where: unreadable.where, said: unreadable.said } }),
  };
}
