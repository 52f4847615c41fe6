import { type Instant, later } from '../../../domain/ids.ts';
import type { Shop } from '../../../domain/shop.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import type { GraphqlClient } from '../client/graphql-client.ts';
import { locationsPage } from '../documents.ts';
import { parseShopifyId } from '../ids.ts';
import { type WireLocation, wireLocationsPage } from '../schema.ts';
import { allPages, nextCursor } from './next-page.ts';

/** The option under which a person's choice of location is kept: its gid or number. */
export const locationOption = 'location';

/** Asked of Shopify where no location is meant: nothing is read at it. */
export const noLocation = '0';

/** Where our figure belongs. A wrong guess would write stock to somebody else's shelf, so nothing is guessed. */
export type Locations = {
  all(signal: AbortSignal): Promise<readonly WireLocation[]>;
  /** The chosen location, or the only one there is; nothing where a person must choose. */
  ours(signal: AbortSignal): Promise<string | undefined>;
  /**
   * Those whose figures are read: all that are told one and can be, or ours alone. Remembered for a while; none where
   * the key may not see locations and none was chosen.
   */
  forReading(signal: AbortSignal): Promise<readonly string[]>;
};

const cacheMs = 10 * 60_000;

/** Locations of fulfilment services are another app's to write to. */
export const isOurs = (location: Pick<WireLocation, 'isActive' | 'isFulfillmentService'>): boolean =>
  location.isActive && !location.isFulfillmentService;

export function makeLocations(client: GraphqlClient, shop: Shop, clock: Clock): Locations {
  const chosen = shop.options[locationOption];
  const mapped = (shop.shopLocations ?? []).flatMap(({ id }) => parseShopifyId('Location', id) ?? []);
  let cached: { readonly ids: readonly string[]; readonly until: Instant } | undefined;

  const all = async (signal: AbortSignal): Promise<readonly WireLocation[]> => {
    const found: WireLocation[] = [];
    await allPages({ client }, async (after) => {
      const { data } = await client.ask(
        { document: locationsPage, schema: wireLocationsPage, variables: { after }, doing: 'reading locations' },
        signal,
      );
      found.push(...data.locations.nodes);
      return { rows: data.locations.nodes.length, next: nextCursor({ client }, data.locations.pageInfo, after) };
    });
    return found;
  };

  const ours = async (signal: AbortSignal): Promise<string | undefined> => {
    if (chosen !== undefined) return parseShopifyId('Location', chosen);
    const usable = (await all(signal)).filter(isOurs);
    return usable.length === 1 ? usable[0]?.id : undefined;
  };

  /** One that was closed is left out: that it has no figure does not say that nothing is stocked there. */
  const open = async (signal: AbortSignal): Promise<readonly string[]> => {
    if (mapped.length === 0) {
      const id = await ours(signal);
      return id === undefined ? [] : [id];
    }
    const usable = (await all(signal)).filter(isOurs).map(({ id }) => id);
    return mapped.filter((id) => usable.includes(id));
  };

  const forReading = async (signal: AbortSignal): Promise<readonly string[]> => {
    if (cached !== undefined && clock.now() < cached.until) return cached.ids;
    const until = later(clock.now(), cacheMs);
    try {
      cached = { ids: await open(signal), until };
    } catch (error) {
      if (!(error instanceof ShopError) || error.kind !== 'forbidden') throw error;
      cached = { ids: mapped, until };
    }
    return cached.ids;
  };

  return { all, ours, forReading };
}
