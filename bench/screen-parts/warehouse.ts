import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { instantOf } from '../../src/domain/ids.ts';
import { writeGeneration } from '../../src/stores/files/compaction.ts';
import { noManifest } from '../../src/stores/files/opening.ts';
import { makeShop, makeShopState } from '../../test/support/make.ts';
import { makeUp, shopIds } from '../store-parts/made-up.ts';

/** Writes a home with a store of so many integrations in five shops. */
export async function furnish(home: string, integrations: number): Promise<void> {
  const folder = join(home, 'data', 'store');
  await mkdir(folder, { recursive: true });
  const tables = makeUp(integrations);
  for (const shopId of shopIds) {
    tables.shops.put(
      makeShop({ id: shopId, name: `Nordlys ${shopId.toUpperCase()}`, addedAt: instantOf(1_780_000_000_000) }),
    );
    tables.shopStates.put(makeShopState({ shopId }));
  }
  await writeGeneration(folder, { manifest: noManifest, tables, lastSeq: 0 }, { refresh: () => undefined });
}
