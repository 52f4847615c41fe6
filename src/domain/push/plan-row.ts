import { figureKnownAt } from '../listing.ts';
import { available, goneFromWarehouse, sharedInWarehouse } from '../product.ts';
import type { PushRefusal, PushRow } from '../push-plan.ts';
import { availableAt } from '../warehouse/location-stock.ts';
import { linkProof } from './link-proof.ts';
import type { PushCandidate } from './push-candidate.ts';
import { guardsOf } from './push-guards.ts';
import { countedQuantity, shopFigure } from './shop-figure.ts';
import { shopQuantity, wantedQuantity } from './shop-quantity.ts';

/**
 * What a shop should be told, with the whole sum, or why not. There is no queue to lose or to replay: what is
 * wanted is compared with what the shop is known to have, so a refused push heals at the next look.
 */
export function planRow(place: PushCandidate): PushRow {
  const { product, shop, integration, listing } = place;
  const wanted = place.wanted ?? wantedQuantity(place, place.canNegative);
  const had = shopQuantity(integration, listing);
  const isThere = integration?.pushed !== undefined && had === wanted.quantity;
  const why = refusalReason(place, wanted.quantity) ?? unstockedReason(place, wanted.quantity);
  const willBe = wanted.quantity ?? had ?? 0;
  const ref = integration?.ref ?? listing?.ref;
  return {
    productId: product.id,
    shopId: shop.id,
    name: product.content.name,
    onHand: product.stock.onHand,
    reserved: product.stock.reserved,
    available: available(product.stock),
    willBe,
    ...figureOrigin(place),
    ref,
    sku: product.sku,
    held: wanted.held,
    ...knownBefore(place),
    ...linkBasis(place),
    unreadable: listing?.stock.unreadable,
    ...(place.at === undefined ? {} : { shopLocation: { id: place.at.id, name: place.at.name } }),
    ...(why === undefined && !isThere
      ? { kind: 'send', guards: guardsOf(place, willBe) }
      : { kind: 'skip', why: why ?? 'unchanged', guards: [] }),
  };
}

/** A location that keeps none of it is told no figure; that it has none is what nought would say. */
const unstockedReason = (
  { notStocked }: PushCandidate,
  wanted: number | undefined,
): 'unchanged' | PushRefusal | undefined => {
  if (notStocked !== true) return undefined;
  return wanted === 0 ? 'unchanged' : 'not-stocked-at-location';
};

/** Where the figure comes from and how old it is, and of what locations it is the sum. */
function figureOrigin({ product, shop, at, parts, figureAt }: PushCandidate): Partial<PushRow> {
  const { source } = product.stock;
  const locations = at?.from ?? shop.locations ?? [];
  return {
    ...(source === undefined ? {} : { source, figureAt }),
    ...(locations.length > 0
      ? { locations, atLocations: availableAt(locations, available(product.stock), parts ?? []) }
      : {}),
  };
}

/** Told where the link does not rest on the item number, so that it is seen before anything goes out over it. */
function linkBasis(place: PushCandidate): Pick<PushRow, 'linkedBy' | 'shopSku'> {
  const proof = linkProof(place);
  if (proof === undefined || proof === 'hand' || proof === 'sku') return {};
  return {
    linkedBy: proof === 'gtin' ? 'gtin' : 'other',
    ...(place.listing?.sku === undefined ? {} : { shopSku: place.listing.sku }),
  };
}

function knownBefore({ integration, listing }: PushCandidate): Pick<PushRow, 'lastSent' | 'shopHad' | 'shopHadAt'> {
  const lastSent = integration?.pushed?.quantity;
  const shopHad = countedQuantity(listing);
  return {
    lastSent,
    ...(shopHad === undefined || listing === undefined
      ? {}
      : { shopHad, shopHadAt: figureKnownAt(listing, integration?.pushed) }),
  };
}

/** Why a shop cannot be told at all. No integration, no traffic (I3). */
function refusalReason(
  { shop, product, integration, listing, figureTooOld }: PushCandidate,
  wanted: number | undefined,
): PushRefusal | undefined {
  if (integration === undefined) return 'no-integration';
  if (shop.paused) return 'shop-paused';
  if (goneFromWarehouse(product) !== undefined) return 'gone-from-warehouse';
  if (sharedInWarehouse(product) !== undefined) return 'shared-in-warehouse';
  if (figureTooOld === true) return 'figure-too-old';
  if (wanted === undefined) return 'stock-by-location-unknown';
  if (listing === undefined) return undefined;
  if (listing.goneAt !== undefined) return 'not-found-in-shop';
  if (listing.activity !== 'active') return 'inactive-in-shop';
  if (listing.sellable !== 'unit') return 'not-a-unit';
  const figure = shopFigure(listing);
  if (figure.kind === 'on-parent') return 'stock-held-by-parent';
  return figure.kind === 'not-counted' ? 'not-tracked-in-shop' : undefined;
}

/** Whether a row says the same as when it was previewed: the same sum, over the same road, on the same base. */
export const sameBase = (planned: PushRow, now: PushRow): boolean =>
  planned.kind === now.kind &&
  planned.willBe === now.willBe &&
  planned.onHand === now.onHand &&
  planned.reserved === now.reserved &&
  planned.lastSent === now.lastSent &&
  planned.shopHad === now.shopHad &&
  planned.shopLocation?.id === now.shopLocation?.id &&
  planned.ref?.shopProductId === now.ref?.shopProductId &&
  planned.ref?.shopVariantId === now.ref?.shopVariantId;
