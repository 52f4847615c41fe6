import { sameRef } from '../../domain/changes.ts';
import type { ListingRef, ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

type Asking = {
  readonly shop: Shop;
  readonly connector: ShopConnector;
  readonly signal: AbortSignal;
  readonly urgency?: Urgency;
};
/** What a shop was asked for by id, and what it showed. */
type Shown = {
  readonly refs: readonly ListingRef[];
  readonly ids: readonly ShopProductId[];
  readonly listings: readonly Listing[];
};

/** So many links are looked at for one that may prove a shop, and so many are asked for. */
const considered = 50;
const askedFor = 3;

/**
 * Refuses an answer by which a link would go where the shop shows nothing else by its id either: one that knows none of
 * what it has in its lists is not believed about a single thing. What is asked for instead is what was seen last, then
 * what its list shows at this moment (what was seen last may have gone together), and a variant in a variant's place: a
 * list may be empty for one sort of goods alone.
 */
export async function assertShowsOthers(deps: ServiceDependencies, asking: Asking, shown: Shown): Promise<void> {
  const { store } = deps;
  const asked = (await store.integrationsAt(shown.refs)).map(({ ref }) => ref);
  const missing = asked.filter((ref) => shown.ids.includes(ref.shopProductId) && !isShown(ref, shown.listings));
  const [first] = missing;
  if (first === undefined) return;
  const others = await othersLike(deps, first, shown.ids);
  if (others.length === 0) return;
  const known = await showsOneOf(asking, others);
  if (known.isShown) return;
  const listed = await showsOneOf(asking, await listedLike(asking, first, shown.ids));
  if (listed.isShown) return;
  const said = `nor does it show ${others.length} others that it had, so it is not believed about one`;
  const trouble = known.trouble ?? listed.trouble;
  throw (
    trouble ??
    new ShopError('unintelligible', { shop: asking.shop.id, doing: 'reading one product', said, saidBy: 'us' })
  );
}

/** Whether a shop shows one of these when it is asked by id, and what was wrong with the first that could not be read. */
async function showsOneOf(
  { connector, signal, urgency }: Asking,
  refs: readonly ListingRef[],
): Promise<{ readonly isShown: boolean; readonly trouble?: ShopError }> {
  let trouble: ShopError | undefined;
  for (const ref of refs) {
    try {
      const listings = await connector.product(ref.shopProductId, signal, urgency);
      if (listings.some((listing) => sameRef(listing.ref, ref))) return { isShown: true };
    } catch (error) {
      const isOfOne = error instanceof ShopError && (error.kind === 'unintelligible' || error.kind === 'refused');
      if (!isOfOne) throw error;
      trouble ??= error;
    }
  }
  return { isShown: false, trouble };
}

/** What the beginning of a shop's list shows now of the same sort. */
async function listedLike(
  { connector, signal }: Asking,
  ref: ListingRef,
  asked: readonly ShopProductId[],
): Promise<readonly ListingRef[]> {
  const { listings } = await connector.page({}, signal);
  const isVariant = ref.shopVariantId !== undefined;
  const alike = listings
    .map((listing) => listing.ref)
    .filter((other) => !asked.includes(other.shopProductId) && (other.shopVariantId !== undefined) === isVariant);
  return oneOfEach(alike).slice(0, askedFor);
}

/** Whether something of the same sort stands under a reference's product: a variant that went beside one that stayed is no riddle. */
const isShown = (ref: ListingRef, listings: readonly Listing[]): boolean =>
  listings.some(
    (listing) =>
      listing.ref.shopProductId === ref.shopProductId &&
      (ref.shopVariantId === undefined || listing.ref.shopVariantId !== undefined),
  );

/** Links that are asked for in another's place: those seen last, of the same sort where there are any. */
async function othersLike(
  { store }: ServiceDependencies,
  ref: ListingRef,
  asked: readonly ShopProductId[],
): Promise<readonly ListingRef[]> {
  const links = await store.integrationPage({ shopId: ref.shopId, limit: considered });
  const others = links.filter((link) => !asked.includes(link.ref.shopProductId));
  const isVariant = ref.shopVariantId !== undefined;
  const alike = others.filter((link) => (link.ref.shopVariantId !== undefined) === isVariant);
  const chosen = (alike.length === 0 ? others : alike).map((link) => link.ref);
  const seen = (await store.listingsAt(chosen))
    .filter(({ goneAt }) => goneAt === undefined)
    .toSorted((one, other) => (one.seenAt < other.seenAt ? 1 : one.seenAt > other.seenAt ? -1 : 0));
  return oneOfEach(seen.map((listing) => listing.ref)).slice(0, askedFor);
}

/** The first of each product: one of a family says for all of it. */
const oneOfEach = (refs: readonly ListingRef[]): readonly ListingRef[] =>
  [...new Map(refs.toReversed().map((ref) => [ref.shopProductId, ref])).values()].toReversed();
