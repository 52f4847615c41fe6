import { z } from 'zod';
import { type Instant, later } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { BrokenRow, ListingPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { localBound, localText } from '../driver-parts/local-time.ts';
import { listStart, offsetPage, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import type { ClassicApi } from './api.ts';
import type { Catalogue } from './catalogue.ts';
import { listingOf, masterNumber, sellableOf } from './map.ts';
import {
  byPosition,
  isWholeList,
  learnedPageSize,
  type PageAsk,
  productCount,
  productPages,
  readProducts,
  usualSize,
} from './product-rows.ts';
import type { ClassicProduct } from './schema.ts';
import { sameShop, siteOf } from './sites.ts';
import { unlessUnreadable } from './unless-unreadable.ts';

/** The end of an interval lies far ahead: a shop's clock may be wrong by more than a little. */
const aheadMs = 366 * 86_400_000;

const cursorSchema = z.object({
  place: offsetPlaceSchema,
  size: z.number().int().min(1),
  total: z.number().optional(),
  /** Changes only: the interval asked for, in the shop's own time. */
  start: z.string().optional(),
  end: z.string().optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** What a reading works with: the line, what is remembered of it, and the masters that it met. */
export type ReadContext = {
  readonly api: ClassicApi;
  readonly catalogue: Catalogue;
  /** By number, of the reading that is under way. */
  readonly masters: Map<string, ClassicProduct>;
};

type PageRequest = { readonly cursor?: string; readonly since?: Instant };

/** One page of everything, or of what changed since a moment. */
export async function listingPage(
  context: ReadContext,
  request: PageRequest,
  signal: AbortSignal,
): Promise<ListingPage> {
  const { api, catalogue, masters } = context;
  const { since } = request;
  const known = readCursor(cursorSchema, request.cursor);
  if (known === undefined) {
    masters.clear();
    if (since === undefined) catalogue.markStarted();
    await sameShop(api, signal, true);
  }
  const cursor = known ?? (await firstCursor(api, since, signal));
  const list = byPosition(pagesOf(api, cursor, signal), cursor.size, (found) =>
    api.trouble('unintelligible', { doing: 'reading products', found, distrusted: true }),
  );
  const { answer, fresh, next: further } = await offsetPage(list, cursor.place);
  const next = isWholeList(cursor.place, answer.rows.length, cursor.total) ? undefined : further;
  const first = cursor.place.offset === 0;
  const size = first ? learnedPageSize(cursor.size, answer.rows.length, cursor.total) : cursor.size;
  const { rows, broken } = readProducts(api, fresh);
  if (since !== undefined) refuseIgnoredFilter(api, rows, later(since, -3 * 3_600_000));
  catalogue.remember(rows);
  for (const row of rows) if (row.isVariantMaster === true && row.number !== undefined) masters.set(row.number, row);
  if (next === undefined && since === undefined) catalogue.markComplete();
  const more = since === undefined ? noRows : await variantsOfMasters(context, rows, signal);
  const read = await readListings(context, [...rows, ...more.rows], signal);
  return {
    listings: read.listings,
    broken: [...broken, ...more.broken, ...read.broken],
    next: next === undefined ? undefined : JSON.stringify({ ...cursor, size, place: next } satisfies Cursor),
    total: cursor.total,
    asOf: answer.reply.date ?? api.clock.now(),
  };
}

async function firstCursor(api: ClassicApi, since: Instant | undefined, signal: AbortSignal): Promise<Cursor> {
  const start = { place: listStart, size: usualSize };
  if (since === undefined) return { ...start, total: await productCount(api, signal) };
  const { timeZone } = api.options;
  const interval = { start: localBound(since, timeZone), end: localText(later(api.clock.now(), aheadMs), timeZone) };
  return { ...start, ...interval, total: await changedCount(api, interval, signal) };
}

type Interval = { readonly start: string; readonly end: string };

async function changedCount(api: ClassicApi, query: Interval, signal: AbortSignal): Promise<number | undefined> {
  const question = { service: 'ProductDataService' as const, path: 'CountByModifiedInterval', query };
  const answer = await api.ask({ ...question, doing: 'reading changes' }, signal);
  if (!answer.ok && answer.status !== 404) throw api.errorOf(answer);
  return answer.ok && typeof answer.body === 'number' ? answer.body : undefined;
}

/** All products by page, or those changed in an interval. The interval is the shop's own time and has no zone. */
function pagesOf(api: ClassicApi, { start, end }: Pick<Cursor, 'start' | 'end'>, signal: AbortSignal): PageAsk {
  if (start === undefined || end === undefined) return productPages(api, signal);
  return (page, size) => {
    const query = { start, end, pageIndex: String(page), pageSize: String(size) };
    const question = { service: 'ProductDataService' as const, path: 'GetByModifiedInterval', query };
    return api.list({ ...question, doing: 'reading changes' }, signal);
  };
}

function refuseIgnoredFilter(api: ClassicApi, rows: readonly ClassicProduct[], bound: Instant): void {
  const older = rows.find(({ updated }) => updated !== undefined && updated < bound);
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id);
}

/** A master that was hidden or shown changes what its variants are, though they themselves do not change. */
async function variantsOfMasters(
  { catalogue }: ReadContext,
  rows: readonly ClassicProduct[],
  signal: AbortSignal,
): Promise<FoundRows> {
  const shown = new Set(rows.map(({ id }) => id));
  const more: ClassicProduct[] = [];
  const broken: BrokenRow[] = [];
  for (const { id, number, ...row } of rows) {
    if (sellableOf({ id, number, ...row }) !== 'parent' || number === undefined) continue;
    const variants = await unlessUnreadable(() => catalogue.knownVariantsOf(number, signal));
    if (variants.ok) more.push(...variants.value.filter((variant) => !shown.has(variant.id)));
    else broken.push({ shopProductId: id, where: `variants of ${number}`, said: variants.said });
  }
  return { rows: more, broken };
}

type FoundRows = { readonly rows: readonly ClassicProduct[]; readonly broken: readonly BrokenRow[] };
const noRows: FoundRows = { rows: [], broken: [] };

/** The same, where what cannot be read would look as if it were gone. */
export async function listingsOf(
  context: ReadContext,
  rows: readonly ClassicProduct[],
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const { listings, broken } = await readListings(context, rows, signal);
  const [first] = broken;
  if (first === undefined) return listings;
  throw context.api.trouble('unintelligible', { doing: 'reading one product', found: `${first.where}: ${first.said}` });
}

type ReadListings = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

/**
 * Rows as listings, each variant under its master. Masters that were not met yet are asked for by number; under one that
 * nobody can read, variants are unknown.
 */
async function readListings(
  { api, catalogue, masters }: ReadContext,
  rows: readonly ClassicProduct[],
  signal: AbortSignal,
): Promise<ReadListings> {
  const context = { shop: api.shop, site: await siteOf(api, signal), seenAt: api.clock.now() };
  const listings: Listing[] = [];
  const broken: BrokenRow[] = [];
  const unread = new Map<string, string>();
  for (const row of rows) {
    const number = masterNumber(row);
    if (number !== undefined && !masters.has(number) && !unread.has(number)) {
      const master = await unlessUnreadable(() => catalogue.numbered(number, signal));
      if (!master.ok) unread.set(number, master.said);
      else if (master.value !== undefined) masters.set(number, master.value);
    }
    const said = unread.get(number ?? '');
    if (said !== undefined) broken.push({ shopProductId: row.id, where: `variant master ${number}`, said });
    else listings.push(listingOf(row, number === undefined ? undefined : masters.get(number), context));
  }
  return { listings, broken };
}
