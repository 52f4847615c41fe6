import type { Conflict, ConflictChoice } from '../../domain/conflict.ts';
import { resolveConflict } from '../../domain/conflicts/resolve-conflict.ts';
import type { ListingRef } from '../../domain/ids.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { manualContext } from '../integrations/link-by-hand.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { findShop } from '../shops/manage-shops.ts';

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
    const products = await now.products(contenders(conflict));
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

function contenders(conflict: Conflict) {
  switch (conflict.kind) {
    case 'shop-id-taken':
      return [conflict.holder, conflict.claimant];
    case 'sku-changed':
      return [conflict.holder];
    case 'product-taken':
      return [conflict.product];
    case 'ambiguous':
      return conflict.candidates;
    default:
      return conflict satisfies never;
  }
}
