import { z } from 'zod';
import { type Instant, parseInstant } from '../../domain/ids.ts';
import { ask, type PeakConnection, rowsIn } from './api.ts';
import { refusesChangedSince } from './unknowns.ts';

/** Rows as they came, and where to go on. */
export type RawPage = { readonly rows: readonly unknown[]; readonly next?: string };

const pageSize = '250';
const changedPageSize = '100';

// A schema is made once: made anew for each row it took most of the time of a reading.
const rowSchema = z.object({ id: z.coerce.number().int().positive() });

const idOfRow = (row: unknown): number => {
  const read = rowSchema.safeParse(row);
  return read.success ? read.data.id : Number.NaN;
};

const datedSchema = z.object({ updatedAt: z.string() });

/** The newest moment that rows bear, none that lies ahead of `now`: a record of the future says nothing of a clock. */
export const newestIn = (rows: readonly unknown[], now: Instant): Instant | undefined =>
  rows
    .map((row) => parseInstant(datedSchema.safeParse(row).data?.updatedAt ?? ''))
    .filter((at) => at !== undefined && at <= now)
    .reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);

/**
 * A page of the list by key set: what has a larger id than the last one seen. A short page is not the last: only an
 * empty one is. Ids that do not grow would go round for ever, and are no answer.
 */
export async function keySetPage(
  connection: PeakConnection,
  { list, cursor, doing }: { readonly list: 'product' | 'stock'; readonly cursor?: string; readonly doing: string },
  signal: AbortSignal,
): Promise<RawPage> {
  const after = Number(cursor ?? 0);
  const query = { LastId: String(after), PageSize: pageSize };
  const rows = rowsIn(connection, await ask(connection, { path: `${list}/keySet`, query, doing }, signal));
  if (rows.length === 0) return { rows };
  const ids = rows.map(idOfRow).filter(Number.isSafeInteger);
  const last = Math.max(...ids);
  if (ids.length > 0 && last > after) return { rows, next: String(last) };
  const found = ids.length === 0 ? 'no row of the page has an id' : 'the same page came again';
  throw connection.http.trouble('unintelligible', { doing, found });
}

/**
 * A page of what changed since. The older form of the list is the only one known to tell; whether a change of stock
 * counts as a change of the product is not known. `undefined` where this PeakWMS has it no more.
 */
export async function changedPage(
  connection: PeakConnection,
  { since, cursor, doing }: { readonly since: Instant; readonly cursor?: string; readonly doing: string },
  signal: AbortSignal,
): Promise<RawPage | undefined> {
  const page = Number(cursor ?? 0);
  const updatedAfter = since.replace(/\.\d+Z$/, '+00:00');
  const query = { Page: String(page), PageSize: changedPageSize, updatedAfter };
  const reply = await ask(connection, { path: 'product', query, doing }, signal);
  if (refusesChangedSince(reply)) return undefined;
  const rows = rowsIn(connection, reply);
  if (page > maxChangedPages) throw connection.http.trouble('unintelligible', { doing, found: 'the list never ends' });
  return rows.length === 0 ? { rows } : { rows, next: String(page + 1) };
}

// So many pages of changes are more than any warehouse has products.
const maxChangedPages = 100_000;
