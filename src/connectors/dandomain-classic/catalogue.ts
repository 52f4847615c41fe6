import { millisecondsOf } from '../../domain/ids.ts';
import { listStart, type OffsetPage, type OffsetPlace, offsetPage } from '../driver-parts/offset-pages.ts';
import { unreadableRow } from '../driver-parts/rows/broken-row.ts';
import { makeRowCounter, readingBounds } from '../reading/reading-bounds.ts';
import { type ClassicApi, isPlainInPath } from './api.ts';
import {
  byPosition,
  isWholeList,
  learnedPageSize,
  productCount,
  productNumbered,
  productPages,
  type RowPage,
  readProducts,
  usualSize,
} from './product-rows.ts';
import type { ClassicProduct } from './schema.ts';

/*
 * The API is asked by number, and everything here is known by id: a number that was changed is the same product. What
 * was seen of ids and numbers is remembered; what was not is looked for in all pages.
 */

/** What is remembered of one product. */
type Known = { readonly number: string; readonly master?: string };

/** Several absences are asked for one after the other: one look through all pages answers them all. */
const scanTtlMs = 20_000;

type Wanted = { readonly field: 'id' | 'number' | 'variantMasterId'; readonly value: string };

export type Catalogue = {
  /** Remembers rows that were read. */
  remember(rows: readonly ClassicProduct[]): void;
  /** A reading of everything begins with its first page. */
  markStarted(): void;
  /** It reached the end. Counts only where this very program saw its first page: a reading may be gone on with. */
  markComplete(): void;
  /** The product with this id as it is now; `undefined`: looked for in all pages, and not there. */
  withId(id: string, hint: string | undefined, signal: AbortSignal): Promise<ClassicProduct | undefined>;
  /** The product with exactly this number as it is now. */
  numbered(number: string, signal: AbortSignal): Promise<ClassicProduct | undefined>;
  /** The variants under a master as they are now; a master does not name them, so all pages are read. */
  variantsOf(master: string, signal: AbortSignal): Promise<readonly ClassicProduct[]>;
  /** The same as far as remembered, without a look through all pages where one was made before. */
  knownVariantsOf(master: string, signal: AbortSignal): Promise<readonly ClassicProduct[]>;
};

export function makeCatalogue(api: ClassicApi): Catalogue {
  const known = new Map<string, Known>();
  const unreadable = new Set<string>();
  // Rows whose number cannot be asked for, by id, as the last scan saw them.
  const oddRows = new Map<string, ClassicProduct>();
  let started = false;
  let complete = false;
  let scannedAt: number | undefined;

  const remember: Catalogue['remember'] = (rows) => {
    for (const { id, number, variantMasterId } of rows) {
      if (number !== undefined) known.set(id, { number, master: variantMasterId });
    }
  };

  /** Reads all pages; answers the rows that are wanted. A wanted row that nobody can read is an error: it is not absent. */
  const scan = async (wanted: Wanted, signal: AbortSignal): Promise<readonly ClassicProduct[]> => {
    const found: ClassicProduct[] = [];
    const seen = new Set<string>();
    unreadable.clear();
    oddRows.clear();
    const doing = 'looking through all products';
    const ask = productPages(api, signal);
    const total = await productCount(api, signal);
    const count = makeRowCounter(readingBounds.rowsUnknown);
    let size = usualSize;
    let place: OffsetPlace | undefined = listStart;
    while (place !== undefined) {
      const list = byPosition(ask, size, (found) => api.trouble('unintelligible', { doing, found }));
      const page: OffsetPage<RowPage> = await offsetPage(list, place);
      if (place.offset === 0) size = learnedPageSize(size, page.answer.rows.length, total);
      for (const raw of page.fresh) {
        const { rows, broken } = readProducts(api, [raw]);
        remember(rows);
        for (const row of rows) {
          seen.add(row.id);
          if (!isPlainInPath(row.number ?? '')) oddRows.set(row.id, row);
        }
        found.push(...rows.filter((row) => row[wanted.field] === wanted.value));
        for (const row of broken) {
          if (fieldIn(raw, wanted.field) === wanted.value || row.shopProductId === undefined) {
            throw unreadableRow(api, doing, row);
          }
          unreadable.add(row.shopProductId);
        }
      }
      const endless = count(page.fresh.length);
      if (endless !== undefined) throw api.trouble('unintelligible', { doing, ...endless });
      place = isWholeList(place, page.answer.rows.length, total) ? undefined : page.next;
    }
    for (const id of known.keys()) if (!seen.has(id)) known.delete(id);
    complete = true;
    scannedAt = millisecondsOf(api.clock.now());
    return found;
  };

  const recentlyScanned = (): boolean =>
    scannedAt !== undefined && millisecondsOf(api.clock.now()) - scannedAt < scanTtlMs;

  const numbered: Catalogue['numbered'] = async (number, signal) => {
    const row = await productNumbered(api, number, signal);
    if (row === 'unaskable') {
      if (!recentlyScanned()) return (await scan({ field: 'number', value: number }, signal))[0];
      return [...oddRows.values()].find((one) => one.number === number);
    }
    if (row !== undefined) remember([row]);
    // SQL Server finds "abc" for "ABC": those are two numbers here.
    return row?.number === number ? row : undefined;
  };

  const family = async (
    ids: readonly (readonly [string, Known])[],
    master: string,
    signal: AbortSignal,
  ): Promise<readonly ClassicProduct[]> => {
    const rows: ClassicProduct[] = [];
    for (const [, { number }] of ids) {
      const row = await numbered(number, signal);
      if (row?.variantMasterId === master) rows.push(row);
    }
    return rows;
  };
  const remembered = (master: string) => [...known].filter(([, one]) => one.master === master);

  return {
    remember,
    markStarted: () => {
      started = true;
    },
    markComplete: () => {
      complete ||= started;
    },
    numbered,
    withId: async (id, hint, signal) => {
      for (const number of new Set([known.get(id)?.number, hint])) {
        const row = number === undefined ? undefined : await productNumbered(api, number, signal);
        if (typeof row === 'object' && row.id === id) return row;
      }
      const odd = recentlyScanned() ? oddRows.get(id) : undefined;
      if (odd !== undefined) return odd;
      if (recentlyScanned() && !known.has(id) && !unreadable.has(id)) return undefined;
      return (await scan({ field: 'id', value: id }, signal))[0];
    },
    variantsOf: (master, signal) =>
      recentlyScanned()
        ? family(remembered(master), master, signal)
        : scan({ field: 'variantMasterId', value: master }, signal),
    knownVariantsOf: (master, signal) =>
      complete ? family(remembered(master), master, signal) : scan({ field: 'variantMasterId', value: master }, signal),
  };
}

/** A field of a row that may be anything, as text. */
function fieldIn(row: unknown, field: Wanted['field']): string {
  const value = typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>)[field] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
