import { refKey } from '../../domain/changes.ts';
import { diagnose, linkStaleReason } from '../../domain/diagnosis/diagnose.ts';
import { linkNotes } from '../../domain/diagnosis/link-notes.ts';
import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId } from '../../domain/ids.ts';
import { integrationState } from '../../domain/integrations/integration-state.ts';
import { unreadableRowOf } from '../../domain/reconcile/unreadable-rows.ts';
import { type Shop, type ShopState, sellsByLocation, type UnreadableRow } from '../../domain/shop.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { ShopLine } from '../../ports/store-questions.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import type { IntegrationRow } from './integration-service.ts';

/** Lays beside the lines of a page all that they show; what it asks for grows with the page alone. */
export async function integrationRows(
  deps: ServiceDependencies,
  shop: Shop,
  lines: readonly ShopLine[],
): Promise<readonly IntegrationRow[]> {
  const { store } = deps;
  const ids = [...new Set(lines.flatMap(({ productId }) => productId ?? []))];
  const refs = lines.flatMap(({ ref }) => ref ?? []);
  const [products, listings, conflicts, integrations, states] = await Promise.all([
    store.products(ids),
    store.listingsAt(refs),
    store.conflictsAt(refs),
    store.integrationsAt(refs),
    store.shopStates(),
  ]);
  const isMapped = sellsByLocation(shop);
  const levels = isMapped ? await deps.store.stockLevelsOf(products.map(({ id }) => id)) : [];
  const partsOf = Map.groupBy(levels, ({ productId }) => productId);
  const productOf = new Map(products.map((product) => [product.id, product]));
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const conflictAt = new Map(conflicts.map((conflict) => [refKey(conflict.ref), conflict]));
  const linkAt = new Map(integrations.map((integration) => [refKey(integration.ref), integration]));
  const state = states.find(({ shopId }) => shopId === shop.id);
  const unlinked = new Set(lines.flatMap(({ state, productId }) => (state === 'linked' ? [] : (productId ?? []))));
  const places = await placesOf(deps, shop, [...unlinked]);
  return lines.map((line): IntegrationRow => {
    const product = line.productId && productOf.get(line.productId);
    const place = line.productId && places.get(line.productId);
    const key = line.ref === undefined ? '' : refKey(line.ref);
    if (line.state !== 'linked' && line.ref === undefined && place !== undefined) return rowOfPlace(place, line);
    const integration = line.state === 'linked' ? linkAt.get(key) : undefined;
    const [listing, conflict] = [listingAt.get(key), conflictAt.get(key)];
    const row = { product, listing, integration, conflict };
    const parts = line.productId && partsOf.get(line.productId);
    return {
      ...row,
      ...integrationState({ shop, parts, ...row }),
      state: line.state,
      stockDiffers: line.stockDiffers,
      ...notesOf(shop, { ...row, parts }, unreadableRowOf(state?.unreadable, line.ref === undefined ? [] : [line.ref])),
      ...staleOf({ shop, state, parts, ...row }),
      ...(integration === undefined && place !== undefined ? { diagnosis: diagnose(place) } : {}),
    };
  });
}

/** The lines of these products in a shop, each worked out by itself: another page told of them as one. */
export async function rowsOfProducts(
  deps: ServiceDependencies,
  shop: Shop,
  productIds: readonly ProductId[],
): Promise<readonly IntegrationRow[]> {
  const places = await placesOf(deps, shop, productIds);
  return productIds.flatMap((id): readonly IntegrationRow[] => {
    const place = places.get(id);
    if (place === undefined || !(place.expected || place.integration !== undefined)) return [];
    const { integration, product } = place;
    if (integration === undefined) return [rowOfPlace(place)];
    const listing = bestListing(place);
    const [conflict] = place.conflicts.filter(({ ref }) => refKey(ref) === refKey(integration.ref));
    const row = { product, listing, integration, conflict };
    return [
      {
        ...row,
        ...integrationState({ shop, parts: place.parts, ...row }),
        ...notesOf(shop, { ...row, parts: place.parts }, place.unreadableRow),
        ...staleOf({ shop, state: place.state, parts: place.parts, ...row }),
      },
    ];
  });
}

async function placesOf(
  deps: ServiceDependencies,
  shop: Shop,
  productIds: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, PlaceFacts>> {
  if (productIds.length === 0) return new Map();
  const products = await deps.store.products(productIds);
  const facts = await gatherPlaceFacts(deps, deps.store, { products, shopIds: [shop.id] });
  return new Map(facts.map((place) => [place.product.id, place]));
}

function rowOfPlace(place: PlaceFacts, line?: Pick<ShopLine, 'state'>): IntegrationRow {
  const { product, shop, tombstone } = place;
  const [conflict] = place.conflicts;
  const row = { product, listing: bestListing(place), conflict };
  return { ...row, tombstone, ...integrationState({ shop, ...row }), ...line, diagnosis: diagnose(place) };
}

function staleOf(
  row: Pick<IntegrationRow, 'product' | 'listing' | 'integration'> & {
    readonly shop: Shop;
    readonly state: ShopState | undefined;
    readonly parts: readonly LocationStock[] | undefined;
  },
): Pick<IntegrationRow, 'stale'> {
  const stale = row.integration && linkStaleReason(row);
  return stale === undefined ? {} : { stale };
}

function notesOf(
  shop: Shop,
  {
    product,
    integration,
    listing,
    parts,
  }: Pick<IntegrationRow, 'product' | 'integration' | 'listing'> & {
    readonly parts?: readonly LocationStock[];
  },
  unreadableRow: UnreadableRow | undefined,
): Pick<IntegrationRow, 'notes'> {
  if (product === undefined || integration === undefined) return {};
  const notes = linkNotes({ product, shop, integration, listing, unreadableRow, parts });
  return notes.length === 0 ? {} : { notes };
}
