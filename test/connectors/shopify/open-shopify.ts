import { onTestFinished } from 'vitest';
import { shopify } from '../../../src/connectors/shopify/driver.ts';
import { type FakeShop, type FakeShopOptions, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../../../src/demo/simulators/server.ts';
import { makeShopifyDialect, type ShopifyOptions } from '../../../src/demo/simulators/shopify.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import type { Shop } from '../../../src/domain/shop.ts';
import type { ListingPage, ShopConnector } from '../../../src/ports/shop-connector.ts';
import { makeShop } from '../../support/builders.ts';
import { type ManualClock, makeClock } from '../../support/clock.ts';

export type Opened = {
  readonly shop: FakeShop;
  readonly connector: ShopConnector;
  readonly clock: ManualClock;
  /** The same shop through another connector: other options, another token. */
  readonly again: (over?: Partial<Shop>, token?: string) => ShopConnector;
};

export const forever = new AbortController().signal;

/** A Shopify shop on loopback and a connector to it, both gone when the test ends; `instead` answers otherwise. */
export async function open(
  fake: FakeShopOptions = {},
  options: ShopifyOptions = {},
  instead: (usual: Dialect) => Partial<Dialect> = () => ({}),
): Promise<Opened> {
  const clock = makeClock({ auto: true });
  const shop = fakeShop({ copying: 'keeps-sku', ...fake });
  const usual = makeShopifyDialect({ now: () => Date.parse(clock.now()), ...options });
  const dialect = { ...usual, ...instead(usual) };
  const served = await serve(shop, dialect);
  onTestFinished(() => served.close());
  const again: Opened['again'] = (over = {}, token = rightKey.secret) =>
    shopify.connect({
      options: over?.options ?? {},
      shop: makeShop({ platform: shopify.id, url: served.url, ...over }),
      secrets: { token },
      clock,
    });
  return { shop, connector: again(), clock, again };
}

/** All pages of one reading; stops with an error when there are more than any test needs. */
export async function pages(connector: ShopConnector, since?: ListingPage['asOf']): Promise<readonly ListingPage[]> {
  const read: ListingPage[] = [];
  let cursor: string | undefined;
  do {
    if (read.length > 50) throw new Error('the reading has no end');
    const page = await connector.page({ cursor, since }, forever);
    read.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return read;
}

export const everything = async (connector: ShopConnector, since?: ListingPage['asOf']): Promise<readonly Listing[]> =>
  (await pages(connector, since)).flatMap(({ listings }) => listings);

/** What a listing is called in short: `101/102`, or `101` for a parent. */
export const short = ({ ref }: Pick<Listing, 'ref'>): string =>
  ref.shopVariantId === undefined ? ref.shopProductId : `${ref.shopProductId}/${ref.shopVariantId}`;

/** The GraphQL documents that the shop was sent, by name. */
export const askedNames = (shop: FakeShop): readonly string[] =>
  shop.memory.requests.map(({ body }) => /(?:query|mutation) (\w+)/.exec(body)?.[1] ?? 'no document');
