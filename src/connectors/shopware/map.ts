import {
  type Instant,
  type ListingRef,
  parseGtin,
  parseSku,
  toShopProductId,
  toShopVariantId,
} from '../../domain/ids.ts';
import type { Activity, Listing, Sellable, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money } from '../decode.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import { type Row, systemCurrency } from './schema.ts';

/** Whose words are being mapped, and when they were heard. */
export type Context = { readonly shop: Shop; readonly seenAt: Instant };

/** The option that names the sales channel a shop's visibility is read for; every one of them when left out. */
export const salesChannelOption = 'salesChannel';

/** A variant is named under its product; a product without variants by itself. */
export const refOf = (shop: Shop, row: Pick<Row, 'id' | 'parentId'>): ListingRef =>
  row.parentId === undefined
    ? { shopId: shop.id, shopProductId: toShopProductId(row.id) }
    : { shopId: shop.id, shopProductId: toShopProductId(row.parentId), shopVariantId: toShopVariantId(row.id) };

/** On or off is all there is; what neither says is not for sale by guess. */
export const activityOf = (row: Pick<Row, 'active'>): Activity => (row.active === true ? 'active' : 'disabled');

const downloads = ['is-download', 'digital'];

export function sellableOf(row: Pick<Row, 'parentId' | 'childCount' | 'type' | 'states'>): Sellable {
  if (row.parentId === undefined && (row.childCount ?? 0) > 0) return 'parent';
  const kinds = [...(row.states ?? []), ...(row.type === undefined ? [] : [row.type])];
  return kinds.some((kind) => downloads.includes(kind) || kind === 'grouped_bundle') ? 'not-stocked' : 'unit';
}

/**
 * Open orders that `stock` still holds: before 6.6 it falls when an order is completed, and `availableStock` when it
 * is placed. Since 6.6 both are one.
 */
export const openOrders = (row: Pick<Row, 'stock' | 'availableStock'>): number => {
  const stock = row.stock?.quantity;
  const available = row.availableStock?.quantity;
  return stock === undefined || available === undefined ? 0 : Math.max(0, stock - available);
};

/** What can still be sold. Every product is counted in Shopware; whether the count limits sales is `isCloseout`. */
export function stockOf(row: Pick<Row, 'stock' | 'availableStock' | 'isCloseout' | 'available'>): ShopStock {
  for (const field of ['stock', 'availableStock'] as const) {
    const value = row[field]?.unreadable;
    if (value !== undefined) return { tracked: true, unreadable: { field, value } };
  }
  const quantity = row.stock?.quantity;
  return {
    tracked: true,
    quantity: quantity === undefined ? row.availableStock?.quantity : quantity - openOrders(row),
    outOfStock: row.isCloseout === true && row.available === false ? true : undefined,
  };
}

/** How visible it is in the sales channel that counts: 30 everywhere, 20 in searches, 10 by its address alone, 0 nowhere. */
function visibilityOf(row: Row, shop: Shop): number | undefined {
  const chosen = shop.options[salesChannelOption];
  const rows = row.visibilities?.filter((one) => chosen === undefined || one.salesChannelId === chosen);
  // Where one does not say how visible it is there, nobody can tell that it is hidden.
  if (rows === undefined || rows.some(({ visibility }) => visibility === undefined)) return undefined;
  return rows.reduce((most, one) => Math.max(most, one.visibility ?? 0), 0);
}

function hiddenWords(row: Row, shop: Shop): string | undefined {
  const visibility = visibilityOf(row, shop);
  if (visibility === undefined || visibility > 10) return undefined;
  if (visibility > 0) return `visibility ${visibility}: by direct link only`;
  return shop.options[salesChannelOption] === undefined ? 'in no sales channel' : 'not in the sales channel';
}

/** In the currency that is told as the shop's: a price in another one is another figure. */
const priceOf = (row: Row): string | undefined =>
  row.price?.find((price) => price.currencyId === systemCurrency)?.gross;

function unbuyableOf(row: Row, { shop, seenAt }: Context): readonly Unbuyable[] {
  const hidden = hiddenWords(row, shop);
  return [
    ...(row.isCloseout === true && row.available === false
      ? [{ why: 'out-of-stock' as const, shopSays: 'isCloseout, available: false' }]
      : []),
    ...(hidden === undefined ? [] : [{ why: 'hidden' as const, shopSays: hidden }]),
    ...((row.price ?? []).length === 0 ? [{ why: 'no-price' as const, shopSays: 'price: null' }] : []),
    ...(row.releaseDate !== undefined && row.releaseDate > seenAt
      ? [{ why: 'scheduled' as const, shopSays: `releaseDate: ${row.releaseDate}` }]
      : []),
  ];
}

function wordsOf(row: Row, { shop }: Context): string {
  const active = row.active === undefined ? 'active: null' : row.active ? 'active' : 'inactive';
  const kind = sellableOf(row) === 'not-stocked' ? (row.type ?? row.states?.join(' ')) : undefined;
  return [active, kind, activityOf(row) === 'active' ? hiddenWords(row, shop) : undefined]
    .filter((word) => word !== undefined)
    .join(', ');
}

const nameOf = (row: Row): string => {
  const name = row.translated?.name ?? row.name ?? row.productNumber ?? row.id;
  const choice = row.options?.flatMap((option) => option.translated?.name ?? option.name ?? []).join(', ') ?? '';
  return row.parentId === undefined || choice === '' ? name : `${name} - ${choice}`;
};

/** A row as a listing, once it holds what it takes from its product. */
export function listingOf(row: Row, context: Context): Listing {
  const { shop, seenAt } = context;
  const ean = row.ean ?? '';
  const gtin = parseGtin(ean);
  const active = activityOf(row) === 'active';
  const unbuyable = active && sellableOf(row) !== 'parent' ? unbuyableOf(row, context) : [];
  return {
    ref: refOf(shop, row),
    activity: activityOf(row),
    shopSays: wordsOf(row, context),
    sellable: sellableOf(row),
    offShow: active && hiddenWords(row, shop) !== undefined ? true : undefined,
    sku: parseSku(row.productNumber ?? ''),
    gtin,
    barcode: gtin === undefined && ean !== '' ? ean : undefined,
    content: {
      name: nameOf(row),
      description: row.translated?.description,
      imageUrl: imageAddress(row.cover?.media?.url, shop.url),
      price: money(priceOf(row), shop.currency),
    },
    stock: stockOf(row),
    ...withUnread(unreadPrice(priceOf(row), shop.currency, 'price.gross')),
    unbuyable: unbuyable.length === 0 ? undefined : unbuyable,
    listedAt: row.createdAt,
    // Nothing until the first edit: then it is what it was when it was made.
    changedAt: row.updatedAt ?? row.createdAt,
    adminUrl: `${shop.url}/admin#/sw/product/detail/${row.id}`,
    seenAt,
  };
}
