import type { ShopId } from '../../src/domain/ids.ts';
import type { ShopPlaces } from '../../src/views/shops/shop-places.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';

/** More links than this are not counted for a list of shops. */
const maxCounted = 50_000;
const none: ReadonlyMap<ShopId, ShopPlaces> = new Map();

/** How many links each shop has and lacks; none where there are too many of them, or while they are being counted. */
export function useShopPlaces(): ReadonlyMap<ShopId, ShopPlaces> {
  const { services, shops } = useApp();
  const query = useQuery(`shop places ${shops.length}`, async () => {
    if ((await services.counts()).integrations > maxCounted) return none;
    const places = new Map<ShopId, ShopPlaces>();
    for (const { shop } of shops) {
      const page = await services.integrations.list(shop.id, { filter: 'missing', offset: 0, limit: 1 });
      places.set(shop.id, page.counts);
    }
    return places;
  });
  return query.value ?? none;
}
