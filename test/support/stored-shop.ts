import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, makeShopState, refTo } from './builders.ts';
import { makeClock } from './clock.ts';

const numbered = (index: number): string => `SKO-${String(index + 1).padStart(3, '0')}`;

/** A place of its own with a store on disk: one shop, so many boots, all linked. Answers with the folder for `BINDELED_HOME`. */
export async function storedShop(count = 60): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'bindeled-screen-'));
  const store = await jsonStore({ folder: join(home, 'data', 'store'), clock: makeClock() });
  const shopId = toShopId('dk');
  const skus = Array.from({ length: count }, (_, index) => numbered(index));
  await store.change(async () => ({
    put: {
      shops: [makeShop({ id: shopId })],
      shopStates: [makeShopState({ shopId })],
      products: skus.map((sku) =>
        makeProduct({ id: toProductId(sku), sku: toSku(sku), content: { name: `Skovstøvle ${sku}` } }),
      ),
      listings: skus.map((sku) =>
        makeListing({ ref: refTo('dk', sku), sku: toSku(sku), adminUrl: `https://dk.example/admin/${sku}` }),
      ),
      integrations: skus.map((sku) => makeIntegration({ productId: toProductId(sku), ref: refTo('dk', sku) })),
    },
    drop: {},
    events: [],
  }));
  await store.close();
  return home;
}
