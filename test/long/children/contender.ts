import { makeRandom } from '../../../src/demo/seeded-random.ts';
import { noChanges, placeKey } from '../../../src/domain/changes.ts';
import { toProductId, toShopId, toShopProductId } from '../../../src/domain/ids.ts';
import { StoreError } from '../../../src/ports/store-error.ts';
import { makeIntegration, makeProduct, mette, morning } from '../../support/builders.ts';
import { openNamed } from './open-named.ts';

// Changes products that all the others change too: adds one to a figure, and now and then takes a listing, for a
// product that may have one already or for one that another holds. Says at the end how often the laws said no.
const [where = '', number = '0', count = '0'] = process.argv.slice(2);
const { store } = await openNamed(where);
const random = makeRandom(Number(number) + 1);
const dk = toShopId('dk');
let refused = 0;

for (let round = 0; round < Number(count); round += 1) {
  const id = toProductId(`p${random.below(10)}`);
  await store.change(async (now) => {
    const [product] = await now.products([id]);
    const stock = { onHand: (product?.stock.onHand ?? 0) + 1, reserved: 0 };
    return {
      ...noChanges,
      put: { products: [makeProduct({ id, stock })] },
      events: [{ at: morning, by: mette, type: 'stock-changed', productId: id, before: stock, stock, why: 'count' }],
    };
  });
  if (round % 5 !== 0) continue;
  const ref = { shopId: dk, shopProductId: toShopProductId(String(random.below(10))) };
  const drop = random.chance(0.5) ? { integrations: [placeKey(id, dk)] } : {};
  try {
    await store.change(async () => ({
      ...noChanges,
      put: { integrations: [makeIntegration({ productId: id, ref })] },
      drop,
    }));
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'law-broken') throw error;
    refused += 1;
  }
}
await store.close();
console.log(refused);
