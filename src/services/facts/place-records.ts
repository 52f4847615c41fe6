import { placeKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import { conflictProducts } from '../../domain/event.ts';
import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration, Tombstone } from '../../domain/integration.ts';
import { isInForce, type Mark } from '../../domain/mark.ts';
import type { Product } from '../../domain/product.ts';
import { isAboutShop, type Shop, type ShopState } from '../../domain/shop.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { StoreReader } from '../../ports/store.ts';
import { groupBy } from '../dependencies/group-by.ts';

/** What is recorded at one product's place in one shop. */
export type PlaceRecord = {
  readonly integration?: Integration;
  readonly tombstone?: Tombstone;
  readonly conflicts: readonly Conflict[];
};

/** The records of many products in all shops, gathered at once. */
export type PlaceRecords = {
  readonly products: readonly Product[];
  readonly shops: readonly Shop[];
  readonly integrations: readonly Integration[];
  readonly tombstones: readonly Tombstone[];
  readonly conflicts: readonly Conflict[];
  at(productId: ProductId, shopId: ShopId): PlaceRecord;
  state(shopId: ShopId): ShopState | undefined;
  marks(productId: ProductId): readonly Mark[];
  parts(productId: ProductId): readonly LocationStock[];
};

const nothing: PlaceRecord = { conflicts: [] };

/** Products that are known, or that are being asked for under ids that are. */
export type AskedProducts =
  | { readonly products: readonly Product[]; readonly productIds?: undefined }
  | { readonly products: Promise<readonly Product[]>; readonly productIds: readonly ProductId[] };

/** Asks for the records of products in seven questions at once, however many products there are. */
export async function gatherRecords(now: StoreReader, asked: AskedProducts, at: Instant): Promise<PlaceRecords> {
  const ids = asked.productIds ?? asked.products.map(({ id }) => id);
  const [products, shops, states, integrations, removed, conflicts, marks, parts] = await Promise.all([
    asked.products,
    now.shops(),
    now.shopStates(),
    now.integrationsOf(ids),
    now.tombstonesOf(ids),
    now.conflictsOf(ids),
    now.marksOf(ids),
    now.stockLevelsOf(ids),
  ]);
  const partsOf = groupBy(parts, ({ productId }) => productId);
  const shopAt = new Map(shops.map((shop) => [shop.id, shop]));
  const tombstones = removed.filter((tombstone) => {
    const shop = shopAt.get(tombstone.integration.ref.shopId);
    return shop !== undefined && isAboutShop(shop, tombstone.at);
  });
  const places = placesOf(integrations, tombstones, conflicts);
  const stateOf = new Map(states.map((state) => [state.shopId, state]));
  const counting = marks.filter((mark) => {
    const shop = mark.shopId === undefined ? undefined : shopAt.get(mark.shopId);
    return isInForce(mark, at) && (mark.kind === 'note' || shop === undefined || isAboutShop(shop, mark.at));
  });
  const marksOf = groupBy(counting, ({ productId }) => productId);
  return {
    products,
    shops,
    integrations,
    tombstones,
    conflicts,
    at: (productId, shopId) => places.get(placeKey(productId, shopId)) ?? nothing,
    state: (shopId) => stateOf.get(shopId),
    parts: (productId) => partsOf.get(productId) ?? [],
    marks: (productId) => marksOf.get(productId) ?? [],
  };
}

function placesOf(
  integrations: readonly Integration[],
  tombstones: readonly Tombstone[],
  conflicts: readonly Conflict[],
): ReadonlyMap<string, PlaceRecord> {
  const places = new Map<string, PlaceRecord>();
  const add = (key: string, part: Partial<PlaceRecord>): void => {
    places.set(key, { ...(places.get(key) ?? nothing), ...part });
  };
  for (const integration of integrations) add(placeKey(integration.productId, integration.ref.shopId), { integration });
  for (const tombstone of tombstones) {
    add(placeKey(tombstone.integration.productId, tombstone.integration.ref.shopId), { tombstone });
  }
  for (const conflict of conflicts) {
    for (const productId of conflictProducts(conflict)) {
      const key = placeKey(productId, conflict.ref.shopId);
      add(key, { conflicts: [...(places.get(key)?.conflicts ?? []), conflict] });
    }
  }
  return places;
}
