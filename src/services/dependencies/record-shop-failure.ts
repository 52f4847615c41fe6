import { noChanges } from '../../domain/changes.ts';
import type { Shop, ShopState } from '../../domain/shop.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { StoreError } from '../../ports/store-error.ts';
import type { ServiceDependencies } from './service-dependencies.ts';
import { shopExists } from './shop-exists.ts';
import { keptTrouble } from './shop-failure.ts';

/** Keeps that a shop did not answer, or not us, beside what is known of it: its words, never a key. */
export async function recordShopFailure(
  deps: ServiceDependencies,
  shop: Shop,
  trouble: ShopError,
  when: 'reading' | 'sending' = 'reading',
): Promise<void> {
  const { store, clock } = deps;
  await store.change(async (now) => {
    if (!(await shopExists(now, shop))) return noChanges;
    const state = (await now.shopStates()).find(({ shopId }) => shopId === shop.id) ?? { shopId: shop.id };
    const sending = when === 'sending' ? ({ sending: true } as const) : {};
    const troubled: ShopState = { ...state, lastTrouble: { at: clock.now(), ...keptTrouble(trouble), ...sending } };
    return { put: { shopStates: [troubled] }, drop: {}, events: [] };
  });
}

/** Writes down what somebody outside was told; where that fails, the error says that it was told all the same. */
export async function recordTold<Value>(name: string, record: () => Promise<Value>): Promise<Value> {
  try {
    return await record();
  } catch (error) {
    throw error instanceof StoreError ? error.afterTelling([name]) : error;
  }
}
