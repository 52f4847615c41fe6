import type { Shop } from '../domain/shop.ts';
import type { Clock } from '../ports/clock.ts';
import type { Capabilities, ShopConnector } from '../ports/shop-connector.ts';
import type { NormalUrl } from './urls.ts';

/** Secrets by the name the platform calls them. They live in a connector's closure and nowhere else. */
export type Secrets = Readonly<Record<string, string>>;

/** What a connector is made of. */
export type ConnectorOrder = { readonly shop: Shop; readonly secrets: Secrets; readonly clock: Clock };

/** All that the rest of the program needs to know of one platform; `catalog.ts` lists them. */
export type PlatformEntry = {
  readonly make: (order: ConnectorOrder) => ShopConnector;
  readonly can: Capabilities;
  /** What the secrets are called, in the order in which a person types them. */
  readonly secretNames: readonly [string, ...string[]];
  /** The base address as it is kept, or what is wrong with the one that was typed. */
  readonly normaliseUrl: (typed: string) => NormalUrl;
};
