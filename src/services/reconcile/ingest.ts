import { refKey } from '../../domain/changes.ts';
import type { ListingRef, ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { ChangeSet } from '../../domain/reconcile/change-set.ts';
import { inResolvingOrder, resolvingPlace } from '../../domain/reconcile/duplicates.ts';
import { type MatchBasis, markMissing, observe, resolve } from '../../domain/reconcile/reconcile.ts';
import type { ReconcileContext } from '../../domain/reconcile/reconcile-context.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { loadChangeSet } from './load-change-set.ts';

/** What a shop answered when it was asked for everything under some of its product ids. */
export type AnswerById = {
  readonly shop: Shop;
  readonly asked: readonly ShopProductId[];
  readonly listings: readonly Listing[];
  /** The products that were asked for. */
  readonly products?: readonly Product[];
  /** Rows that could not be read: that they were not shown says nothing. */
  readonly isUnknown?: (ref: ListingRef) => boolean;
};

const maxRounds = 10;

/** Takes in a whole answer by id: what was shown is seen, what is known under these ids and was not shown is gone. */
export async function observeAnswer(
  now: StoreReader,
  answer: AnswerById,
  makeContext: (changeSet: ChangeSet) => ReconcileContext,
): Promise<ReconcileContext> {
  const { shop, asked, listings: seen, products, isUnknown } = answer;
  const known = (await Promise.all(asked.map((id) => now.listingsWith(id)))).flat();
  const here = known.filter(({ ref }) => ref.shopId === shop.id);
  const context = makeContext(await loadChangeSet(now, { shop, seen, again: here.map(({ ref }) => ref), products }));
  for (const listing of seen) observe(listing, context);
  for (const { ref } of here) if (isUnknown?.(ref) !== true) markMissing(ref, context);
  return context;
}

/** Takes in a whole answer by id and resolves it at once. Returns the change set that holds all of it. */
export async function ingest(
  now: StoreReader,
  answer: AnswerById,
  makeContext: (changeSet: ChangeSet) => ReconcileContext,
): Promise<ChangeSet> {
  const context = await observeAnswer(now, answer, makeContext);
  const { changeSet } = context;
  const shown = new Map(answer.listings.map(({ ref }) => [refKey(ref), changeSet.listing(ref)]));
  const listings = [...shown.values()].filter((listing) => listing !== undefined);
  const refs = inResolvingOrder(
    listings.map((listing) => resolvingPlace(listing, changeSet.integrationAt(listing.ref) !== undefined)),
  );
  for (const basis of ['named', 'all'] as const) resolveUntilStable(refs, context, basis);
  return changeSet;
}

function resolveUntilStable(refs: readonly Listing['ref'][], context: ReconcileContext, basis: MatchBasis): void {
  let noted = -1;
  for (let round = 0; round < maxRounds && noted !== context.changeSet.events().length; round += 1) {
    noted = context.changeSet.events().length;
    for (const ref of refs) resolve(ref, context, basis);
  }
}
