import { later } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { changesFromEvents } from './changes-from-events.ts';
import type { ServiceDependencies } from './service-dependencies.ts';

/** So long an answer to "who are you" counts within one call of ours, in milliseconds. */
const countsForMs = 60_000;

/** A connector, or the trouble that no key was found; names what was looked for, never a value. */
export function connectOrThrow(deps: ServiceDependencies, shop: Shop): ShopConnector {
  const connector = deps.connectors.connect(shop);
  if (connector !== undefined) return connector;
  const lookedFor = deps.connectors.credentialNames(shop);
  const reason = 'no-credentials';
  throw new ShopError('unauthorized', { shop: shop.id, doing: 'looking for credentials', reason, lookedFor });
}

/** Asks who answers, and rejects with `another-shop` where that is not the shop that is known. */
export async function assertSameShop(shop: Shop, connector: ShopConnector, signal: AbortSignal): Promise<string> {
  const identity = await (connector.identify?.(signal) ??
    connector.test(signal, 'interactive').then((report) => report.identity));
  // A site that tells nobody its name says nothing against itself.
  if (identity !== '' && shop.identity !== undefined && shop.identity !== identity) {
    throw new ShopError('another-shop', { shop: shop.id, doing: 'asking who the shop is', ...callsItself(identity) });
  }
  return identity;
}

/** What an address says of itself that is another shop's by now. */
export const callsItself = (identity: string) => ({ said: `it calls itself ${identity}`, saidBy: 'us' }) as const;

/** Gives connectors of which it is known who answers through them. One a call of a service: it remembers for a minute. */
export type VerifiedConnectors = (shop: Shop, signal: AbortSignal) => Promise<ShopConnector>;

/**
 * No answer that may remove or move a link is trusted without knowing who gave it: a clone or another shop at the
 * same address knows other ids. A shop that is met for the first time is remembered by what it calls itself.
 */
export function makeVerifiedConnectors(deps: ServiceDependencies): VerifiedConnectors {
  const verified = new Map<string, { readonly until: string; readonly connector: Promise<ShopConnector> }>();
  return async (shop, signal) => {
    const known = verified.get(shop.id);
    if (known !== undefined && known.until > deps.clock.now()) return known.connector;
    const connector = verify(deps, shop, signal);
    verified.set(shop.id, { until: later(deps.clock.now(), countsForMs), connector });
    connector.catch(() => verified.delete(shop.id));
    return connector;
  };
}

async function verify(deps: ServiceDependencies, shop: Shop, signal: AbortSignal): Promise<ShopConnector> {
  const connector = connectOrThrow(deps, shop);
  const identity = await assertSameShop(shop, connector, signal);
  if (shop.identity === undefined && identity !== '' && !deps.readOnly) await rememberIdentity(deps, shop, identity);
  return connector;
}

async function rememberIdentity(deps: ServiceDependencies, shop: Shop, identity: string): Promise<void> {
  const { clock, actor: by, store } = deps;
  await store.change(async (now) => {
    const before = (await now.shops()).find(({ id }) => id === shop.id);
    if (before === undefined || before.identity !== undefined) return { put: {}, drop: {}, events: [] };
    return changesFromEvents(now, [
      { at: clock.now(), by, type: 'shop-changed', before, shop: { ...before, identity } },
    ]);
  });
}
