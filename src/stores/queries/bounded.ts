import { refKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import { type ListingRef, type ProductId, type RunId, toProductId, toShopId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { ourSku } from '../../domain/shop.ts';
import type { BoundedReader, LineCounts } from '../../ports/store-questions.ts';
import { isOpen, listingState } from '../lines/is-open-listing.ts';
import type { Line } from '../lines/place-lines.ts';
import { fitsFilter, isShown, noLines, toShopLine } from '../lines/shown-line.ts';
import { foldText } from '../search/fold.ts';
import { integrationAtRef, productBySku } from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import type { StoreTables, Table } from '../tables/table.ts';
import { linesOf } from './table-lines.ts';

/** Answers the bounded questions from tables in memory. What has to be in order is put in order when asked. */
export function makeBounded(tables: StoreTables): Omit<BoundedReader, 'acts' | 'eventsOf'> {
  const shown = (shopId: string, at: string): readonly Line[] =>
    (linesOf(tables).get(shopId) ?? []).filter((line) => isShown(line, at));
  const listings = (shopId: string, { after, limit }: PageRequest, matchesQuery: (listing: Listing) => boolean) =>
    partOf(tables.listings, shopId, { after: after && keyInShop(after), limit, matchesQuery });
  return {
    shopLines: async ({ shopId, filter, text = '', at, offset, limit }) => {
      const all = shown(shopId, at);
      const wanted = foldText(text.trim());
      const fit = all.filter((line) => fitsFilter(line, filter) && line.text.includes(wanted));
      const lines = fit.slice(offset, offset + limit).map(toShopLine);
      return { lines, total: fit.length, counts: countLines(all) };
    },
    lineCounts: async (shopId, at) => countLines(shown(shopId, at)),
    integrationPage: async ({ shopId, after, limit }) => partOf(tables.integrations, shopId, { after, limit }),
    listingPage: async (request) => listings(request.shopId, request, () => true),
    openListings: async (request) => listings(request.shopId, request, (listing) => standsOpen(tables, listing)),
    unseenListings: async (request) => listings(request.shopId, request, (listing) => isUnseen(listing, request.runId)),
    unseenVariants: async (request) => {
      const { listings: table } = tables;
      const isShown = ({ ref }: Listing) => table.find(request.shopId, ref.shopProductId)?.seenIn === request.runId;
      return listings(request.shopId, request, (one) => isUnseen(one, request.runId) && isShown(one));
    },
    unsentProducts: async ({ shopId, after, limit }) => {
      const lines = (linesOf(tables).get(shopId) ?? []).filter(({ unsent }) => unsent);
      const ids = lines.flatMap(({ productId }) => (productId === undefined ? [] : [toProductId(productId)]));
      return pageOf(ids, (id) => id, { after, limit });
    },
    planIds: async ({ madeBefore, limit }) =>
      [...tables.plans.all()]
        .filter(({ madeAt }) => madeBefore === undefined || madeAt < madeBefore)
        .toSorted((a, b) => compare(b.madeAt, a.madeAt))
        .slice(0, limit)
        .map(({ id }) => id),
    inStock: async () => {
      const linked = [...linesOf(tables)].map(
        ([shopId, lines]) =>
          [toShopId(shopId), lines.filter(({ inStock, state }) => inStock && state === 'linked').length] as const,
      );
      const any = [...tables.products.all()].some(({ stock }) => stock.onHand > 0);
      return { any, linked: new Map(linked.filter(([, count]) => count > 0)) };
    },
    inactiveCandidates: async ({ after, unsoldBefore, at, limit }) => {
      const ids = new Set<ProductId>();
      for (const [shopId, lines] of linesOf(tables)) {
        const before = new Map<string, string>(unsoldBefore).get(shopId) ?? '';
        for (const line of lines) {
          if (line.productId !== undefined && isShown(line, at) && isCandidate(line, before))
            ids.add(toProductId(line.productId));
        }
      }
      return pageOf([...ids], (id) => id, { after, limit });
    },
    conflictPage: async ({ shopId, after, limit }) => {
      const all = [...tables.conflicts.all()].filter(({ ref }) => shopId === undefined || ref.shopId === shopId);
      const from = after && newestFirst(after);
      return all
        .toSorted((a, b) => compare(newestFirst(b), newestFirst(a)))
        .filter((one) => from === undefined || newestFirst(one) < from)
        .slice(0, limit);
    },
  };
}

const isUnseen = (listing: Listing, runId: RunId): boolean =>
  listingsUnderId(listing).every(({ seenIn }) => seenIn !== runId);

type PageRequest = { readonly after?: ListingRef; readonly limit: number };
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const newestFirst = ({ since, ref }: Pick<Conflict, 'since' | 'ref'>): string => `${since}\u001f${refKey(ref)}`;

/** Some records of one partition in the order of their keys, after a key: a walk from page to page looks at each once. */
function partOf<Row extends object>(
  table: Table<Row>,
  partition: string,
  { after, limit, matchesQuery }: PartRequest<Row>,
): readonly Row[] {
  const keys = table.keysInOrder(partition);
  const rows: Row[] = [];
  for (let at = after === undefined ? 0 : placeAfter(keys, after); at < keys.length && rows.length < limit; at += 1) {
    const row = table.find(partition, keys[at] ?? '');
    if (row !== undefined && matchesQuery?.(row) !== false) rows.push(row);
  }
  return rows;
}
type PartRequest<Row> = {
  readonly after?: string;
  readonly limit: number;
  readonly matchesQuery?: (row: Row) => boolean;
};

/** Where the first key after a given one stands, in keys that are in order. */
function placeAfter(keys: readonly string[], key: string): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] ?? '') <= key) from = middle + 1;
    else to = middle;
  }
  return from;
}

const pageOf = <Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { after, limit }: { readonly after?: string; readonly limit: number },
): readonly Row[] =>
  rows
    .filter((row) => after === undefined || keyOf(row) > after)
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)))
    .slice(0, limit);

const isCandidate = (line: Line, unsoldBefore: string): boolean =>
  line.inStock && (line.suspect || (unsoldBefore !== '' && line.quietSince <= unsoldBefore));

function countLines(lines: readonly Line[]): LineCounts {
  const counts = { ...noLines, all: lines.length };
  for (const { state, differs } of lines) {
    counts[state] += 1;
    if (differs) counts['stock-differs'] += 1;
  }
  return counts;
}

function standsOpen({ integrations, conflicts, products, shops }: StoreTables, listing: Listing): boolean {
  const { shopId } = listing.ref;
  const key = keyInShop(listing.ref);
  const shop = shops.find('', shopId);
  const sku = listing.sku === undefined ? undefined : shop === undefined ? listing.sku : ourSku(shop, listing.sku);
  return isOpen(listingState(listing), {
    linked: integrations.by(integrationAtRef, key, shopId).length > 0,
    contested: conflicts.find(shopId, key) !== undefined,
    named: sku !== undefined && products.by(productBySku, sku).length > 0,
  });
}
