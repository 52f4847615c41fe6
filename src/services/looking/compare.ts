import PQueue from 'p-queue';
import { placeKey, refKey, sameRef } from '../../domain/changes.ts';
import { contentDifferences, type LiveLook, whereItBroke } from '../../domain/explaining/compare.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { wantedFigure } from '../../domain/pushing/shop-figure.ts';
import type { Shop } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { refusePaused } from '../asking/refuse-paused.ts';
import { bestListing } from '../evidence/best-listing.ts';
import { evidenceOf } from '../evidence/gather-evidence.ts';
import type { Comparison, ShopTrouble } from '../services.ts';
import type { World } from '../world.ts';

/** One place to look at: a link, or the listing that would be linked. */
type ComparedPlace = {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration?: Integration;
  readonly ref?: ListingRef;
};
/** What a shop showed just now, by reference; or why it could not be asked. */
type Looked = { readonly at: ReadonlyMap<string, Listing> } | { readonly trouble: ShopTrouble };

/**
 * Reads a product in all its shops, or a whole shop, live: what the warehouse wants, what was last sent, what the
 * shop has now, and where between them it broke. Changes nothing; a paused shop is not asked,
 * and refused when it was named.
 */
export async function compare(
  world: World,
  request: { readonly productId?: ProductId; readonly shopId?: ShopId },
  signal: AbortSignal,
): Promise<readonly Comparison[]> {
  const { productId, shopId } = request;
  await refusePaused(world, shopId);
  const places = productId === undefined ? await linksOf(world, shopId) : await placesOf(world, productId, shopId);
  const byShop = Map.groupBy(places, ({ shop }) => shop.id);
  const queue = new PQueue({ concurrency: world.tuning.shopsAtOnce });
  const compared = await Promise.all(
    [...byShop.values()].map((group) =>
      queue.add(() => compareIn(world, group, { whole: productId === undefined, signal })),
    ),
  );
  return compared.flat();
}

async function placesOf(world: World, productId: ProductId, shopId?: ShopId): Promise<readonly ComparedPlace[]> {
  const shopIds = shopId === undefined ? {} : { shopIds: [shopId] };
  const facts = await evidenceOf(world, world.store, { productIds: [productId], ...shopIds });
  return facts
    .filter(({ expected, integration, shop }) => !shop.paused && (expected || integration !== undefined))
    .map((place) => {
      const { product, shop, integration } = place;
      const ref = integration?.ref ?? bestListing(place)?.ref;
      return {
        product,
        shop,
        ...(integration === undefined ? {} : { integration }),
        ...(ref === undefined ? {} : { ref }),
      };
    });
}

async function linksOf(world: World, shopId?: ShopId): Promise<readonly ComparedPlace[]> {
  const shops = (await world.store.shops()).filter(
    (shop) => !shop.paused && (shopId === undefined || shop.id === shopId),
  );
  const groups = await Promise.all(
    shops.map(async (shop): Promise<readonly ComparedPlace[]> => {
      const links = await world.store.integrationsOn(shop.id);
      const linkOf = new Map(links.map((link) => [placeKey(link.productId, shop.id), link]));
      const products = await world.store.products(links.map((link) => link.productId));
      return products.flatMap((product) => {
        const integration = linkOf.get(placeKey(product.id, shop.id));
        return integration === undefined ? [] : [{ product, shop, integration, ref: integration.ref }];
      });
    }),
  );
  return groups.flat();
}

type Manner = { readonly whole: boolean; readonly signal: AbortSignal };

async function compareIn(
  world: World,
  places: readonly ComparedPlace[],
  { whole, signal }: Manner,
): Promise<readonly Comparison[]> {
  const [first] = places;
  if (first === undefined) return [];
  const looked = await lookInto(world, first.shop, async (connector) => {
    if (!whole) return these({ connector, signal, urgency: 'interactive' }, places);
    const shown = await everything(connector, signal);
    return [...shown, ...(await unshown({ connector, signal, urgency: 'background' }, places, shown))];
  });
  return places.map((place) => comparisonOf(place, looked));
}

async function lookInto(
  world: World,
  shop: Shop,
  read: (connector: ShopConnector) => Promise<readonly Listing[]>,
): Promise<Looked> {
  const connector = world.door.connect(shop);
  if (connector === undefined) {
    return { trouble: { kind: 'unauthorized', detail: { shop: shop.id, doing: 'looking for credentials' } } };
  }
  try {
    return { at: new Map((await read(connector)).map((listing) => [refKey(listing.ref), listing])) };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
    return { trouble: { kind: error.kind, detail: error.detail } };
  }
}

async function everything(connector: ShopConnector, signal: AbortSignal): Promise<readonly Listing[]> {
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
async function unshown(
  asking: AskingOne,
  places: readonly ComparedPlace[],
  shown: readonly Listing[],
): Promise<readonly Listing[]> {
  const seen = new Set(shown.map(({ ref }) => refKey(ref)));
  return these(
    asking,
    places.filter(({ ref }) => ref !== undefined && !seen.has(refKey(ref))),
  );
}

type AskingOne = { readonly connector: ShopConnector; readonly signal: AbortSignal; readonly urgency: Urgency };

/** Each shop product is asked for once, however many of its variants are meant. */
async function these(
  { connector, signal, urgency }: AskingOne,
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

function comparisonOf({ product, shop, integration, ref }: ComparedPlace, looked: Looked): Comparison {
  const wanted = wantedFigure(product, shop).quantity;
  const listing = 'at' in looked && ref !== undefined ? looked.at.get(refKey(ref)) : undefined;
  const look: LiveLook =
    'trouble' in looked
      ? { kind: 'unreachable' }
      : listing === undefined
        ? { kind: 'gone' }
        : { kind: 'seen', listing };
  const pushed = integration?.pushed;
  const shopNow = listing?.stock.tracked === true ? listing.stock.quantity : undefined;
  return {
    productId: product.id,
    shopId: shop.id,
    wanted,
    stock: product.stock,
    brokeAt: whereItBroke(wanted, integration, look),
    content: listing === undefined ? [] : contentDifferences(product.content, listing.content),
    ...(pushed === undefined ? {} : { lastSent: pushed.quantity, lastSentAt: pushed.at }),
    ...(shopNow === undefined ? {} : { shopNow }),
    ...('trouble' in looked ? { trouble: looked.trouble } : {}),
  };
}
