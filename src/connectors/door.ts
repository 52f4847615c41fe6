import type { Instant } from '../domain/ids.ts';
import type { Platform, Shop } from '../domain/shop.ts';
import type { Clock } from '../ports/clock.ts';
import type { Capabilities, ShopConnector } from '../ports/shop-connector.ts';
import { catalog } from './catalog.ts';
import { type Limiter, makeLimiter } from './limiter.ts';
import { patient } from './patience.ts';
import type { Secrets } from './platform.ts';
import type { NormalUrl } from './urls.ts';

/** Told until when a shop is waited for because it asked us to, and `undefined` when that is over. */
export type WaitingListener = (shop: Shop, until: Instant | undefined) => void;

export type DoorOptions = {
  /** What is kept for a shop, by secret name; nothing where nothing is kept. */
  readonly credentialsFor: (shop: Shop) => Secrets | undefined;
  readonly save: (shop: Shop, secrets: Secrets) => Promise<void>;
  readonly clock: Clock;
  readonly onWaiting?: WaitingListener;
  readonly chance?: () => number;
};

/** The environment variable that holds one secret of a shop. */
export const secretVariable = (shopId: string, secretName: string): string =>
  `BINDELED_${shopId}_${secretName}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');

/**
 * The door to the shops: the services' `ShopDoor`. It keeps one connector a shop, so that patience and limits
 * hold over all calls, and makes a new one as soon as the shop or its credentials change.
 */
export function makeDoor(options: DoorOptions) {
  const limiters = new Map<string, Limiter>();
  const kept = new Map<string, { readonly madeOf: string; readonly connector: ShopConnector }>();

  const limiterOf = (shop: Shop): Limiter => {
    const host = URL.canParse(shop.url) ? new URL(shop.url).host : shop.url;
    const limiter = limiters.get(host) ?? makeLimiter(options.clock);
    limiters.set(host, limiter);
    return limiter;
  };
  const secretsOf = (shop: Shop, given?: Secrets): Secrets | undefined => {
    const secrets = given ?? options.credentialsFor(shop);
    const complete = catalog[shop.platform].secretNames.every((name) => (secrets?.[name] ?? '') !== '');
    return complete ? secrets : undefined;
  };
  const make = (shop: Shop, secrets: Secrets): ShopConnector =>
    patient(catalog[shop.platform].make({ shop, secrets, clock: options.clock }), {
      shopId: shop.id,
      clock: options.clock,
      limiter: limiterOf(shop),
      onWaiting: (until) => options.onWaiting?.(shop, until),
      chance: options.chance,
    });

  return {
    connect: (shop: Shop, given?: Secrets): ShopConnector | undefined => {
      const secrets = secretsOf(shop, given);
      if (secrets === undefined) return undefined;
      const madeOf = JSON.stringify([shop, secrets]);
      const standing = kept.get(shop.id);
      if (standing?.madeOf === madeOf) return standing.connector;
      const connector = make(shop, secrets);
      if (given === undefined) kept.set(shop.id, { madeOf, connector });
      return connector;
    },
    secretNames: (platform: Platform): readonly string[] => catalog[platform].secretNames,
    can: (platform: Platform): Capabilities => catalog[platform].can,
    hasCredentials: (shop: Shop): boolean => secretsOf(shop) !== undefined,
    credentialNames: (shop: Shop): readonly string[] =>
      catalog[shop.platform].secretNames.map((name) => secretVariable(shop.id, name)),
    saveCredentials: (shop: Shop, secrets: Secrets): Promise<void> => options.save(shop, secrets),
    normaliseUrl: (platform: Platform, url: string): NormalUrl => catalog[platform].normaliseUrl(url),
  };
}
