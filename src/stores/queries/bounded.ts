import { refKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import { type ListingRef, type ProductId, type RunId, toProductId, toShopId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import type { BoundedReader } from '../../ports/store-questions.ts';
import type { Line } from '../lines/place-lines.ts';
import { isShown } from '../lines/shown-line.ts';
import { listingByReading } from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import { listingsOfShopProduct } from '../tables/listings-of-shop-product.ts';
import type { StoreTables, Table } from '../tables/table.ts';
import { makeKeptLines } from './kept-lines.ts';
import { countLines, linePage, noList } from './line-page.ts';
import { makeOpenListings } from './open-listings.ts';
import { compareText, lineMarks, type ShopList } from './shop-list.ts';

/** Answers the bounded questions from tables in memory. What has to be in order is put in order when first asked for. */
export function makeBounded(tables: StoreTables): Omit<BoundedReader, 'acts' | 'eventsOf'> {
  const keptLines = makeKeptLines(tables);
  const openKeys = makeOpenListings(tables);
  const inShop = (shopId: string): ShopList => keptLines().shops.get(shopId) ?? noList;
  const listings = (shopId: string, { after, limit }: PageRequest, matchesQuery: (listing: Listing) => boolean) =>
    partOf(tables.listings, shopId, { after: after && keyInShop(after), limit, matchesQuery });
  return {
    shopLines: async (query) => linePage(inShop(query.shopId), query),
    lineCounts: async (shopId, at) => countLines(inShop(shopId), at),
    integrationPage: async ({ shopId, after, limit }) => partOf(tables.integrations, shopId, { after, limit }),
    listingPage: async (request) => listings(request.shopId, request, () => true),
    openListings: async ({ shopId, after, limit }) => {
      const from = after && keyInShop(after);
      const open = rowsAt(tables.listings, shopId, openKeys(shopId, from));
      return firstOf(open, { limit, passes: (listing) => keyInShop(listing.ref) !== from });
    },
    unseenListings: async (request) => listings(request.shopId, request, (listing) => isUnseen(listing, request.runId)),
    // From what was shown to what lies under the same id: the other way round all of a shop would be gone through.
    unseenVariants: async ({ shopId, runId, after, limit }) => {
      const shown = tables.listings.by(listingByReading, runId, shopId);
      const unseen = shown
        .flatMap(({ ref }) => listingsOfShopProduct(tables.listings, shopId, ref.shopProductId))
        .filter((one) => isUnseen(one, runId));
      return pageOf(unseen, ({ ref }) => keyInShop(ref), { after: after && keyInShop(after), limit });
    },
    unsentProducts: async ({ shopId, after, limit }) =>
      productsIn(inShop(shopId).unsent().from({ productId: after, shopId }), { after, limit }),
    planIds: async ({ madeBefore, limit }) =>
      [...tables.plans.all()]
        .filter(({ madeAt }) => madeBefore === undefined || madeAt < madeBefore)
        .toSorted((a, b) => compareText(b.madeAt, a.madeAt))
        .slice(0, limit)
        .map(({ id }) => id),
    inStock: async () => {
      const linked = [...keptLines().shops].map(
        ([shopId, { lines }]) => [toShopId(shopId), lines.count(lineMarks['linked-in-stock'])] as const,
      );
      const any = [...tables.products.all()].some(({ stock }) => stock.onHand > 0);
      return { any, linked: new Map(linked.filter(([, count]) => count > 0)) };
    },
    inactiveCandidates: async ({ after, unsoldBefore, at, limit }) => {
      const before = new Map<string, string>(unsoldBefore);
      const passes = (line: Line): boolean => isShown(line, at) && isCandidate(line, before.get(line.shopId) ?? '');
      return productsIn(keptLines().shelf().from({ productId: after, shopId: '' }), { after, limit, passes });
    },
    conflictPage: async ({ shopId, after, limit }) => {
      const all = [...tables.conflicts.all()].filter(({ ref }) => shopId === undefined || ref.shopId === shopId);
      const from = after && newestFirst(after);
      return all
        .toSorted((a, b) => compareText(newestFirst(b), newestFirst(a)))
        .filter((one) => from === undefined || newestFirst(one) < from)
        .slice(0, limit);
    },
  };
}

const isUnseen = (listing: Listing, runId: RunId): boolean =>
  listingsUnderId(listing).every(({ seenIn }) => seenIn !== runId);

type PageRequest = { readonly after?: ListingRef; readonly limit: number };
const newestFirst = ({ since, ref }: Pick<Conflict, 'since' | 'ref'>): string => `${since}\u001f${refKey(ref)}`;

/** The records with these keys, in their order. */
function* rowsAt<Row extends object>(table: Table<Row>, partition: string, keys: Iterable<string>): Generator<Row> {
  for (const key of keys) {
    const row = table.find(partition, key);
    if (row !== undefined) yield row;
  }
}

/** Some records of one partition in the order of their keys, after a key: a walk from page to page looks at each once. */
function partOf<Row extends object>(
  table: Table<Row>,
  partition: string,
  { after, limit, matchesQuery }: PartRequest<Row>,
): readonly Row[] {
  const rows = rowsAt(table, partition, table.keysInOrder(partition, after));
  const last = after === undefined ? undefined : table.find(partition, after);
  return firstOf(rows, { limit, passes: (row) => row !== last && matchesQuery?.(row) !== false });
}
type PartRequest<Row> = {
  readonly after?: string;
  readonly limit: number;
  readonly matchesQuery?: (row: Row) => boolean;
};

/** The first that pass. */
function firstOf<Row>(
  rows: Iterable<Row>,
  { limit, passes }: { readonly limit: number; readonly passes: (row: Row) => boolean },
): readonly Row[] {
  const first: Row[] = [];
  if (limit < 1) return first;
  for (const row of rows) {
    if (!passes(row)) continue;
    first.push(row);
    if (first.length >= limit) break;
  }
  return first;
}

type ProductRequest = {
  readonly after?: ProductId;
  readonly limit: number;
  readonly passes?: (line: Line) => boolean;
};
/** The products of lines that come by their products, each once. */
function productsIn(
  lines: Iterable<Line>,
  { after, limit, passes = () => true }: ProductRequest,
): readonly ProductId[] {
  const ids = new Set<ProductId>();
  for (const line of lines) {
    if (ids.size >= limit) break;
    if (line.productId !== undefined && line.productId !== after && passes(line)) ids.add(toProductId(line.productId));
  }
  return [...ids];
}

const pageOf = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { after, limit }: { readonly after?: string; readonly limit: number },
): readonly Row[] =>
  rows
    .filter((row) => after === undefined || keyOf(row) > after)
    .toSorted((a, b) => compareText(keyOf(a), keyOf(b)))
    .slice(0, limit);

const isCandidate = (line: Line, unsoldBefore: string): boolean =>
  line.inStock && (line.suspect || (unsoldBefore !== '' && line.quietSince <= unsoldBefore));
