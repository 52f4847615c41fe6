import type { DomainEvent, FetchOutcome } from '../../domain/event.ts';
import { diagnose } from '../../domain/explaining/diagnose.ts';
import {
  type ListingRef,
  millisecondsOf,
  type ProductId,
  toProductId,
  toRunId,
  toShopProductId,
} from '../../domain/ids.ts';
import { judgeFetch } from '../../domain/linking/judge-fetch.ts';
import { type Shop, shopSku } from '../../domain/shop.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { absorb } from '../reading/absorb.ts';
import { stateOf } from '../reading/reading.ts';
import type { FetchResult } from '../services.ts';
import type { World } from '../world.ts';
import { type Answer, askErrand } from './ask-errand.ts';
import type { Errand } from './errand.ts';
import { failedFetch } from './failed-fetch.ts';

/** Asks one shop for one product and writes down what it said, whatever that was. */
export async function fetchFromShop(world: World, errand: Errand, signal: AbortSignal): Promise<FetchResult> {
  const began = millisecondsOf(world.clock.now());
  const tookMs = (): number => millisecondsOf(world.clock.now()) - began;
  const { shop, asked, product } = errand;
  const before = await snapshot(world, product?.id, shop);
  try {
    const known = await knownRefs(world, errand);
    const answer = await askErrand(world, errand, { known, signal });
    const { outcome, productId } = await writeDown(world, errand, { ...answer, before, known, tookMs });
    const after = await snapshot(world, productId, shop);
    const ruledOut = await ruledOutNow(world, productId, shop);
    return {
      shopId: shop.id,
      asked,
      outcome,
      ruledOut,
      tookMs: tookMs(),
      ...(productId === undefined ? {} : { productId }),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after: { ...after, at: world.clock.now() } }),
    };
  } catch (trouble) {
    return {
      ...(await failedFetch(world, errand, { trouble, signal, tookMs })),
      ...(before === undefined ? {} : { before }),
      tookMs: tookMs(),
    };
  }
}

type Snapshot = NonNullable<FetchResult['before']>;

/** How a product stands in a shop by what is stored: its link, and what the shop last said of it or of what it would be. */
async function snapshot(world: World, productId: ProductId | undefined, shop: Shop): Promise<Snapshot | undefined> {
  if (productId === undefined) return undefined;
  const { store } = world;
  const [product] = await store.products([productId]);
  if (product === undefined) return undefined;
  const linked = (await store.integrationsOf([productId])).some(({ ref }) => ref.shopId === shop.id);
  const [ref] = await knownRefs(world, { asked: product.id, product, shop });
  const [listing] = ref === undefined ? [] : await store.listingsAt([ref]);
  if (listing === undefined) return { linked };
  const { activity, seenAt: at, stock } = listing;
  const counted = stock.quantity === undefined ? {} : { quantity: stock.quantity };
  return { linked, activity, at, ...counted };
}

/** Where the product is, was or would be in the shop: link, trace, origin, and listings that carry its SKU or GTIN. */
async function knownRefs(world: World, { product, shop, asked }: Errand): Promise<readonly ListingRef[]> {
  const { store } = world;
  const direct = (await store.listingsWith(toShopProductId(asked.trim()))).map(({ ref }) => ref);
  const here = (refs: readonly ListingRef[]): readonly ListingRef[] => refs.filter(({ shopId }) => shopId === shop.id);
  if (product === undefined) return here(direct);
  const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
  const [links, tombstones, alike] = await Promise.all([
    store.integrationsOf([product.id]),
    store.tombstonesOf([product.id]),
    store.listingsBy({ skus: sku === undefined ? [] : [sku], gtins: product.gtin === undefined ? [] : [product.gtin] }),
  ]);
  return here([
    ...links.map(({ ref }) => ref),
    ...tombstones.map(({ integration }) => integration.ref),
    ...alike.map(({ ref }) => ref),
    ...(product.contentFrom === undefined ? [] : [product.contentFrom]),
    ...direct,
  ]);
}

type Heard = Answer & {
  readonly before: Snapshot | undefined;
  readonly known: readonly ListingRef[];
  readonly tookMs: () => number;
};

type Found = { readonly outcome: FetchOutcome; readonly productId: ProductId | undefined };

/** Takes the answer in and notes how the fetch ended, in one change. */
async function writeDown(world: World, { asked, product, shop }: Errand, heard: Heard): Promise<Found> {
  const runId = toRunId(`fetch-${world.newId()}`);
  const listings = heard.listings.map((listing) => ({ ...listing, seenIn: runId }));
  let found: Found = { outcome: 'never-in-shop', productId: product?.id };
  await world.store.change(async (now) => {
    const at = world.clock.now();
    const look = {
      shop,
      at,
      by: world.actor,
      asked: 'fetch',
      runId,
      newProductId: () => toProductId(world.newId()),
      wanted: product?.id,
    } as const;
    const answer = { shop, asked: heard.ids, listings, products: product === undefined ? [] : [product] };
    const notebook = await absorb(now, answer, (over) => ({ ...look, notebook: over }));
    const wasLinked = heard.before?.linked === true;
    found = judgeFetch({ shop, product, listings, known: heard.known, wasLinked }, notebook);
    const about = found.productId === undefined ? {} : { productId: found.productId };
    const tookMs = heard.tookMs();
    const fetched: DomainEvent = {
      at,
      by: world.actor,
      type: 'product-fetched',
      ...about,
      shopId: shop.id,
      asked,
      outcome: found.outcome,
      tookMs,
    };
    notebook.note([fetched]);
    const { lastTrouble, ...state } = await stateOf(now, shop);
    notebook.keep({ table: 'shopStates', put: { ...state, lastAnswerAt: at } });
    return notebook.changes();
  });
  return found;
}

/** The causes of a missing link that this fetch has ruled out. */
async function ruledOutNow(world: World, productId: ProductId | undefined, shop: Shop): Promise<readonly string[]> {
  if (productId === undefined) return ['connection-down'];
  const products = await world.store.products([productId]);
  const [facts] = await gatherEvidence(world, world.store, { products, shopIds: [shop.id] });
  if (facts === undefined) return [];
  const diagnosis = diagnose(facts);
  if (diagnosis.verdict === 'integrated')
    return ['connection-down', 'inactive-in-shop', 'shop-id-taken', 'gone-from-shop'];
  const out = diagnosis.findings.filter(({ certainty }) => certainty === 'ruled-out').map(({ cause }) => cause);
  return [...new Set(['connection-down', ...out])];
}
