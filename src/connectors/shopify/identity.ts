import { tellsLocations } from '../../domain/shop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { GraphqlResponse } from './client/graphql-client.ts';
import { apiVersion, identityQuery } from './documents.ts';
import { parseShopifyId, toGid } from './ids.ts';
import { isOurs, locationOption } from './read/locations.ts';
import type { ReadContext } from './read/query-listings.ts';
import { type WireLocation, wireIdentity } from './schema.ts';

/** The option that lifts the 60 days, once the key has `read_all_orders`. */
export const ordersOption = 'orders';

const scopes: readonly (readonly [Permission['wanted'], string, boolean])[] = [
  ['read-products', 'read_products', true],
  ['read-stock', 'read_inventory', true],
  ['write-stock', 'write_inventory', true],
  ['read-settings', 'read_locations', false],
  ['read-orders', 'read_orders', false],
  ['read-all-orders', 'read_all_orders', false],
];

/** A scope to write carries the one to read. */
const isGranted = (granted: ReadonlySet<string>, scope: string): boolean =>
  granted.has(scope) || granted.has(scope.replace(/^read_/, 'write_'));

/** Asks the shop who it is; the same question tells the key's rights. */
export const askIdentity = (context: ReadContext, signal: AbortSignal) =>
  context.client.ask({ document: identityQuery, schema: wireIdentity, doing: 'testing the connection' }, signal);

/** The shop's own id, which no other shop has. */
export const identityOf = ({ shop }: { readonly shop: { readonly id: string } }): string => toGid('Shop', shop.id);

/** Who the shop is, what the key may do, and which locations there are to choose from. Writes nothing. */
export async function testConnection(
  context: ReadContext,
  clock: Clock,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const answer = await askIdentity(context, signal);
  const { shop, currentAppInstallation } = answer.data;
  const granted = new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle));
  const locations = await visibleLocations(context, signal);
  const clockAheadMs = clockAhead(answer.date, clock);
  return {
    identity: identityOf(answer.data),
    shopName: shop.name,
    version: answer.version,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    clockAheadMs,
    permissions: scopes.map(([wanted, platformWord, needed]) => ({
      wanted,
      platformWord,
      granted: isGranted(granted, platformWord),
      needed,
    })),
    warnings: warningsOf({
      answer,
      isMapped: tellsLocations(context.shop),
      chosen: context.shop.options[locationOption],
      locations,
      clockAheadMs,
    }),
    choices: [
      ...locations.map((location, _, all) => ({
        option: locationOption,
        value: toGid('Location', location.id),
        label: location.name ?? location.id,
        usual: all.length === 1,
      })),
      ...(granted.has('read_all_orders')
        ? [{ option: ordersOption, value: 'all', label: 'read_all_orders', usual: true }]
        : []),
    ],
  };
}

async function visibleLocations({ locations }: ReadContext, signal: AbortSignal): Promise<readonly WireLocation[]> {
  try {
    return (await locations.all(signal)).filter(isOurs);
  } catch (error) {
    // The report of permissions says it better.
    if (error instanceof ShopError && error.kind === 'forbidden') return [];
    throw error;
  }
}

type Found = {
  readonly answer: GraphqlResponse<unknown>;
  readonly isMapped: boolean;
  readonly chosen: string | undefined;
  readonly locations: readonly WireLocation[];
  readonly clockAheadMs: number | undefined;
};

function warningsOf({ answer, isMapped, chosen, locations, clockAheadMs }: Found): readonly ConnectionWarning[] {
  const known = chosen === undefined ? undefined : parseShopifyId('Location', chosen);
  const settled =
    isMapped || (chosen === undefined ? locations.length === 1 : locations.some((location) => location.id === known));
  return [
    ...(answer.version !== undefined && answer.version !== apiVersion ? (['api-version-retired'] as const) : []),
    ...(settled ? [] : (['no-location-chosen'] as const)),
    ...clockWarnings(clockAheadMs),
  ];
}
