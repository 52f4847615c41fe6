import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { ShopLocation } from '../../domain/shop.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';

/** A shop, as far as its list depends on it. */
export type LineShop = {
  readonly id: ShopId;
  /** Shops of one owner expect the same products. */
  readonly owner: string;
  readonly negative: 'send' | 'hold-at-zero';
  /** Sells what lies at these locations of the warehouse alone. */
  readonly locations?: readonly string[];
  /** Is told at several locations of its own. */
  readonly shopLocations?: readonly ShopLocation[];
  /** What is older is of another shop, which bore this id. */
  readonly since?: Instant;
};
/** Figures by the location of a shop. */
export type FiguresAt = { readonly [location: string]: number | typeof notStocked };
/** The shop keeps none of it there. */
export const notStocked = '-';
export type LineProduct = {
  readonly id: ProductId;
  readonly sku?: string;
  readonly gtin?: string;
  readonly name: string;
  /** Item numbers that it had before. */
  readonly formerSkus: readonly string[];
  readonly onHand: number;
  readonly available: number;
  readonly fromShop?: string;
  /** Since when it is known; not asked for where nothing hangs on it. */
  readonly createdAt?: string;
};
/** What is linked: the link, and the listing where it is known. */
export type LineLink = {
  readonly refKey: string;
  readonly pushed?: number;
  readonly pushedAt?: FiguresAt;
  readonly soldAt?: string;
  readonly listing?: {
    readonly sold: boolean;
    readonly counted: boolean;
    readonly acceptsStock: boolean;
    readonly quantity?: number;
    readonly at?: FiguresAt;
    /** What the shop calls it by: its item number there, and what stands on its label. */
    readonly codes: readonly string[];
    readonly listedAt?: string;
  };
};
/** All that a product's lines are made of. */
export type LineFacts = {
  readonly product: LineProduct;
  /** What may be sold at each location; gathered where some shop is mapped to locations. */
  readonly parts: readonly Pick<LocationStock, 'location' | 'available'>[];
  readonly links: ReadonlyMap<string, LineLink>;
  /** Shops that know it without a link: it was linked there, contends for a listing, or its item number is listed. */
  readonly knownIn: ReadonlySet<string>;
  /** Shops in which it contends for a listing. */
  readonly claims: ReadonlySet<string>;
  /** Marks "not for this shop" (of all shops where none is named), and until when. */
  readonly unwanted: readonly { readonly shopId?: string; readonly until?: string; readonly at?: string }[];
};
