import type { Conflict, ConflictChoice } from '../../domain/conflict.ts';
import type { ListingRef } from '../../domain/ids.ts';
import { settleConflict } from '../../domain/linking/settle.ts';
import { mayAct } from '../acting.ts';
import { gatherFacts } from '../reading/gather-facts.ts';
import { Refusal } from '../services.ts';
import type { World } from '../world.ts';
import { lookByHand } from './link.ts';
import { findShop } from './shops.ts';

/** Carries out what a person chose for a conflict. Remembered, so that the next reading does not ask again. */
export async function settle(world: World, ref: ListingRef, choice: ConflictChoice, note?: string): Promise<Conflict> {
  mayAct(world);
  const shop = await findShop(world, ref.shopId);
  let settled: Conflict | undefined;
  await world.store.change(async (now) => {
    const [conflict] = await now.conflictsAt([ref]);
    const [listing] = await now.listingsAt([ref]);
    if (conflict === undefined || listing === undefined)
      throw new Refusal('no-conflict', { listing: ref.shopProductId });
    const products = await now.products(contenders(conflict));
    const notebook = await gatherFacts(now, { shop, again: [ref], products });
    if (!settleConflict({ conflict, choice, note }, listing, lookByHand(world, shop, notebook))) {
      throw new Refusal('choice-does-not-fit', { choice, conflict: conflict.kind });
    }
    settled = conflict;
    return notebook.changes();
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
