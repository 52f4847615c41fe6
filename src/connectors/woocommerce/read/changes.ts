import { type Instant, instantOf, later, millisecondsOf } from '../../../domain/ids.ts';
import type { ListingPage } from '../../../ports/shop-connector.ts';
import { ignoredDate } from '../../driver-parts/ignored-date.ts';
import { maxRowsOf, overRowLimit, repeatsItself } from '../../reading/reading-bounds.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import type { WooItem } from '../schema.ts';
import { sellableOf } from '../sellable.ts';
import { beginning, type ChangesCursor, phaseAfter, readChangesCursor, writeCursor } from './cursor.ts';
import { belongsTo, type ItemPage, listItems, listOf, listsAllVariations, ofVariations } from './items.ts';
import { listingsOf } from './listings.ts';

const doing = 'reading changes';
/** Pages in a row that bring nothing new before a reading is given up. */
const maxIdle = 3;

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
  request: { readonly since: Instant; readonly cursor?: string; readonly expected?: number },
  signal: AbortSignal,
): Promise<ListingPage> {
  const start = { phase: 'products' as const, ...beginning, after: bound(request.since), seen: [] };
  const cursor = readChangesCursor(request.cursor) ?? { ...start, sweep: await listsAllVariations(api, signal) };
  const list = listOf(api, cursor.phase);
  const query = {
    ...list.query,
    offset: String(cursor.offset),
    modified_after: cursor.after,
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
  };
  const answer = await listItems(api, { path: list.path, query, doing }, signal);
  rejectIgnoredFilter(api, answer, cursor.after);
  const next = nextOf(api, { cursor, answer, start: bound(request.since), expected: request.expected });
  if (answer.rows.length > 0 || next === undefined) await sameShop(api, answer.rows, signal);
  const fresh = answer.items.filter((item) => !cursor.seen.includes(item.id) && belongsTo(cursor.phase, item));
  const read = await withVariations(api, { items: fresh, cursor, page: request.cursor ?? 'first' }, signal);
  return {
    listings: read.listings,
    broken: [...answer.broken, ...read.broken],
    next: next === undefined ? undefined : writeCursor(next),
    asOf: answer.reply.date ?? api.clock.now(),
  };
}

/** A product that was hidden or shown changes what its variations are, though their own dates stay. */
async function withVariations(
  api: WooApi,
  rows: { readonly items: readonly WooItem[]; readonly cursor: ChangesCursor; readonly page: string },
  signal: AbortSignal,
): ReturnType<typeof listingsOf> {
  const variable = rows.items.some((item) => sellableOf(item) === 'parent');
  const sweep = ofVariations(rows.cursor.phase) || !variable;
  return listingsOf(api, { items: rows.items, phase: rows.cursor.phase, sweep, page: rows.page }, signal);
}

/** WooCommerce before 5.8 and some caches leave the filter out and show everything. */
function rejectIgnoredFilter(api: WooApi, { items }: ItemPage, after: string): void {
  const older = items.find((item) => item.date_modified_gmt !== undefined && gmtText(item.date_modified_gmt) < after);
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id, doing);
}

type Read = {
  readonly cursor: ChangesCursor;
  readonly answer: ItemPage;
  readonly start: string;
  readonly expected: number | undefined;
};

function nextOf(api: WooApi, { cursor, answer, start, expected }: Read): ChangesCursor | undefined {
  const sent = answer.rows.length;
  const ended = cursor.offset === 0 && sent === answer.total;
  if (sent === 0 || ended) {
    const phase = phaseAfter(cursor.phase, cursor.sweep);
    return phase === undefined ? undefined : { phase, sweep: cursor.sweep, ...beginning, after: start, seen: [] };
  }
  const rows = cursor.rows + sent;
  const maxRows = cursor.maxRows ?? maxRowsOf([answer.total, expected]);
  const isNew = answer.ids.some((id) => id !== '' && !cursor.seen.includes(id));
  const idle = isNew ? 0 : cursor.idle + 1;
  if (idle >= maxIdle) throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  if (rows > maxRows) throw api.trouble('unintelligible', { doing, ...overRowLimit(cursor.page, maxRows) });
  const { phase, sweep } = cursor;
  const common = { phase, sweep, page: cursor.page + 1, rows, maxRows, idle };
  const dates = answer.items.flatMap((item) => item.date_modified_gmt ?? []);
  const newest = dates.reduce<Instant | undefined>(
    (last, date) => (last === undefined || date > last ? date : last),
    undefined,
  );
  const after = newest === undefined ? cursor.after : bound(instantOf(millisecondsOf(newest)));
  // All in one second, or nothing new: only counting leads on, with one row more than was there.
  if (after <= cursor.after || !isNew) {
    const seen = [...new Set([...cursor.seen, ...answer.ids])];
    return { ...common, offset: cursor.offset + Math.max(1, sent - 1), after: cursor.after, seen };
  }
  const seen = answer.items.filter(
    (item) => item.date_modified_gmt !== undefined && gmtText(item.date_modified_gmt) > after,
  );
  return { ...common, offset: 0, after, seen: seen.map((item) => item.id) };
}
