import { refKey } from '../../domain/changes.ts';
import type { ShopProductId } from '../../domain/ids.ts';
import type { Look } from '../../domain/linking/look.ts';
import type { Notebook } from '../../domain/linking/notebook.ts';
import { type Deciding, glance, miss, settle } from '../../domain/linking/reconcile.ts';
import { inTurns } from '../../domain/linking/tell-apart.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
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

/** Takes in a whole answer by id: what was shown is seen, what is known under these ids and was not shown is gone. */
export async function takeIn(now: StoreReader, answer: ById, lookWith: (notebook: Notebook) => Look): Promise<Look> {
  const { shop, asked, listings: seen, products } = answer;
  const known = (await Promise.all(asked.map((id) => now.listingsWith(id)))).flat();
  const here = known.filter(({ ref }) => ref.shopId === shop.id);
  const look = lookWith(await gatherFacts(now, { shop, seen, again: here.map(({ ref }) => ref), products }));
  for (const listing of seen) glance(listing, look);
  for (const { ref } of here) miss(ref, look);
  return look;
}

/** Takes in a whole answer by id and settles it at once. Returns the notebook in which all of it is written down. */
export async function absorb(
  now: StoreReader,
  answer: ById,
  lookWith: (notebook: Notebook) => Look,
): Promise<Notebook> {
  const look = await takeIn(now, answer, lookWith);
  const { notebook } = look;
  const shown = new Map(answer.listings.map(({ ref }) => [refKey(ref), notebook.listing(ref)]));
  const listings = [...shown.values()].filter((listing) => listing !== undefined);
  const refs = inTurns(listings, ({ ref }) => notebook.integrationAt(ref) !== undefined).map(({ ref }) => ref);
  for (const deciding of ['named', 'all'] as const) settleUntilStill(refs, look, deciding);
  return notebook;
}

function settleUntilStill(refs: readonly Listing['ref'][], look: Look, deciding: Deciding): void {
  let noted = -1;
  for (let round = 0; round < mostRounds && noted !== look.notebook.events().length; round += 1) {
    noted = look.notebook.events().length;
    for (const ref of refs) settle(ref, look, deciding);
  }
}
