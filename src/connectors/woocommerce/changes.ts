import { type Instant, instantOf, later, millisecondsOf } from '../../domain/ids.ts';
import type { ListingPage } from '../../ports/shop-connector.ts';
import type { WooApi } from './api.ts';
import { type ChangesCursor, phaseAfter, readChangesCursor, writeCursor } from './cursor.ts';
import { belongsTo, type ItemPage, listItems, listOf, listsAllVariations, ofVariations } from './items.ts';
import { sellableOf } from './map.ts';
import { listingsOf } from './pages.ts';
import type { WooItem } from './schema.ts';

/**
 * The moment as `modified_after` takes it together with `dates_are_gmt`: whole seconds and no zone. With a zone
 * the shop silently answers too little (measured on 11.0.1).
 */
export const gmtText = (instant: Instant): string => instant.slice(0, 19);

/** The bound is exclusive and in whole seconds, so one second earlier is asked for. */
const bound = (instant: Instant): string => gmtText(later(instant, -1000));

/**
 * One page of what changed at or after a moment, oldest first. It goes on from the last date seen rather than
 * from a page number, since a product that is edited meanwhile moves to the end and everything after it moves up.
 */
export async function changesPage(
  api: WooApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<ListingPage> {
  const start = { phase: 'products' as const, page: 1, after: bound(request.since), seen: [] };
  const cursor = readChangesCursor(request.cursor) ?? { ...start, sweep: await listsAllVariations(api, signal) };
  const list = listOf(api, cursor.phase);
  const query = {
    ...list.query,
    page: String(cursor.page),
    modified_after: cursor.after,
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
  };
  const answer = await listItems(api, { path: list.path, query, doing: 'reading changes' }, signal);
  rejectRepeatedPage(api, answer, cursor);
  rejectIgnoredFilter(api, answer, bound(request.since));
  const fresh = answer.items.filter((item) => !cursor.seen.includes(item.id) && belongsTo(cursor.phase, item));
  const read = await withVariations(api, { items: fresh, cursor }, signal);
  return {
    listings: read.listings,
    broken: [...answer.broken, ...read.broken],
    next: nextOf(cursor, answer, bound(request.since)),
    asOf: answer.reply.date ?? api.clock.now(),
  };
}

/** A product that was hidden or shown changes what its variations are, though their own dates stay. */
async function withVariations(
  api: WooApi,
  rows: { readonly items: readonly WooItem[]; readonly cursor: ChangesCursor },
  signal: AbortSignal,
): ReturnType<typeof listingsOf> {
  const variable = rows.items.some((item) => sellableOf(item) === 'parent');
  const sweep = ofVariations(rows.cursor.phase) || !variable;
  return listingsOf(api, { items: rows.items, phase: rows.cursor.phase, sweep }, signal);
}

function rejectRepeatedPage(api: WooApi, { items }: ItemPage, cursor: ChangesCursor): void {
  const [first] = items;
  if (cursor.page === 1 || first === undefined) return;
  if (first.id !== cursor.first || items.at(-1)?.id !== cursor.last) return;
  throw api.trouble('unintelligible', {
    doing: 'reading changes',
    said: `page ${cursor.page} is the page before it again`,
  });
}

/** WooCommerce before 5.8 and some caches leave the filter out and show everything. */
function rejectIgnoredFilter(api: WooApi, { items }: ItemPage, after: string): void {
  const older = items.find((item) => item.date_modified_gmt !== undefined && gmtText(item.date_modified_gmt) < after);
  if (older === undefined) return;
  throw api.trouble('unintelligible', {
    doing: 'reading changes',
    said: `the shop does not filter by date: product ${older.id} is older than asked for`,
  });
}

function nextOf(cursor: ChangesCursor, answer: ItemPage, start: string): string | undefined {
  if (answer.sent === 0) {
    const phase = phaseAfter(cursor.phase, cursor.sweep);
    return phase === undefined
      ? undefined
      : writeCursor({ phase, sweep: cursor.sweep, page: 1, after: start, seen: [] });
  }
  const dates = answer.items.flatMap((item) => item.date_modified_gmt ?? []);
  const newest = dates.reduce<Instant | undefined>(
    (last, date) => (last === undefined || date > last ? date : last),
    undefined,
  );
  const after = newest === undefined ? cursor.after : bound(instantOf(millisecondsOf(newest)));
  const common = {
    phase: cursor.phase,
    sweep: cursor.sweep,
    first: answer.items[0]?.id,
    last: answer.items.at(-1)?.id,
  };
  // All in one second, or nothing new: only the page number leads on.
  if (after <= cursor.after || answer.items.every((item) => cursor.seen.includes(item.id))) {
    return writeCursor({ ...common, page: cursor.page + 1, after: cursor.after, seen: cursor.seen });
  }
  const seen = answer.items.filter(
    (item) => item.date_modified_gmt !== undefined && gmtText(item.date_modified_gmt) > after,
  );
  return writeCursor({ ...common, page: 1, after, seen: seen.map((item) => item.id) });
}
