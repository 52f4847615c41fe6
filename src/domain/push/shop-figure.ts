import type { Listing } from '../listing.ts';

/** What a shop says of its stock of one thing, in more states than a number. */
export type ShopFigure =
  | { readonly kind: 'counted'; readonly quantity: number }
  /** Counted, and the shop did not say how many. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-counted'; readonly outOfStock: boolean }
  /** One figure for all variants, kept on the product: a variant's own would be ignored. */
  | { readonly kind: 'on-parent'; readonly quantity?: number }
  | { readonly kind: 'unreadable'; readonly field: string; readonly value: string };

/** The stock of a listing as its shop last told it. */
export function shopFigure({ stock }: Listing): ShopFigure {
  if (stock.unreadable !== undefined) return { kind: 'unreadable', ...stock.unreadable };
  if (stock.heldByParent === true) return { kind: 'on-parent', quantity: stock.quantity };
  if (!stock.tracked) return { kind: 'not-counted', outOfStock: stock.outOfStock === true };
  return stock.quantity === undefined || !Number.isFinite(stock.quantity)
    ? { kind: 'unknown' }
    : { kind: 'counted', quantity: stock.quantity };
}

/** The figure of a thing that the shop counts by itself; `undefined` in every other state. */
export function countedQuantity(listing: Listing | undefined): number | undefined {
  const figure = listing && shopFigure(listing);
  return figure?.kind === 'counted' ? figure.quantity : undefined;
}
