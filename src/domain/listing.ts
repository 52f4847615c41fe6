import type { Gtin, Instant, ListingRef, RunId, ShopProductId, Sku } from './ids.ts';
import type { Content } from './product.ts';

/** What the shop says. A word that we do not know becomes `disabled`: better ask a person than sell what is not for sale. */
export type Activity = 'active' | 'draft' | 'archived' | 'disabled';

/** `unit`: has a stock figure of its own. `parent`: sold only through its variants. `not-stocked`: gift card, bundle, external. */
export type Sellable = 'unit' | 'parent' | 'not-stocked';

/** What a shop has at one of its locations. Without a quantity the shop does not stock it there. */
export type StockAtLocation = {
  readonly id: string;
  readonly quantity?: number;
  readonly unreadable?: { readonly field: string; readonly value: string };
};

/**
 * What a shop says of its stock, in more states than a number: counted (`tracked` with `quantity`), uncounted (not
 * `tracked`: nothing limits sales), uncounted and out of stock (`outOfStock`), counted on the parent
 * (`heldByParent`), and unreadable: the figure is there and is no whole number, which is never the same as none.
 */
export type ShopStock = {
  readonly tracked: boolean;
  readonly quantity?: number;
  readonly heldByParent?: boolean;
  /** At each location of the shop that is told a figure; `quantity` is their sum. Absent: the shop is told one figure. */
  readonly locations?: readonly StockAtLocation[];
  /** The shop's own word that it is out of stock, whatever it counts. */
  readonly outOfStock?: true;
  /** Which field could not be read, and what stood there, cleaned and cut. */
  readonly unreadable?: { readonly field: string; readonly value: string };
};

/** A price or a barcode that stands there and cannot be read: the field in the platform's words, and what stood there. */
export type UnreadPart = { readonly part: 'price' | 'barcode'; readonly field: string; readonly value: string };

/** Why a customer cannot buy what is active, with the shop's own words for it. */
export type Unbuyable = {
  readonly why: 'out-of-stock' | 'hidden' | 'not-purchasable' | 'no-price' | 'scheduled';
  readonly shopSays: string;
};

/** Why a shop does not sell a thing, where its own switch is not what puts it on sale again. */
export type OffReason = 'in-trash' | 'scheduled' | 'product-off' | 'not-in-website';

/** What one shop said about one sellable thing, and when. An observation, not our opinion. */
export type Listing = {
  readonly ref: ListingRef;
  readonly activity: Activity;
  /** The shop's own word or words for it, cleaned of control characters. */
  readonly shopSays: string;
  /** Not active, and why, where the shop tells. Absent: it is switched off itself, or nothing said so. */
  readonly offBecause?: OffReason;
  readonly sellable: Sellable;
  /** Active, and by the shop's own words in no list that customers see, or not for them to buy. Absent: nothing said so. */
  readonly offShow?: true;
  /** As the shop wrote it: the owner's postfix is not in it. */
  readonly sku?: Sku;
  readonly gtin?: Gtin;
  /** What stood in a barcode field and is no GTIN; or, beside the GTIN, what another such field holds. */
  readonly barcode?: string;
  readonly content: Content;
  /** The shop shows it in one language of several: which, and under which ids it shows the others. */
  readonly translation?: { readonly language: string; readonly others: readonly ShopProductId[] };
  readonly stock: ShopStock;
  /** What of it could not be read: it is as it was when it last could. */
  readonly unread?: readonly UnreadPart[];
  /** Active, and a customer cannot buy it all the same: why, with the shop's own words. Absent: nothing said so. */
  readonly unbuyable?: readonly Unbuyable[];
  /** The shop goes inactive by itself when stock reaches nought. */
  readonly hidesAtZero?: boolean;
  /** When the shop created it; decides who was first. */
  readonly listedAt?: Instant;
  readonly changedAt?: Instant;
  /** Where a person edits it in the shop's admin. */
  readonly adminUrl?: string;
  readonly seenAt: Instant;
  /** When its stock was read alone, after everything else. */
  readonly stockSeenAt?: Instant;
  /** The sync that saw it last. */
  readonly seenIn?: RunId;
  /** Asked by id, with working credentials, and answered that it does not exist. */
  readonly goneAt?: Instant;
  /** What else the shop shows under the very same id: copies that kept it (S10). */
  readonly beside?: readonly Listing[];
  /** Lies beside another and was not yet told apart from it: a copy, or that one with a new item number. */
  readonly newcomer?: true;
};

/** When something of a listing was last sold in its shop, as far as sales have been read. One a listing. */
export type Sale = { readonly ref: ListingRef; readonly at: Instant; readonly sku?: Sku };

/** Why customers cannot buy it though it is active; none where nothing said so, or where it is not active at all. */
export function unbuyableReasons(listing: Listing): readonly Unbuyable[] {
  if (listing.activity !== 'active' || listing.goneAt !== undefined || listing.sellable === 'parent') return [];
  const told = listing.unbuyable ?? [];
  if (told.length > 0) return told;
  const hidden = listing.offShow === true ? [{ why: 'hidden' as const, shopSays: listing.shopSays }] : [];
  const soldOut = listing.stock.outOfStock === true ? [{ why: 'out-of-stock' as const, shopSays: 'out of stock' }] : [];
  return [...soldOut, ...hidden];
}

/** When the shop said what its stock is: never before the rest of it was seen. */
export const figureSeenAt = ({ seenAt, stockSeenAt }: Listing): Instant =>
  stockSeenAt !== undefined && stockSeenAt > seenAt ? stockSeenAt : seenAt;

/** When the shop's figure was last known: it was read, or the shop took the one that was sent. */
export const figureKnownAt = (
  listing: Listing,
  pushed: { readonly quantity: number; readonly at: Instant } | undefined,
): Instant => {
  const seenAt = figureSeenAt(listing);
  return pushed !== undefined && pushed.quantity === listing.stock.quantity && pushed.at > seenAt ? pushed.at : seenAt;
};

/** Whether it could carry a link: the shop sells it, and it is a thing of its own (S13, D7). */
export const linkable = (listing: Listing): boolean =>
  listing.activity === 'active' && listing.sellable !== 'parent' && listing.goneAt === undefined;
