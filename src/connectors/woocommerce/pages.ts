import type { Listing } from '../../domain/listing.ts';
import type { BrokenRow, ListingPage } from '../../ports/shop-connector.ts';
import type { WooApi } from './api.ts';
import { type FullCursor, phaseAfter, readFullCursor, writeCursor } from './cursor.ts';
import {
  belongsTo,
  type ItemPage,
  listItems,
  listOf,
  listsAllVariations,
  maxRows,
  ofVariations,
  productsById,
  variationsOf,
} from './items.ts';
import { type MapContext, productListing, sellableOf, variationListing } from './map.ts';
import type { WooItem } from './schema.ts';

/** Fewer products a page where each variable one costs a call of its own. */
const pageSizeWithoutVariationList = 20;

/**
 * One page of everything: all products by id, then those in the trash, then all variations in one sweep, where
 * the shop has it. An empty page ends a part; a short one does not, since shops leave out what a key may not see.
 */
export async function fullPage(api: WooApi, cursorText: string | undefined, signal: AbortSignal): Promise<ListingPage> {
  const cursor = readFullCursor(cursorText) ?? {
    phase: 'products',
    sweep: await listsAllVariations(api, signal),
    page: 1,
  };
  const answer = await rereadShiftedPages(api, cursor, signal);
  rejectRepeatedPage(api, answer.items, cursor);
  const items = fresh(answer.items, cursor);
  const read = await listingsOf(api, { items, phase: cursor.phase, sweep: cursor.sweep }, signal);
  return {
    listings: read.listings,
    broken: [...answer.broken, ...read.broken],
    next: nextOf(cursor, answer),
    total: answer.total,
    asOf: answer.reply.date ?? api.clock.now(),
  };
}

const pageQuery = (cursor: FullCursor, page: number) => ({
  page: String(page),
  per_page: String(cursor.sweep ? maxRows : pageSizeWithoutVariationList),
  orderby: 'id',
  order: 'asc',
});

/** When rows were taken away meanwhile, later ones moved to pages already read: those are read once more. */
async function rereadShiftedPages(api: WooApi, cursor: FullCursor, signal: AbortSignal): Promise<ItemPage> {
  const list = listOf(api, cursor.phase);
  const ask = (page: number): Promise<ItemPage> =>
    listItems(api, { ...list, query: { ...list.query, ...pageQuery(cursor, page) } }, signal);
  const answer = await ask(cursor.page);
  const moved = (cursor.total ?? 0) - (answer.total ?? cursor.total ?? 0);
  if (moved <= 0 || cursor.page === 1) return answer;
  const pagesBack = Math.min(Math.ceil(moved / Number(pageQuery(cursor, 1).per_page)), cursor.page - 1, 5);
  const earlier: ItemPage[] = [];
  for (let page = cursor.page - pagesBack; page < cursor.page; page += 1) earlier.push(await ask(page));
  return { ...answer, items: [...earlier.flatMap((page) => page.items), ...answer.items] };
}

function rejectRepeatedPage(api: WooApi, items: readonly WooItem[], cursor: FullCursor): void {
  const [first] = items;
  if (first === undefined || first.id !== cursor.first || items.at(-1)?.id !== cursor.last) return;
  throw api.trouble('unintelligible', {
    doing: 'reading products',
    said: `page ${cursor.page} is the page before it again`,
  });
}

/** Rows not shown before. A second row under the same id is kept when its item number differs: both are shown. */
function fresh(items: readonly WooItem[], cursor: FullCursor): readonly WooItem[] {
  const shown = new Set([`${cursor.last} ${cursor.lastSku ?? ''}`]);
  return items.filter((item) => {
    const key = `${item.id} ${item.sku ?? ''}`;
    const known = shown.has(key) || (cursor.last !== undefined && Number(item.id) < Number(cursor.last));
    shown.add(key);
    return !known && belongsTo(cursor.phase, item);
  });
}

function nextOf(cursor: FullCursor, answer: ItemPage): string | undefined {
  const ignoredFilter = answer.items.length > 0 && answer.items.every((item) => !belongsTo(cursor.phase, item));
  if (answer.sent === 0 || ignoredFilter) {
    const phase = phaseAfter(cursor.phase, cursor.sweep);
    return phase === undefined ? undefined : writeCursor({ phase, sweep: cursor.sweep, page: 1 });
  }
  const last = answer.items.at(-1);
  return writeCursor({
    phase: cursor.phase,
    sweep: cursor.sweep,
    page: cursor.page + 1,
    first: answer.items[0]?.id ?? cursor.first,
    last: last?.id ?? cursor.last,
    lastSku: last === undefined ? cursor.lastSku : last.sku,
    total: answer.total,
  });
}

export type ReadListings = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

/** Rows as listings, with their variations or their parents where those belong to it. */
export async function listingsOf(
  api: WooApi,
  rows: { readonly items: readonly WooItem[]; readonly phase: FullCursor['phase']; readonly sweep: boolean },
  signal: AbortSignal,
): Promise<ReadListings> {
  const mapContext: MapContext = { shop: api.shop, seenAt: api.clock.now() };
  if (ofVariations(rows.phase)) {
    const parentIds = new Set(rows.items.flatMap((item) => item.parent_id ?? []));
    const parents = await productsById(api, [...parentIds], signal);
    const listings = rows.items.map((item) => variationListing(item, parents.get(item.parent_id ?? ''), mapContext));
    return { listings, broken: [] };
  }
  const listings: Listing[] = [];
  const broken: BrokenRow[] = [];
  for (const item of rows.items) {
    listings.push(productListing(item, mapContext));
    if (rows.sweep || sellableOf(item) !== 'parent') continue;
    const read = await variationsOf(api, { parentId: item.id, withTrash: item.status === 'trash' }, signal);
    listings.push(...read.items.map((variation) => variationListing(variation, item, mapContext)));
    broken.push(...read.broken);
  }
  return { listings, broken };
}
