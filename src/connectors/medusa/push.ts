import type { ListingRef } from '../../domain/ids.ts';
import type { BrokenRow, PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { availableOf } from '../driver-parts/figures.ts';
import { type TargetLocation, targetLocation } from '../driver-parts/locations/target-location.ts';
import { type AtomicShop, pushAtomically, type Target } from '../driver-parts/push/atomic-push.ts';
import { type LocationOrder, pushByLocation } from '../driver-parts/push/push-by-location.ts';
import { missingTarget } from '../driver-parts/push/unread-target.ts';
import { readVariantRows } from '../driver-parts/rows/variant-rows.ts';
import type { MedusaApi } from './api.ts';
import { sameShop } from './identity.ts';
import { type List, rowsWith } from './lists.ts';
import { allLocations } from './locations.ts';
import { looksLikeId } from './lookup.ts';
import { activityOf, stocklessAs } from './map.ts';
import { type MedusaTarget, targetFields, targetSchema, writtenSchema } from './wire.ts';

/** Many in one call; the ids of the reading before it stand in its address, which is why it is not more. */
export const pushBatch = 50;

/** The level of an inventory item at one location; orders reserve some of what lies there. */
type Place = { readonly item: string; readonly location: string; readonly reserved: number };

/** Sets what is for sale, location by location. Medusa takes a batch whole or not at all. */
export async function pushQuantities(
  api: MedusaApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  if (quantities.length === 0) return [];
  await sameShop(api, signal, true);
  return pushByLocation(quantities, (order) => pushTo(api, order, signal));
}

async function pushTo(
  api: MedusaApi,
  { quantities, told }: LocationOrder,
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  const location = await targetLocation({ told, chosen: api.options.location }, () => allLocations(api, signal));
  const shop: AtomicShop<Place> = {
    batchSize: pushBatch,
    targets: (refs, waiting) => readTargets(api, { refs, location, told }, waiting),
    // Two variants may share an item, and so a figure.
    figureOf: ({ item }) => item,
    impossible: (quantity, { reserved }) =>
      quantity < 0 || quantity + reserved < 0 ? 'Medusa takes no figure below zero' : undefined,
    write: async (writes, waiting) => {
      const levels = new Map(
        writes.map(({ quantity, place }) => [place.item, { place, stocked: quantity.quantity + place.reserved }]),
      );
      const update = [...levels.values()].map(({ place, stocked }) => ({
        inventory_item_id: place.item,
        location_id: place.location,
        stocked_quantity: stocked,
      }));
      const path = 'inventory-items/location-levels/batch';
      await api.ask({ method: 'POST', path, json: { update }, schema: writtenSchema, doing: 'writing stock' }, waiting);
    },
    refusalOf: ({ detail }) => (/^not_found/.test(detail.said ?? '') ? 'not-found-in-shop' : 'refused-by-shop'),
  };
  return pushAtomically(shop, quantities, signal);
}

type Asked = {
  readonly refs: readonly ListingRef[];
  readonly location: TargetLocation;
  readonly told: string | undefined;
};

/** Reads the targets anew: what is stored about them is never trusted. */
async function readTargets(
  api: MedusaApi,
  { refs, ...where }: Asked,
  signal: AbortSignal,
): Promise<readonly Target<Place>[]> {
  const ids = [...new Set(refs.flatMap(({ shopVariantId }) => shopVariantId ?? []))].filter(looksLikeId);
  const known = new Map<string, MedusaTarget>();
  const broken: BrokenRow[] = [];
  for (let from = 0; from < ids.length; from += pushBatch) {
    const doing = 'reading stock before writing it';
    const list: List = { kind: 'variants', fields: targetFields, limit: pushBatch, doing };
    const wanted = { field: 'id', values: ids.slice(from, from + pushBatch) };
    const read = readVariantRows(targetSchema, await rowsWith(api, list, wanted, signal), 'product_id');
    broken.push(...read.broken);
    for (const variant of read.rows) known.set(variant.id, variant);
  }
  return refs.map((ref) => targetOf(ref, known.get(ref.shopVariantId ?? ''), { ...where, broken }));
}

const refused = (why: Extract<Target<Place>, { ok: false }>['why'], said?: string): Target<Place> => ({
  ok: false,
  why,
  said,
});

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
function targetOf(
  ref: ListingRef,
  variant: MedusaTarget | undefined,
  { location, told, broken }: Omit<Asked, 'refs'> & { readonly broken: readonly BrokenRow[] },
): Target<Place> {
  if (ref.shopVariantId === undefined) return refused('not-a-unit', 'Medusa sells variants alone');
  if (variant === undefined) return { ok: false, ...missingTarget(broken, ref) };
  const { product } = variant;
  if (product.id !== ref.shopProductId) return refused('variant-moved', `now under product ${product.id}`);
  if (activityOf(product.status) !== 'active') return refused('inactive-in-shop', `product: ${product.status}`);
  const kind = stocklessAs(variant, product);
  if (kind !== undefined) return refused('not-a-unit', kind);
  const [item] = variant.inventory_items ?? [];
  if (variant.manage_inventory !== true || item === undefined) {
    return refused('not-tracked-in-shop', `manage_inventory: ${variant.manage_inventory}`);
  }
  if (location.id === undefined) return refused('location-missing', location.said);
  const level = item.inventory?.location_levels?.find(({ location_id: at }) => at === location.id);
  if (level === undefined && told !== undefined) return refused('not-stocked-at-location');
  if (level === undefined) return refused('location-missing', `item ${item.inventory_item_id} is not stocked there`);
  const { stocked_quantity: stocked = 0, reserved_quantity: reserved = 0 } = level;
  if (typeof reserved === 'object') return refused('refused-by-shop', `reserved_quantity: ${reserved.unreadable}`);
  const place = { item: item.inventory_item_id, location: location.id, reserved };
  return { ok: true, place, available: availableOf([{ onHand: stocked, held: reserved }], 'stocked_quantity') };
}
