import { refKey } from '../../domain/changes.ts';
import { barcodeKey, shownGtin } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { type Listing, type Sale, unbuyableReasons } from '../../domain/listing.ts';
import { available, type Product } from '../../domain/product.ts';
import { countedQuantity, shopFigure } from '../../domain/push/shop-figure.ts';
import { type Shop, sameShopSince } from '../../domain/shop.ts';
import { type FiguresAt, type LineLink, type LineProduct, type LineShop, notStocked } from './line-inputs.ts';

/** A shop as its list depends on it. Shops without an owner belong together. */
export function lineShop(shop: Shop): LineShop {
  const { id, owner, negative, locations, shopLocations } = shop;
  return {
    id,
    owner: owner === undefined ? '' : JSON.stringify([owner.name, owner.skuPostfix]),
    negative,
    locations,
    shopLocations,
    since: sameShopSince(shop),
  };
}

export const lineProduct = ({
  id,
  sku,
  gtin,
  content,
  stock,
  contentFrom,
  createdAt,
  formerSkus = [],
}: Product): LineProduct => ({
  id,
  sku,
  gtin: gtin === undefined ? undefined : shownGtin(gtin),
  name: content.name,
  formerSkus: [...new Set(formerSkus)].toSorted(),
  onHand: stock.onHand,
  available: available(stock),
  fromShop: contentFrom?.shopId,
  createdAt,
});

/** Whether a shop says that customers can see it and buy it. */
export const saysSold = (listing: Listing): boolean =>
  listing.activity === 'active' && listing.goneAt === undefined && unbuyableReasons(listing).length === 0;
/** Whether a shop can be told a figure of it, and its own is one that a whole number holds, or unknown. */
export function acceptsStock(listing: Listing): boolean {
  if (listing.activity !== 'active' || listing.goneAt !== undefined || listing.sellable !== 'unit') return false;
  const figure = shopFigure(listing);
  return figure.kind === 'unknown' || (figure.kind === 'counted' && Number.isSafeInteger(figure.quantity));
}
/** Whether a shop said how many it has of a thing that it counts by itself. */
export const countsStock = (listing: Listing): boolean =>
  listing.sellable === 'unit' && countedQuantity(listing) !== undefined;

/** What a column for whole numbers can hold of a figure. */
const whole = (figure: number | undefined): number | undefined => (Number.isSafeInteger(figure) ? figure : undefined);

/** What was sent to each location of the shop, where it is told at several. */
export const sentAt = (pushed: Integration['pushed']): FiguresAt | undefined =>
  pushed?.locations === undefined
    ? undefined
    : Object.fromEntries(pushed.locations.map(({ id, quantity }) => [id, quantity]));

/** What the shop has at each of its locations, where it is told at several. What cannot be read is left out. */
export const shownAt = ({ stock }: Listing): FiguresAt | undefined =>
  stock.locations === undefined
    ? undefined
    : Object.fromEntries(
        stock.locations
          .filter(({ unreadable }) => unreadable === undefined)
          .map(({ id, quantity }) => [id, quantity ?? notStocked]),
      );

export const lineLink = (
  { ref, pushed }: Integration,
  listing: Listing | undefined,
  sale: Sale | undefined,
): LineLink => ({
  refKey: refKey(ref),
  pushed: pushed?.quantity,
  pushedAt: sentAt(pushed),
  soldAt: sale?.at,
  listing: listing && {
    sold: saysSold(listing),
    counted: countsStock(listing),
    acceptsStock: acceptsStock(listing),
    quantity: listing.stock.tracked ? whole(listing.stock.quantity) : undefined,
    at: shownAt(listing),
    codes: [listing.sku, listing.barcode && barcodeKey(listing.barcode)].filter((code) => code !== undefined),
    listedAt: listing.listedAt,
  },
});
