import { z } from 'zod';
import type { ListingRef } from '../../domain/ids.ts';
import type { BrokenRow, PushOutcome, Quantity } from '../../ports/shop-connector.ts';
import { id } from '../decode.ts';
import { availableOf } from '../driver-parts/figures.ts';
import { type TargetLocation, targetLocation } from '../driver-parts/locations/target-location.ts';
import { type AtomicShop, pushAtomically, type Target } from '../driver-parts/push/atomic-push.ts';
import { type LocationOrder, pushByLocation } from '../driver-parts/push/push-by-location.ts';
import { missingTarget } from '../driver-parts/push/unread-target.ts';
import { requiredFlag } from '../driver-parts/rows/stated-flag.ts';
import type { VendureApi } from './api.ts';
import { targetsDocument, writeDocument } from './documents.ts';
import { defaultTake, wholeList } from './lists.ts';
import { allLocations } from './locations.ts';
import { looksLikeId } from './lookup.ts';
import { isTracked } from './map.ts';
import { stockSchema, type VendureChannel } from './wire.ts';

const targetSchema = stockSchema.extend({ enabled: requiredFlag, product: z.object({ id, enabled: requiredFlag }) });
type VendureTarget = z.infer<typeof targetSchema>;

/** A variant's stock at one location; orders hold `allocated` of what lies there. */
type Place = { readonly variantId: string; readonly location: string; readonly allocated: number };

/** Sets what is for sale, location by location. Vendure takes a batch whole or rolls it back whole. */
export const pushQuantities = (
  api: VendureApi,
  quantities: readonly Quantity[],
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> => pushByLocation(quantities, (order) => pushTo(api, order, signal));

function pushTo(
  api: VendureApi,
  { quantities, told }: LocationOrder,
  signal: AbortSignal,
): Promise<readonly PushOutcome[]> {
  let location: Promise<TargetLocation> | undefined;
  const shop: AtomicShop<Place> = {
    batchSize: defaultTake,
    targets: async (refs, waiting) => {
      location ??= targetLocation({ told, chosen: api.options.location }, () => allLocations(api, waiting));
      return readTargets(api, { refs, location: await location, told }, waiting);
    },
    figureOf: ({ variantId }) => variantId,
    // `stockOnHand` below zero is refused as such and taken through `stockLevels`: what one field forbids is not tried by the other.
    impossible: (quantity, { allocated }) =>
      quantity < 0 || quantity + allocated < 0 ? 'Vendure has no stock below zero' : undefined,
    write: async (writes, waiting) => {
      const input = writes.map(({ quantity, place }) => ({
        id: place.variantId,
        stockLevels: [{ stockLocationId: place.location, stockOnHand: quantity.quantity + place.allocated }],
      }));
      const schema = z.object({ updateProductVariants: z.array(z.unknown()) });
      await api.ask(
        { document: writeDocument, variables: { input }, schema, doing: 'writing stock', needs: 'UpdateCatalog' },
        waiting,
      );
    },
    refusalOf: ({ detail }) => (/^ENTITY_NOT_FOUND/.test(detail.said ?? '') ? 'not-found-in-shop' : 'refused-by-shop'),
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
  api: VendureApi,
  { refs, ...where }: Asked,
  signal: AbortSignal,
): Promise<readonly Target<Place>[]> {
  const ids = [...new Set(refs.flatMap(({ shopVariantId }) => shopVariantId ?? []))].filter(looksLikeId);
  const known = new Map<string, { readonly variant: VendureTarget; readonly channel: VendureChannel }>();
  const broken: BrokenRow[] = [];
  for (let from = 0; from < Math.max(ids.length, 1); from += defaultTake) {
    const doing = 'reading stock before writing it';
    const filter = { id: { in: ids.slice(from, from + defaultTake) } };
    const list = { document: targetsDocument, schema: targetSchema, filter, doing, needs: 'ReadCatalog' };
    const pages = await wholeList(api, list, signal);
    broken.push(...pages.flatMap((page) => page.broken));
    for (const { rows, channel } of pages) for (const variant of rows) known.set(variant.id, { variant, channel });
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
  found: { readonly variant: VendureTarget; readonly channel: VendureChannel } | undefined,
  { location, told, broken }: Omit<Asked, 'refs'> & { readonly broken: readonly BrokenRow[] },
): Target<Place> {
  if (ref.shopVariantId === undefined) return refused('not-a-unit', 'Vendure sells variants alone');
  if (found === undefined) return { ok: false, ...missingTarget(broken, ref) };
  const { variant, channel } = found;
  if (variant.productId !== ref.shopProductId)
    return refused('variant-moved', `now under product ${variant.productId}`);
  if (variant.product.enabled !== true) return refused('inactive-in-shop', 'product: disabled');
  if (variant.enabled !== true) return refused('inactive-in-shop', 'disabled');
  // A figure would be taken and kept without a word, and change nothing.
  if (!isTracked(variant, channel)) return refused('not-tracked-in-shop', `trackInventory: ${variant.trackInventory}`);
  if (location.id === undefined) return refused('location-missing', location.said);
  const level = variant.stockLevels.find(({ stockLocationId }) => stockLocationId === location.id);
  // Writing would put it there: whether the location sells it is the merchant's to say.
  if (level === undefined && told !== undefined) return refused('not-stocked-at-location');
  const { stockOnHand = 0, stockAllocated = 0 } = level ?? {};
  if (typeof stockAllocated === 'object')
    return refused('refused-by-shop', `stockAllocated: ${stockAllocated.unreadable}`);
  const place = { variantId: variant.id, location: location.id, allocated: stockAllocated };
  return { ok: true, place, available: availableOf([{ onHand: stockOnHand, held: stockAllocated }], 'stockOnHand') };
}
