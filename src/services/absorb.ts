import { refKey } from '../domain/changes.ts';
import type { ListingRef, ShopProductId } from '../domain/ids.ts';
import type { Listing } from '../domain/listing.ts';
import type { Look } from '../domain/look.ts';
import type { Notebook } from '../domain/notebook.ts';
import type { Product } from '../domain/product.ts';
import { depart, glance, settle } from '../domain/reconcile.ts';
import type { Shop } from '../domain/shop.ts';
import { compareTurns } from '../domain/tell-apart.ts';
import type { StoreReader } from '../ports/store.ts';
import { gatherFacts } from './gather-facts.ts';

/** What a shop answered when it was asked for everything under some of its product ids. */
export type ById = {
  readonly shop: Shop;
  readonly asked: readonly ShopProductId[];
  readonly listings: readonly Listing[];
  /** The products that were asked for. */
  readonly products?: readonly Product[];
};

const mostRounds = 10;

/**
 * Takes in a whole answer by id: what was shown is looked at and settled at once, what is known under these ids
 * and was not shown is gone. Returns the notebook in which all of it is written down.
 */
export async function absorb(
  now: StoreReader,
  answer: ById,
  lookWith: (notebook: Notebook) => Look,
): Promise<Notebook> {
  const { shop, asked, listings: seen, products } = answer;
  const known = (await Promise.all(asked.map((id) => now.listingsWith(id)))).flat();
  const here = known.filter(({ ref }) => ref.shopId === shop.id);
  const notebook = await gatherFacts(now, { shop, seen, again: here.map(({ ref }) => ref), products });
  const look = lookWith(notebook);
  const shown = new Set(seen.map(({ ref }) => refKey(ref)));
  for (const listing of seen) glance(listing, look);
  for (const { ref } of here) if (!shown.has(refKey(ref))) depart(ref, look);
  const stored = new Map(seen.map(({ ref }) => [refKey(ref), notebook.listing(ref)]));
  const turns = [...stored.values()].filter((listing) => listing !== undefined).toSorted(compareTurns);
  settleUntilStill(
    turns.map(({ ref }) => ref),
    look,
  );
  return notebook;
}

function settleUntilStill(refs: readonly ListingRef[], look: Look): void {
  let noted = -1;
  for (let round = 0; round < mostRounds && noted !== look.notebook.events().length; round += 1) {
    noted = look.notebook.events().length;
    for (const ref of refs) settle(ref, look, true);
  }
}
