import { refKey } from '../changes.ts';
import { type Conflict, type Translation, translationOf } from '../conflict.ts';
import type { Gtin, Instant, Sku } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { type FigureCause, figureCause } from '../integrations/figure-cause.ts';
import { integrationState } from '../integrations/integration-state.ts';
import { figureKnownAt, type Listing, type Unbuyable, unbuyableReasons } from '../listing.ts';
import { available, type Product } from '../product.ts';
import { isNotStocked, stockAt } from '../push/at-shop-location.ts';
import { linkProof } from '../push/link-proof.ts';
import { shopFigure } from '../push/shop-figure.ts';
import { wantedAtLocations } from '../push/shop-quantity.ts';
import { type Shop, tellsLocations, type UnreadableRow } from '../shop.ts';
import type { LocationStock } from '../warehouse/location-stock.ts';

/** Something about a link that stands which a person has to know: each a finding of its own, with its age. */
export type LinkNote = { readonly at?: Instant } & (
  | { readonly kind: 'not-counted' }
  /** A gift card, a bundle, something sold elsewhere: it has no stock of its own in the shop. */
  | { readonly kind: 'not-a-unit'; readonly shopSays: string }
  | { readonly kind: 'counted-on-parent' }
  | { readonly kind: 'figure-unreadable'; readonly field: string; readonly value: string }
  /** A location of the shop that ought to have `figure` and keeps none of it. */
  | { readonly kind: 'not-stocked-at-location'; readonly location: string; readonly figure: number }
  | { readonly kind: 'row-unreadable'; readonly field: string; readonly value: string }
  | ({ readonly kind: 'cannot-be-bought' } & Unbuyable)
  /** Nothing but the EAN joins the two; `shopSku` is what the shop calls it. */
  | { readonly kind: 'linked-by-gtin'; readonly ourSku?: Sku; readonly shopSku?: Sku }
  /** Nothing but an EAN can have joined the two, and they have two by now. */
  | { readonly kind: 'other-gtin'; readonly ourGtin?: Gtin; readonly shopGtin?: Gtin }
  | { readonly kind: 'other-item-number'; readonly ourSku?: Sku; readonly shopSku?: Sku }
  /** Another thing wants the link, or could be meant by it as well: a person has to choose. */
  | { readonly kind: 'in-conflict'; readonly conflict: Conflict; readonly translation?: Translation }
  /** The shop has another figure than it ought to; at one of its locations, where it is told at several. */
  | {
      readonly kind: 'stock-differs';
      readonly ours: number;
      readonly shopHas: number;
      readonly why: FigureCause;
      readonly location?: string;
    }
);

/** Notes that somebody has to do something about, or look at once; the others only explain. */
export const needsAttention = ({ kind }: LinkNote): boolean =>
  kind !== 'not-counted' && kind !== 'not-a-unit' && kind !== 'counted-on-parent';

/** The note that is told where there is room for one: what somebody has to do something about, before what only explains. */
export const firstNote = (notes: readonly LinkNote[] = []): LinkNote | undefined =>
  notes.find(needsAttention) ?? notes[0];

type LinkedPlace = {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration: Integration;
  readonly listing?: Listing;
  readonly unreadableRow?: UnreadableRow;
  /** What lies at each location of the warehouse. */
  readonly parts?: readonly LocationStock[];
};

/** Everything that is to be said of a link that stands. */
export function linkNotes(place: LinkedPlace): readonly LinkNote[] {
  const { listing, unreadableRow: row, product } = place;
  const rowNote: readonly LinkNote[] =
    row === undefined || listing?.stock.unreadable !== undefined
      ? []
      : [{ kind: 'row-unreadable', field: row.where, value: row.said, at: row.at }];
  if (listing === undefined) return rowNote;
  const at = listing.seenAt;
  const bought = unbuyableReasons(listing)
    .filter(({ why }) => why !== 'out-of-stock' || available(product.stock) > 0)
    .map((reason): LinkNote => ({ kind: 'cannot-be-bought', ...reason, at }));
  return [
    ...rowNote,
    ...figureNote(listing),
    ...unstockedNotes(place, listing),
    ...bought,
    ...proofNote(place, listing),
  ];
}

function figureNote(listing: Listing): readonly LinkNote[] {
  const figure = shopFigure(listing);
  const at = listing.seenAt;
  if (listing.sellable === 'not-stocked') return [{ kind: 'not-a-unit', shopSays: listing.shopSays, at }];
  if (figure.kind === 'unreadable')
    return [{ kind: 'figure-unreadable', field: figure.field, value: figure.value, at }];
  if (figure.kind === 'on-parent') return [{ kind: 'counted-on-parent', at }];
  return figure.kind === 'not-counted' ? [{ kind: 'not-counted', at }] : [];
}

function unstockedNotes(place: LinkedPlace, listing: Listing): readonly LinkNote[] {
  if (!tellsLocations(place.shop) || shopFigure(listing).kind === 'not-counted') return [];
  return (wantedAtLocations(place) ?? []).flatMap(({ location, quantity }): readonly LinkNote[] =>
    quantity > 0 && isNotStocked(stockAt(listing, location.id))
      ? [
          {
            kind: 'not-stocked-at-location',
            location: location.name ?? location.id,
            figure: quantity,
            at: listing.seenAt,
          },
        ]
      : [],
  );
}

function proofNote(place: LinkedPlace, { sku: shopSku, gtin: shopGtin, seenAt: at }: Listing): readonly LinkNote[] {
  const proof = linkProof(place);
  const ourSku = place.product.sku;
  if (proof === 'gtin') return [{ kind: 'linked-by-gtin', ourSku, shopSku, at }];
  if (proof === 'other-gtin') return [{ kind: 'other-gtin', ourGtin: place.product.gtin, shopGtin, at }];
  return proof === 'other' && place.product.sku !== undefined && shopSku !== undefined
    ? [{ kind: 'other-item-number', ourSku, shopSku, at }]
    : [];
}

/** What is at odds about a link that stands: who else wants it, or what else could be meant. */
export const conflictNotes = (conflicts: readonly Conflict[], listings: readonly Listing[]): readonly LinkNote[] =>
  conflicts.map((conflict) => {
    const listing = listings.find(({ ref }) => refKey(ref) === refKey(conflict.ref));
    const translation = translationOf(conflict, listing);
    return { kind: 'in-conflict', conflict, at: conflict.since, ...(translation === undefined ? {} : { translation }) };
  });

/** That the shop has another figure than it ought to, and why; at each location that differs, where it is told at several. */
export function figureNotes(place: LinkedPlace): readonly LinkNote[] {
  const { listing, integration } = place;
  const state = integrationState(place);
  if (listing === undefined || !state.stockDiffers) return [];
  const at = figureKnownAt(listing, integration.pushed);
  if (state.atLocations !== undefined) {
    return state.atLocations.flatMap((one): readonly LinkNote[] => {
      const { wanted: ours, shopHas, notStocked, name: location } = one;
      if (ours === undefined || shopHas === undefined || ours === shopHas || notStocked === true) return [];
      return [{ kind: 'stock-differs', ours, shopHas, location, at, why: figureCause(place, { atLocations: [one] }) }];
    });
  }
  const { wanted: ours, shopHas } = state;
  if (ours === undefined || shopHas === undefined) return [];
  return [{ kind: 'stock-differs', ours, shopHas, at, why: figureCause(place, state) }];
}
