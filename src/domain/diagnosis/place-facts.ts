import { sameRef } from '../changes.ts';
import type { Conflict } from '../conflict.ts';
import type { Instant, ListingRef, ProductId, ShopId, Sku } from '../ids.ts';
import type { Integration, Tombstone } from '../integration.ts';
import { figureKnownAt, type Listing, linkable } from '../listing.ts';
import type { Mark } from '../mark.ts';
import type { Product } from '../product.ts';
import type { PushRefusal } from '../push-plan.ts';
import type { Shop, ShopState, ShopTrouble, UnreadableRow } from '../shop.ts';
import type { LocationStock } from '../warehouse/location-stock.ts';
import type { NearSpelling } from './near-spelling.ts';

/** How a listing came to be taken for a product's, strongest first. */
export const relations = ['linked', 'was-linked', 'claimed', 'same-sku', 'fetched-from', 'same-gtin'] as const;
export type Relation = (typeof relations)[number];

/** A listing in the shop that is, was or would be this product. */
export type KnownListing = {
  readonly listing: Listing;
  readonly how: Relation;
  /** Heard from the shop just now, not read from the store. */
  readonly live: boolean;
  /** Another product that is linked to it; or, `unlinked`, whose thing comes first under the same id. */
  readonly holder?: ProductId;
  readonly unlinked?: true;
  /** A person ruled that it is not this product. */
  readonly ruledOutBy?: string;
};

/** Where the product was and is not: the shop, asked by id, does not know it, or has `another` of our products there. */
export type UnknownRef = {
  readonly ref: ListingRef;
  readonly at: Instant;
  readonly live: boolean;
  readonly another?: Sku;
};

/** What a shop said when it was asked just now. */
export type LiveAnswer = { readonly at: Instant } & (
  | { readonly kind: 'answered'; readonly listings: readonly Listing[]; readonly unknown: readonly ListingRef[] }
  | ({ readonly kind: 'trouble'; readonly troubleKind: string } & Omit<ShopTrouble, 'kind'>)
);

/** Everything known of one product in one shop, laid side by side before anything is judged. */
export type PlaceFacts = {
  readonly now: Instant;
  readonly product: Product;
  readonly shop: Shop;
  readonly state?: ShopState;
  /** Whether a link is expected here at all (S8, not-for-this-shop, another owner). */
  readonly expected: boolean;
  /** Every shop in which the product is or was known. */
  readonly knownIn: readonly ShopId[];
  /** What lies at each location of the warehouse. */
  readonly parts?: readonly LocationStock[];
  readonly integration?: Integration;
  readonly tombstone?: Tombstone;
  readonly conflicts: readonly Conflict[];
  readonly marks: readonly Mark[];
  /** Strongest relation first. */
  readonly listings: readonly KnownListing[];
  /** References of ours under which the shop does not have it any more. */
  readonly unknownRefs: readonly UnknownRef[];
  /** Shop products of which only the parent is known, where ours is a variant. */
  readonly parents: readonly Listing[];
  readonly near: readonly NearSpelling[];
  /** What the shop refused to tell of it, when it was last asked for and there is no link: a link keeps its own. */
  readonly refusal?: {
    readonly why: PushRefusal;
    readonly said?: string;
    readonly at: Instant;
  };
  /** The shop's row of it could not be read when it was last shown. */
  readonly unreadableRow?: UnreadableRow;
  readonly live?: LiveAnswer;
  /** What was heard before this no longer confirms anything. */
  readonly freshSince: Instant;
};

/** Related listings that could be this product: not gone, not ruled out by a person, not linked to another. */
export const freeListings = (facts: PlaceFacts): readonly KnownListing[] =>
  facts.listings.filter(
    ({ listing, holder, ruledOutBy }) =>
      listing.goneAt === undefined && holder === undefined && ruledOutBy === undefined,
  );

/** Related listings that could carry a link this moment. */
export const linkableListings = (facts: PlaceFacts): readonly KnownListing[] =>
  freeListings(facts).filter(({ listing }) => linkable(listing));

/** Related listings that the shop has and does not sell; also behind another thing under the same id. */
export const inactiveListings = (facts: PlaceFacts): readonly KnownListing[] =>
  facts.listings.filter(
    ({ listing, holder, unlinked, ruledOutBy }) =>
      listing.activity !== 'active' &&
      listing.sellable !== 'parent' &&
      listing.goneAt === undefined &&
      (holder === undefined || unlinked !== undefined) &&
      ruledOutBy === undefined,
  );

/** When the last sync that reached its end began: what it did not contradict still held then. */
export function lastReadingAt(state: ShopState | undefined): Instant | undefined {
  const run = state?.run;
  const finished = run?.status === 'finished' && (run.outcome === 'changed' || run.outcome === 'unchanged');
  return latest(finished ? run.startedAt : undefined, state?.lastComplete?.startedAt);
}

/** The later of two moments, either of which may be missing. */
export const latest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Whether something heard at a moment still counts: it is young, or a whole sync since then let it stand. */
export function isFresh(facts: Pick<PlaceFacts, 'state' | 'freshSince'>, at: Instant): boolean {
  const standsSince = latest(at, lastReadingAt(facts.state)) ?? at;
  return standsSince >= facts.freshSince;
}

/**
 * A listing with the figure that its shop told since, when it was asked about the product. Nothing else of the answer
 * is taken: that the thing is hidden or sold otherwise by now is for a fetch or a sync to judge.
 */
export function withAnsweredFigure(
  listing: Listing,
  pushed: Integration['pushed'],
  answers: readonly LiveAnswer[],
): Listing {
  const heard = answers.flatMap((answer): readonly Listing[] => {
    if (answer.kind !== 'answered' || answer.at <= figureKnownAt(listing, pushed)) return [];
    const there = answer.listings.filter(({ ref }) => sameRef(ref, listing.ref));
    const told = there.find((one) => one.sku === listing.sku) ?? there[0];
    if (told === undefined || told.activity !== listing.activity) return [];
    return [{ ...listing, stock: told.stock, stockSeenAt: answer.at }];
  });
  return heard.at(-1) ?? listing;
}
