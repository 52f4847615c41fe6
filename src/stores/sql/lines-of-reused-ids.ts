import type { Kysely } from 'kysely';
import type { Shop } from '../../domain/shop.ts';
import { StoreError } from '../../ports/store-error.ts';
import { makeCounting } from './counters.ts';
import type { Ask, Dialect } from './engine.ts';
import { nothingTouched } from './writing/touched.ts';
import { readShops, touchEverything } from './writing/write.ts';
import { writeLines } from './writing/write-lines.ts';
import { writeOpen } from './writing/write-open.ts';

/**
 * Works all lines out anew where a shop bears the id of one that was removed: an earlier program took what it left behind
 * for this one's. Nothing is done to any other store. With a million lines it takes minutes, once.
 */
export async function renewLinesOfReusedIds(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const ask: Ask = async (query) => (await query.execute(db)).rows;
  const shops = await shopsIn(ask);
  if (shops.every(({ formerly }) => formerly === undefined)) return;
  const counting = makeCounting({ ask, dialect });
  const touched = nothingTouched();
  await touchEverything({ ask }, touched);
  await writeLines({ ask, dialect, counting, shops }, touched.products, touched.conflicts);
  await writeOpen({ ask, dialect }, touched.listings, shops);
  await counting.write();
}

// A record that cannot be read is told by whoever reads it, and must not keep the store from opening.
async function shopsIn(ask: Ask): Promise<readonly Shop[]> {
  try {
    return await readShops({ ask, place: 'shops' });
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}
