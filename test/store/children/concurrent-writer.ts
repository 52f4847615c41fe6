import { makeRandom } from '../../../src/demo/seeded-random.ts';
import { noChanges, placeKey } from '../../../src/domain/changes.ts';
import { toProductId, toShopId, toShopProductId } from '../../../src/domain/ids.ts';
import { StoreError } from '../../../src/ports/store-error.ts';
import { jsonStore } from '../../../src/stores/json-store.ts';
import { makeIntegration, makeProduct, mette, morning } from '../../support/builders.ts';
import { systemClock } from './system-clock.ts';

// Changes products that all the others change too: adds one to a figure, and now and then takes a listing for a
// product, which the laws forbid as long as somebody else has it. Prints how often the laws said no.
const [folder = '', seed = '1', count = '500'] = process.argv.slice(2);
const random = makeRandom(Number(seed));
const shop = toShopId('dk');
const store = await jsonStore({ folder, clock: systemClock, compactAfter: 200_000 });
let refused = 0;

const addOne = (): Promise<unknown> => {
  const id = toProductId(`p${random.below(10)}`);
  return store.change(async (now) => {
    const [product] = await now.products([id]);
    const before = product?.stock ?? { onHand: 0, reserved: 0 };
    const stock = { ...before, onHand: before.onHand + 1 };
    return {
      ...noChanges,
      put: { products: [makeProduct({ id, stock })] },
      events: [{ at: morning, by: mette, type: 'stock-changed', productId: id, before, stock, why: 'count' }],
    };
  });
};
const takeListing = async (): Promise<void> => {
  const productId = toProductId(`p${random.below(10)}`);
  const ref = { shopId: shop, shopProductId: toShopProductId(String(random.below(12))) };
  // Blindly, without a look at who has it: only the store stands between this and a broken law.
  const drop = random.chance(0.5) ? { integrations: [placeKey(productId, shop)] } : {};
  try {
    await store.change(async () => ({
      ...noChanges,
      put: { integrations: [makeIntegration({ productId, ref })] },
      drop,
    }));
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'law-broken') throw error;
    refused += 1;
  }
};

for (let number = 0; number < Number(count); number += 1) {
  await addOne();
  if (number % 5 === 0) await takeListing();
}
await store.close();
console.log(refused);
