import { noChanges } from '../../domain/changes.ts';
import type { Shop } from '../../domain/shop.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { callsItself } from '../dependencies/connect-verified.ts';
import { type ConnectedSession, writeStep } from './sync-session.ts';

/**
 * Asks the shop who it is before anything is read: a clone or another shop at the same address must never be
 * read as if all our products had changed. Keeps the identity, currency and zone of a shop that is met for the first
 * time, or that has changed them, and answers with the shop as it is known now.
 */
export async function verifyIdentity(session: ConnectedSession): Promise<Shop> {
  const { deps, shop, connector, signal } = session;
  const { identity, currency, timeZone } = await connector.test(signal, 'background');
  if (shop.identity !== undefined && shop.identity !== identity) {
    throw new ShopError('another-shop', { shop: shop.id, doing: 'asking who the shop is', ...callsItself(identity) });
  }
  const identified: Shop = {
    ...shop,
    identity,
    currency: currency ?? shop.currency,
    timeZone: timeZone ?? shop.timeZone,
  };
  if (shop.identity === identity && shop.currency === identified.currency && shop.timeZone === identified.timeZone)
    return shop;
  await writeStep(session, async (now) => {
    const before = (await now.shops()).find(({ id }) => id === shop.id);
    if (before === undefined) return { changes: noChanges };
    const { clock, actor: by } = deps;
    const { currency, timeZone } = identified;
    const shopNow: Shop = {
      ...before,
      identity,
      ...(currency === undefined ? {} : { currency }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const changed = { at: clock.now(), by, type: 'shop-changed', before, shop: shopNow } as const;
    return { changes: await changesFromEvents(now, [changed]) };
  });
  return identified;
}
