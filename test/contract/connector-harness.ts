import { inspect } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { makeLimiter } from '../../src/connectors/limiter.ts';
import { withRetry } from '../../src/connectors/retry.ts';
import {
  credential,
  type FakeShop,
  type FakeShopOptions,
  fakeShop,
  rightKey,
} from '../../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../../src/demo/simulators/server.ts';
import type { FakeCredential, FakeKind, FakePermission } from '../../src/demo/simulators/shelf.ts';
import type { AskedRequest } from '../../src/demo/simulators/temper.ts';
import type { Instant, ListingRef } from '../../src/domain/ids.ts';
import { toSku } from '../../src/domain/ids.ts';
import type { Activity, Listing, Sale } from '../../src/domain/listing.ts';
import type { Shop } from '../../src/domain/shop.ts';
import type { PlatformDriver, Secrets } from '../../src/ports/platform.ts';
import type { BrokenRow, PushOutcome, Quantity, ShopConnector, StockRow } from '../../src/ports/shop-connector.ts';
import { ShopError } from '../../src/ports/shop-error.ts';
import { makeShop } from '../support/builders.ts';
import { type ManualClock, makeClock } from '../support/clock.ts';

/** All that a platform brings to the contract. */
export type Contestant = {
  readonly driver: PlatformDriver;
  /** Made anew for each test: a dialect may remember. */
  readonly dialect: () => Dialect;
  /** A credential under the names that the platform calls its parts. */
  readonly secretsOf: (credential: FakeCredential) => Secrets;
  /** The kinds of things that the platform has and that have no stock of their own; bundles and gift cards when left out. */
  readonly stockless?: readonly FakeKind[];
  /** Those of them that are counted all the same where the shop says so. */
  readonly countable?: readonly FakeKind[];
  readonly shop?: FakeShopOptions;
  /** Under which path of its server the shop answers. */
  readonly path?: string;
  /** What the platform makes of a fake status, where it has no word for it: no drafts, no archive. */
  readonly activities?: Readonly<Record<string, Activity>>;
  /** A status is one of few words and never a strange one, since the platform keeps it as a yes or no. */
  readonly fixedStatuses?: true;
  /** Every product has an item number and no two have the same: the platform's own key. */
  readonly uniqueSku?: true;
  /** Options of the platform that the shop is added with. */
  readonly options?: Readonly<Record<string, string>>;
  /** Too old to be asked by GTIN, though its platform can. */
  readonly noGtinSearch?: true;
  /** The platform has no time zone: every moment it tells carries its own. */
  readonly noTimeZone?: true;
  /** Everything is counted: the platform has no way not to. */
  readonly alwaysCounted?: true;
  /** Whether a request is one that writes stock. */
  readonly writes?: (request: AskedRequest) => boolean;
  /** Rights that the platform says nothing of until they are used. */
  readonly untoldRights?: readonly FakePermission[];
};

/** The activity that a platform shows for a fake status. */
export const activityFor = ({ activities = {} }: Contestant, status: string): Activity =>
  activities[status] ?? (status === 'draft' || status === 'archived' ? status : 'disabled');

/** An id with this number, as the platform writes ids. */
export const idFor = (contestant: Contestant, count: number): string => (contestant.shop?.idOf ?? String)(count);

/** A fresh shop, a connector to it, and the back door to the truth. */
export type ConnectorHarness = {
  readonly shop: FakeShop;
  readonly url: string;
  readonly clock: ManualClock;
  readonly connector: ShopConnector;
  /** The same, with the patience that the program wraps around it. */
  readonly patiently: ShopConnector;
  connect(over?: { readonly shop?: Partial<Shop>; readonly as?: FakeCredential }): ShopConnector;
  /** A connector whose key may do only this. */
  withOnly(...permissions: readonly FakePermission[]): ShopConnector;
};

export const forever = new AbortController().signal;
/** The clock of a fresh fake shop, so that nobody's clock is off. */
const start = '2026-10-01T08:00:00.000Z';

export async function openHarness(contestant: Contestant, options: FakeShopOptions = {}): Promise<ConnectorHarness> {
  const { driver, secretsOf } = contestant;
  const shop = fakeShop({ ...contestant.shop, ...options });
  const served = await serve(shop, contestant.dialect());
  onTestFinished(() => served.close());
  const url = `${served.url}${contestant.path ?? ''}`;
  const clock = makeClock({ auto: true, start });
  const connect: ConnectorHarness['connect'] = ({
    shop: over = {},
    as = credential(rightKey.key, rightKey.secret),
  } = {}) =>
    driver.connect({
      options: driver.options.parse(over.options ?? contestant.options ?? {}),
      shop: makeShop({
        platform: driver.id,
        url,
        currency: shop.currency,
        ...(contestant.options === undefined ? {} : { options: contestant.options }),
        ...over,
      }),
      secrets: secretsOf(as),
      clock,
    });
  const connector = connect();
  return {
    shop,
    url,
    clock,
    connector,
    patiently: withRetry(connector, { shopId: 'dk', clock, limiter: makeLimiter(clock), chance: () => 0.5 }),
    connect,
    withOnly: (...permissions) => {
      const as = credential(
        'ck_narrow000000000000000000000000key',
        'cs_narrow0000000000000000000000secret',
        permissions,
      );
      shop.credentials.push(as);
      return connect({ as });
    },
  };
}

export type Reading = {
  readonly listings: readonly Listing[];
  readonly broken: readonly BrokenRow[];
  readonly pages: number;
};

/** A whole reading, page by page. Fails when it has no end. */
export async function readAll(connector: ShopConnector, since?: Instant): Promise<Reading> {
  const listings: Listing[] = [];
  const broken: BrokenRow[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    pages += 1;
    if (pages > 200) throw new Error('the reading has no end');
    const page = await connector.page({ cursor, since }, forever);
    listings.push(...page.listings);
    broken.push(...page.broken);
    cursor = page.next;
  } while (cursor !== undefined);
  return { listings, broken, pages };
}

/** The whole cheap pass over stock, page by page. */
export async function readStock(connector: ShopConnector): Promise<readonly StockRow[]> {
  const rows: StockRow[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    pages += 1;
    if (pages > 200) throw new Error('the pass over stock has no end');
    const page = await connector.stockPage?.({ cursor }, forever);
    rows.push(...(page?.rows ?? []));
    cursor = page?.next;
  } while (cursor !== undefined);
  return rows;
}

/** The SKUs of what is sold; a parent's own is nobody's. */
export const skusIn = ({ listings }: Pick<Reading, 'listings'>): readonly string[] =>
  sold(listings)
    .flatMap((listing) => (listing.sku === undefined ? [] : [String(listing.sku)]))
    .sort();

export const sold = (listings: readonly Listing[]): readonly Listing[] =>
  listings.filter(({ sellable }) => sellable !== 'parent');

/** All sales since a moment, page by page; a page may be empty and lead on. */
export async function readSales(connector: ShopConnector, since: Instant): Promise<readonly Sale[]> {
  const sales: Sale[] = [];
  let cursor: string | undefined;
  do {
    const page = await connector.sales({ since, cursor }, forever);
    sales.push(...page.sales);
    cursor = page.next;
  } while (cursor !== undefined);
  return sales;
}

/** What the shop says about the one thing with this SKU. */
export async function listingWith(connector: ShopConnector, sku: string): Promise<Listing> {
  const [listing, ...more] = (await readAll(connector)).listings.filter((one) => one.sku === toSku(sku));
  expect(more).toEqual([]);
  if (listing === undefined) throw new Error(`The reading has no ${sku}.`);
  return listing;
}

export const quantityFor = (ref: ListingRef, quantity: number): Quantity => ({
  ref,
  quantity,
  key: `key-${ref.shopProductId}-${ref.shopVariantId ?? ''}-${quantity}`,
});

/** How each quantity ended, in a word. */
export const ends = (outcomes: readonly PushOutcome[]): readonly string[] =>
  outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why : outcome.kind));

/** The error that a call ends with; it is a `ShopError`, and nothing secret is to be found in it. */
export async function errorOf(work: Promise<unknown>): Promise<ShopError> {
  const error = await work.then(
    () => new Error('it went well'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ShopError)) throw error;
  expectNoSecret(error);
  return error;
}

/** Looks for the key, the secret, and both as Basic authentication writes them, in all that could be printed. */
export function expectNoSecret(error: ShopError): void {
  const { key, secret } = rightKey;
  const told = [error.message, error.stack, String(error.cause), JSON.stringify(error), JSON.stringify(error.detail)];
  const text = [...told, inspect(error, { depth: 12, showHidden: true })].join('\n');
  const basic = Buffer.from(`${key}:${secret}`).toString('base64');
  for (const form of [key, secret, basic, Buffer.from(secret).toString('base64')]) expect(text).not.toContain(form);
}
