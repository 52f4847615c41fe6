import { noChanges } from '../domain/changes.ts';
import { ShopError } from '../ports/shop-error.ts';
import { changesOf } from './changes-of.ts';
import { type Asking, writeStep } from './reading.ts';

/**
 * Asks the shop who it is before anything is read: a clone or another shop at the same address must never be
 * read as if all our products had changed. Keeps the name, currency and zone of a shop that is met for the first time.
 */
export async function recognise(reading: Asking): Promise<void> {
  const { world, shop, connector, signal } = reading;
  const { identity, currency, timeZone } = await connector.test(signal);
  if (shop.identity !== undefined && shop.identity !== identity) {
    throw new ShopError('another-shop', { shop: shop.id, doing: 'asking who the shop is', said: identity });
  }
  if (shop.identity === identity) return;
  const met = {
    identity,
    ...(currency === undefined ? {} : { currency }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  await writeStep(reading, async (now) => {
    const before = (await now.shops()).find(({ id }) => id === shop.id);
    if (before === undefined) return { changes: noChanges };
    const { clock, actor: by } = world;
    const changed = { at: clock.now(), by, type: 'shop-changed', before, shop: { ...before, ...met } } as const;
    return { changes: await changesOf(now, [changed]) };
  });
}
