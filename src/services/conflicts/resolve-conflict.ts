import { refKey } from '../../domain/changes.ts';
import { type Conflict, type ConflictChoice, translationOf } from '../../domain/conflict.ts';
import { resolveConflict } from '../../domain/conflicts/resolve-conflict.ts';
import { conflictProducts } from '../../domain/event.ts';
import type { ListingRef } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { oneAct } from '../dependencies/one-act.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { manualContext } from '../integrations/link-by-hand.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { findShop } from '../shops/manage-shops.ts';
import type { KeepAll } from './conflict-service.ts';

/** Carries out what a person chose for a conflict. Remembered, so that the next sync does not ask again. */
export async function settle(
  deps: ServiceDependencies,
  ref: ListingRef,
  choice: ConflictChoice,
  note?: string,
): Promise<Conflict> {
  assertCanWrite(deps);
  const shop = await findShop(deps, ref.shopId);
  let settled: Conflict | undefined;
  await deps.store.change(async (now) => {
    const [conflict] = await now.conflictsAt([ref]);
    const [listing] = await now.listingsAt([ref]);
    if (conflict === undefined || listing === undefined)
      throw new Refusal('no-conflict', { listing: ref.shopProductId });
    const products = await now.products(conflictProducts(conflict));
    const changeSet = await loadChangeSet(now, { shop, again: [ref], products });
    if (!resolveConflict({ conflict, choice, note }, listing, manualContext(deps, shop, changeSet))) {
      throw new Refusal('choice-does-not-fit', { choice, conflict: conflict.kind });
    }
    settled = conflict;
    return changeSet.changes();
  });
  if (settled === undefined) throw new Error(`a settled conflict at ${ref.shopProductId} was not written`);
  return settled;
}

/**
 * One answer to many conflicts: everything stays as it is, and none of them asks again until one of its sides changes.
 * A translated shop has one conflict a product, and nobody wants to say so each time. One act a shop.
 */
export async function keepAll(
  deps: ServiceDependencies,
  { shopId, translationsOnly = false }: KeepAll,
  note?: string,
): Promise<readonly Conflict[]> {
  assertCanWrite(deps);
  const shops = (await deps.store.shops()).filter(({ id }) => shopId === undefined || id === shopId);
  if (shopId !== undefined && shops.length === 0) throw new Refusal('unknown-shop', { shop: shopId });
  const kept: Conflict[] = [];
  for (const shop of shops) kept.push(...(await keepIn(oneAct(deps), shop, { translationsOnly, note })));
  return kept;
}

async function keepIn(
  deps: ServiceDependencies,
  shop: Shop,
  { translationsOnly, note }: { readonly translationsOnly: boolean; readonly note: string | undefined },
): Promise<readonly Conflict[]> {
  let kept: readonly Conflict[] = [];
  await deps.store.change(async (now) => {
    const standing = await standingIn(now, shop);
    const listings = await now.listingsAt(standing.map(({ ref }) => ref));
    const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
    kept = standing.filter((conflict) => {
      const listing = listingAt.get(refKey(conflict.ref));
      return listing !== undefined && (!translationsOnly || translationOf(conflict, listing) !== undefined);
    });
    const products = await now.products([...new Set(kept.flatMap(conflictProducts))]);
    const changeSet = await loadChangeSet(now, { shop, again: kept.map(({ ref }) => ref), products });
    const context = manualContext(deps, shop, changeSet);
    for (const conflict of kept) {
      const listing = listingAt.get(refKey(conflict.ref));
      if (listing !== undefined) resolveConflict({ conflict, choice: 'keep', note }, listing, context);
    }
    return changeSet.changes();
  });
  return kept;
}

async function standingIn(now: StoreReader, { id: shopId }: Shop): Promise<readonly Conflict[]> {
  const all: Conflict[] = [];
  for (;;) {
    const page = await now.conflictPage({ shopId, after: all.at(-1), limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}
const pageSize = 1_000;
