import type { ListingRef, ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { takeIn } from './absorb.ts';
import { type Asking, lookOf, writeStep } from './reading.ts';

const idsInOneStep = 20;

/** Asks the shop by id for what a reading did not show, or not whole: only its own "no" counts as gone. Settles nothing. */
export async function askById(reading: Asking, suspects: readonly ListingRef[]): Promise<void> {
  const ids = [...new Set(suspects.map(({ shopProductId }) => shopProductId))];
  for (let start = 0; start < ids.length; start += idsInOneStep) {
    await confirmSome(reading, ids.slice(start, start + idsInOneStep));
  }
}

async function confirmSome(reading: Asking, ids: readonly ShopProductId[]): Promise<void> {
  const asked: ShopProductId[] = [];
  const listings: Listing[] = [];
  for (const id of ids) {
    const shown = await askFor(reading, id);
    reading.signal.throwIfAborted();
    if (shown === undefined) continue;
    asked.push(id);
    listings.push(...shown.map((listing) => ({ ...listing, seenIn: reading.run.id })));
  }
  if (asked.length === 0) return;
  await writeStep(reading, async (now) => {
    const { notebook } = await takeIn(now, { shop: reading.shop, asked, listings }, (over) => lookOf(reading, over));
    return { changes: notebook.changes() };
  });
}

/** What the shop has under an id; `undefined` when its answer about this one thing says nothing either way. */
async function askFor(reading: Asking, id: ShopProductId): Promise<readonly Listing[] | undefined> {
  try {
    return await reading.connector.product(id, reading.signal, 'background');
  } catch (trouble) {
    if (trouble instanceof ShopError && (trouble.kind === 'unintelligible' || trouble.kind === 'refused'))
      return undefined;
    throw trouble;
  }
}
