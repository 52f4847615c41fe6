import { noChanges } from '../../domain/changes.ts';
import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { fetchOutcomeOf } from '../../domain/fetch/fetch-outcome.ts';
import { type ListingRef, type ProductId, toProductId, toRunId, toShopProductId } from '../../domain/ids.ts';
import { stillUnreadable } from '../../domain/reconcile/unreadable-rows.ts';
import { isAboutShop, type Shop, shopSku, sourceIn } from '../../domain/shop.ts';
import type { VerifiedConnectors } from '../dependencies/connect-verified.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { shopExists } from '../dependencies/shop-exists.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { ingest } from '../reconcile/ingest.ts';
import { stateOf } from '../sync/sync-session.ts';
import { failedFetch } from './failed-fetch.ts';
import { fetchChanges, outcomeOf } from './fetch-changes.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchChange, FetchResult } from './fetch-service.ts';
import { type Answer, queryJob } from './query-job.ts';
import { assertShowsOthers } from './shows-others.ts';

/** Asks one shop for one product and writes down what it said, whatever that was. */
export async function fetchFromShop(
  deps: ServiceDependencies,
  job: FetchJob,
  { signal, connect }: { readonly signal: AbortSignal; readonly connect: VerifiedConnectors },
): Promise<FetchResult> {
  const began = passed(deps.clock);
  const tookMs = (): number => passed(deps.clock) - began;
  const { shop, asked, product } = job;
  const before = await snapshot(deps, product?.id, shop);
  try {
    const known = await knownRefs(deps, job);
    const connector = await connect(shop, signal);
    const answer = await queryJob(deps, job, { connector, known, signal });
    const urgency = job.oneOfMany === true ? 'background' : 'interactive';
    await assertShowsOthers(deps, { shop, connector, signal, urgency }, { ...answer, refs: known });
    const { outcome, productId, changes } = await recordFetch(deps, job, { ...answer, before, known, tookMs });
    const after = await snapshot(deps, productId, shop);
    const ruledOut = await ruledOutNow(deps, productId, shop);
    return {
      shopId: shop.id,
      asked,
      outcome,
      ruledOut,
      tookMs: tookMs(),
      productId,
      before,
      after: after === undefined ? undefined : { ...after, at: deps.clock.now() },
      notAskedBy: answer.notAskedByGtin === true ? ['gtin'] : undefined,
      changes: changes.length === 0 ? undefined : changes,
    };
  } catch (trouble) {
    return {
      ...(await failedFetch(deps, job, { trouble, signal, tookMs })),
      before,
      tookMs: tookMs(),
    };
  }
}

type Snapshot = NonNullable<FetchResult['before']>;

/** How a product stands in a shop by what is stored: its link, and what the shop last said of it or of what it would be. */
async function snapshot(
  deps: ServiceDependencies,
  productId: ProductId | undefined,
  shop: Shop,
): Promise<Snapshot | undefined> {
  if (productId === undefined) return undefined;
  const { store } = deps;
  const [product] = await store.products([productId]);
  if (product === undefined) return undefined;
  const linked = (await store.integrationsOf([productId])).some(({ ref }) => ref.shopId === shop.id);
  const [ref] = await knownRefs(deps, { asked: product.id, product, shop });
  const [listing] = ref === undefined ? [] : await store.listingsAt([ref]);
  // What is gone has neither a state nor a figure, whatever it had.
  if (listing === undefined || listing.goneAt !== undefined) return { linked };
  const { activity, seenAt: at, stock } = listing;
  const counted = stock.quantity === undefined ? {} : { quantity: stock.quantity };
  return { linked, activity, at, ...counted };
}

/** Where the product is, was or would be in the shop: link, trace, origin, and listings that carry its SKU or GTIN. */
async function knownRefs(
  deps: ServiceDependencies,
  { product, shop, asked }: FetchJob,
): Promise<readonly ListingRef[]> {
  const { store } = deps;
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
    ...tombstones.filter(({ at }) => isAboutShop(shop, at)).map(({ integration }) => integration.ref),
    ...alike.map(({ ref }) => ref),
    ...[sourceIn(shop, product)].filter((ref) => ref !== undefined),
    ...direct,
  ]);
}

type FetchAnswer = Answer & {
  readonly before: Snapshot | undefined;
  readonly known: readonly ListingRef[];
  readonly tookMs: () => number;
};

type Found = {
  readonly outcome: FetchResult['outcome'];
  readonly productId: ProductId | undefined;
  readonly changes: readonly FetchChange[];
};

/** Takes the answer in and notes how the fetch ended, in one change. */
async function recordFetch(
  deps: ServiceDependencies,
  { asked, product, shop, signalled, verifying }: FetchJob,
  received: FetchAnswer,
): Promise<Found> {
  const runId = toRunId(`fetch-${deps.newId()}`);
  const listings = received.listings.map((listing) => ({ ...listing, seenIn: runId }));
  let found: Found = { outcome: 'never-in-shop', productId: product?.id, changes: [] };
  await deps.store.change(async (now) => {
    if (!(await shopExists(now, shop))) {
      found = { ...found, outcome: 'cancelled' };
      return noChanges;
    }
    const at = deps.clock.now();
    const context = {
      shop,
      at,
      by: deps.actor,
      asked: signalled === undefined ? 'fetch' : 'sync',
      runId,
      newProductId: () => toProductId(deps.newId()),
      wanted: product?.id,
      verifying,
    } as const;
    const answer = { shop, asked: received.ids, listings, products: product === undefined ? [] : [product] };
    const changeSet = await ingest(now, answer, (over) => ({ ...context, changeSet: over }));
    const wasLinked = received.before?.linked === true;
    const ended = fetchOutcomeOf({ shop, product, listings, known: received.known, wasLinked }, changeSet);
    const changes = fetchChanges(changeSet.events());
    const outcome = outcomeOf(ended.outcome, product, received, changes);
    found = { ...ended, outcome, changes };
    const about = found.productId === undefined ? {} : { productId: found.productId };
    const tookMs = received.tookMs();
    const fetched: DomainEvent = {
      at,
      by: deps.actor,
      type: 'product-fetched',
      ...about,
      shopId: shop.id,
      asked,
      outcome,
      tookMs,
    };
    // Shops tell of every sale: what changed by it is written down, not that they told.
    if (signalled === undefined) changeSet.record([fetched]);
    const { lastTrouble, ...state } = await stateOf(now, shop);
    const unreadable = stillUnreadable(state.unreadable, listings);
    changeSet.apply({ table: 'shopStates', put: { ...state, lastAnswerAt: at, unreadable } });
    return changeSet.changes();
  });
  return found;
}

/** The causes of a missing link that this fetch has ruled out; none where no product is known that could miss one. */
async function ruledOutNow(
  deps: ServiceDependencies,
  productId: ProductId | undefined,
  shop: Shop,
): Promise<readonly string[]> {
  if (productId === undefined) return [];
  const products = await deps.store.products([productId]);
  const [facts] = await gatherPlaceFacts(deps, deps.store, { products, shopIds: [shop.id] });
  if (facts === undefined) return [];
  const diagnosis = diagnose(facts);
  if (diagnosis.verdict === 'integrated')
    return ['connection-down', 'inactive-in-shop', 'shop-id-taken', 'gone-from-shop'];
  const out = diagnosis.findings.filter(({ certainty }) => certainty === 'ruled-out').map(({ cause }) => cause);
  return [...new Set(['connection-down', ...out])];
}
