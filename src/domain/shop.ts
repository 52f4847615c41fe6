import {
  type Instant,
  type ListingRef,
  type PlatformId,
  type RunId,
  type ShopId,
  type ShopProductId,
  type Sku,
  toSku,
} from './ids.ts';
import type { Product } from './product.ts';

/** A goods owner (*vareejer*): the postfix keeps equal item numbers of different owners apart (H17-H20). */
export type Owner = { readonly name: string; readonly skuPostfix: string };

/** A stock location of a shop that has several, and the locations of the warehouse whose goods it is told of. */
export type ShopLocation = {
  /** As the platform names it, for good. */
  readonly id: string;
  /** What the shop called it when it was mapped. */
  readonly name?: string;
  /** Never none; `A-*` for all that begin so. No location of the warehouse is told of at two of one shop. */
  readonly from: readonly string[];
};

/** One webshop that sells what we keep. Holds no secrets: those stay in the environment or an owner-only file. */
export type Shop = {
  readonly id: ShopId;
  readonly name: string;
  /** May name a platform that this version has no driver for: such a shop is shown, and neither read nor written. */
  readonly platform: PlatformId;
  /** The API base, normalised: no credentials, no trailing slash. */
  readonly url: string;
  /** Two letters, ISO 3166, upper case. */
  readonly country?: string;
  readonly owner?: Owner;
  /** What the shop called itself when it was added; another answer later means another shop. */
  readonly identity?: string;
  /** ISO 4217, as the shop said. */
  readonly currency?: string;
  /** IANA zone or fixed offset, as the shop said. */
  readonly timeZone?: string;
  /** A negative available figure is sent as it is, or held at nought (H24). */
  readonly negative: 'send' | 'hold-at-zero';
  /** A paused shop is neither read nor written; its links stay. */
  readonly paused: boolean;
  /** Platform settings a person chose (for instance which Shopify location gets our figure). No secrets. */
  readonly options: Readonly<Record<string, string>>;
  /** Locations of the warehouse whose stock this shop sells, `A-*` for all that begin so. Absent: all there is. */
  readonly locations?: readonly string[];
  /** Where the shop keeps stock at several locations: each is told a figure of its own, and `locations` is absent (H7). */
  readonly shopLocations?: readonly ShopLocation[];
  /** A PEM file that vouches for a shop behind a private CA. */
  readonly caFile?: string;
  readonly addedAt: Instant;
  /** A shop that bore this id before and was removed: what it called itself, and since when it was that one. */
  readonly formerly?: { readonly identity?: string; readonly since?: Instant };
};

/**
 * Since when what was found out about a shop is about this shop; absent where nothing else bore its id. Under the id of
 * a shop that was removed another may stand, whose ids mean other things: what is older counts only where both call
 * themselves the same.
 */
export function sameShopSince({
  formerly,
  identity,
  addedAt,
}: Pick<Shop, 'formerly' | 'identity' | 'addedAt'>): Instant | undefined {
  if (formerly === undefined) return undefined;
  return identity !== undefined && identity === formerly.identity ? formerly.since : addedAt;
}

/** Whether what was found out at a moment is about this shop. */
export function isAboutShop(shop: Shop, at: Instant): boolean {
  const since = sameShopSince(shop);
  return since === undefined || at >= since;
}

/** The listing of a shop that a product was first fetched from, where that is the shop that bears its id today. */
export const sourceIn = (shop: Shop, product: Pick<Product, 'contentFrom' | 'createdAt'>): ListingRef | undefined =>
  product.contentFrom?.shopId === shop.id && isAboutShop(shop, product.createdAt) ? product.contentFrom : undefined;

/** Whether a shop is told at several locations of its own, a figure each. */
export const tellsLocations = ({ shopLocations }: Pick<Shop, 'shopLocations'>): boolean =>
  (shopLocations?.length ?? 0) > 0;

/** Whether a shop, or a location of it, sells what lies at some locations of the warehouse alone. */
export const sellsByLocation = (shop: Pick<Shop, 'locations' | 'shopLocations'>): boolean =>
  (shop.locations?.length ?? 0) > 0 || tellsLocations(shop);

/** Running, or how it ended. Apart from what it achieved (its outcome). */
export type RunStatus = 'running' | 'finished' | 'interrupted';
/** What a sync achieved. `stopped-by-guard`: read to the end, but too many links would have vanished. */
export type RunOutcome = 'changed' | 'unchanged' | 'partial' | 'refused' | 'unreachable' | 'stopped-by-guard';
export type RunCounts = {
  readonly seen: number;
  readonly productsCreated: number;
  readonly updated: number;
  readonly linked: number;
  readonly unlinked: number;
  readonly conflicts: number;
  /** Rows that the shop sent and nobody could read. */
  readonly broken: number;
};

/** A row of a shop that could not be read, or one field of it: unknown, never absent. */
export type UnreadableRow = {
  readonly shopProductId?: string;
  readonly shopVariantId?: string;
  /** The field, in the platform's words. */
  readonly where: string;
  /** What stood there, cleaned and cut. */
  readonly said: string;
  readonly at?: Instant;
};

/** One sync of one shop, whole or since a moment. */
export type Run = {
  readonly id: RunId;
  readonly shopId: ShopId;
  readonly kind: 'full' | 'changes';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly status: RunStatus;
  readonly outcome?: RunOutcome;
  readonly counts: RunCounts;
  /** Where to go on, while it is not finished. */
  readonly cursor?: string;
  /** Every page has been read; what is left is to settle and to confirm. */
  readonly readToEnd?: boolean;
  /** The shop's own clock before the first page: the next `since`, less an overlap. */
  readonly watermark?: Instant;
  /** Kind and words of the trouble that ended it; never a secret. */
  readonly trouble?: ShopTrouble;
  /** Why what was sold could not be read, though everything else could; never a secret. */
  readonly salesTrouble?: ShopTrouble;
  /** Links that would be removed and were not, because they were too many. */
  readonly heldRemovals?: number;
  /** The rows that could not be read, the first some hundred of them. */
  readonly unreadable?: readonly UnreadableRow[];
  /** Milliseconds that were worked on it, pauses between its parts left out. */
  readonly workedMs?: number;
};

/** What was wrong between us and a shop, as it is kept. Records of older versions have neither reason nor speaker. */
export type ShopTrouble = {
  readonly kind: string;
  readonly said: string;
  /** Why, where one kind has several causes; a `ShopErrorReason`. */
  readonly reason?: string;
  readonly saidBy?: 'us' | 'shop';
};

/** What we know of our own sync of a shop: its health, not its products. One a shop. */
export type ShopState = {
  readonly shopId: ShopId;
  readonly run?: Run;
  /** The last full sync that reached the end. Only such a one may suspect absence. */
  readonly lastComplete?: {
    readonly runId: RunId;
    readonly startedAt: Instant;
    readonly at: Instant;
    readonly listings: number;
  };
  /** Read changes since this moment (the shop's clock). */
  readonly watermark?: Instant;
  /** When all of its stock was last read to the end, by a full sync or by the cheap pass over stock alone. */
  readonly stockReadAt?: Instant;
  /** Sales have been read from `from` to `to`; outside that nothing is known. */
  readonly sales?: { readonly from: Instant; readonly to: Instant };
  readonly lastAnswerAt?: Instant;
  readonly lastTrouble?: ShopTrouble & {
    readonly at: Instant;
    /** Of the answer, where one came. */
    readonly status?: number;
    /** It came when stock was sent, not when the shop was read. */
    readonly sending?: true;
  };
  /** Blind spots of its platform that this shop was found not to have, when it was last read. */
  readonly notBlind?: readonly string[];
  /** How far the shop's clock is ahead of ours, in milliseconds, when last heard. */
  readonly clockAheadMs?: number;
  /** Links that would have gone by what the shop told by itself, and were too many to go unasked; until a full sync. */
  readonly heldSignals?: { readonly at: Instant; readonly products: readonly ShopProductId[] };
  /** Rows that could not be read when they were last shown. */
  readonly unreadable?: readonly UnreadableRow[];
};

/** Our item number for what this shop calls `sku`: the owner's postfix is added on the way in (H18). */
export const ourSku = (shop: Shop, sku: Sku): Sku => (shop.owner ? toSku(sku + shop.owner.skuPostfix) : sku);

/** The item number this shop would know ours by: the postfix never goes out (D8). */
export function shopSku(shop: Shop, sku: Sku): Sku | undefined {
  const postfix = shop.owner?.skuPostfix ?? '';
  if (postfix === '') return sku;
  return sku.endsWith(postfix) && sku.length > postfix.length ? toSku(sku.slice(0, -postfix.length)) : undefined;
}
