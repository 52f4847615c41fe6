import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { instantOf } from '../../src/domain/ids.ts';
import { writeGeneration } from '../../src/stores/compaction/compaction.ts';
import { noManifest } from '../../src/stores/compaction/open-generation.ts';
import { makeShop, makeShopState } from '../../test/support/builders.ts';
import { generateTables, shopIds } from '../store-parts/generate-data.ts';

/** Writes a home with a store of so many integrations in five shops. */
export async function seedStore(home: string, integrations: number): Promise<void> {
  const folder = join(home, 'data', 'store');
  await mkdir(folder, { recursive: true });
  const tables = generateTables(integrations);
  for (const shopId of shopIds) {
    tables.shops.put(
      makeShop({ id: shopId, name: `Nordlys ${shopId.toUpperCase()}`, addedAt: instantOf(1_780_000_000_000) }),
    );
    tables.shopStates.put(makeShopState({ shopId }));
  }
  await writeGeneration(folder, { manifest: noManifest, tables, lastSeq: 0 }, { refresh: () => undefined });
}
