import { millisecondsOf } from '../../domain/ids.ts';
import { listStart, type OffsetPage, type OffsetPlace, offsetPage } from '../offset-pages.ts';
import type { ClassicApi } from './api.ts';
import {
  byPosition,
  learntSize,
  productCount,
  productNumbered,
  productPages,
  type RowPage,
  readProducts,
  usualSize,
} from './rows.ts';
import type { ClassicProduct } from './schema.ts';

/*
 * The API is asked by number, and everything here is known by id: a number that was changed is the same product. What
 * was seen of ids and numbers is remembered; what was not is looked for in all pages.
 */

/** What is remembered of one product. */
type Known = { readonly number: string; readonly master?: string };

/** Several absences are asked for one after the other: one look through all pages answers them all. */
const lookHoldsMs = 20_000;

type Wanted = { readonly field: 'id' | 'number' | 'variantMasterId'; readonly value: string };

export type Catalogue = {
  /** Remembers rows that were read. */
  note(rows: readonly ClassicProduct[]): void;
  /** Every product was seen from the first page to the last. */
  sawAll(): void;
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
  let complete = false;
  let lookedAt: number | undefined;

  const note: Catalogue['note'] = (rows) => {
    for (const { id, number, variantMasterId } of rows) {
      if (number !== undefined) known.set(id, { number, master: variantMasterId });
    }
  };

  /** Reads all pages; answers the rows that are wanted. A wanted row that nobody can read is an error: it is not absent. */
  const look = async (wanted: Wanted, signal: AbortSignal): Promise<readonly ClassicProduct[]> => {
    const found: ClassicProduct[] = [];
    const seen = new Set<string>();
    unreadable.clear();
    const doing = 'looking through all products';
    const ask = productPages(api, signal);
    const total = await productCount(api, signal);
    let size = usualSize;
    let place: OffsetPlace | undefined = listStart;
    while (place !== undefined) {
      const list = byPosition(ask, size, (said) => api.trouble('unintelligible', { doing, said }));
      const page: OffsetPage<RowPage> = await offsetPage(list, place);
      if (place.offset === 0) size = learntSize(size, page.answer.rows.length, total);
      for (const raw of page.fresh) {
        const { rows, broken } = readProducts(api, [raw]);
        note(rows);
        for (const row of rows) seen.add(row.id);
        found.push(...rows.filter((row) => row[wanted.field] === wanted.value));
        for (const { shopProductId, where, said } of broken) {
          if (fieldIn(raw, wanted.field) === wanted.value || shopProductId === undefined) {
            throw api.trouble('unintelligible', { doing, said: `product ${shopProductId ?? ''}: ${where} ${said}` });
          }
          unreadable.add(shopProductId);
        }
      }
      place = page.next;
    }
    for (const id of known.keys()) if (!seen.has(id)) known.delete(id);
    complete = true;
    lookedAt = millisecondsOf(api.clock.now());
    return found;
  };

  const justLooked = (): boolean => lookedAt !== undefined && millisecondsOf(api.clock.now()) - lookedAt < lookHoldsMs;

  const numbered: Catalogue['numbered'] = async (number, signal) => {
    const row = await productNumbered(api, number, signal);
    if (row === 'unaskable') return (await look({ field: 'number', value: number }, signal))[0];
    if (row !== undefined) note([row]);
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
    note,
    sawAll: () => {
      complete = true;
    },
    numbered,
    withId: async (id, hint, signal) => {
      for (const number of new Set([known.get(id)?.number, hint])) {
        const row = number === undefined ? undefined : await productNumbered(api, number, signal);
        if (typeof row === 'object' && row.id === id) return row;
      }
      if (justLooked() && !known.has(id) && !unreadable.has(id)) return undefined;
      return (await look({ field: 'id', value: id }, signal))[0];
    },
    variantsOf: (master, signal) =>
      justLooked()
        ? family(remembered(master), master, signal)
        : look({ field: 'variantMasterId', value: master }, signal),
    knownVariantsOf: (master, signal) =>
      complete ? family(remembered(master), master, signal) : look({ field: 'variantMasterId', value: master }, signal),
  };
}

/** A field of a row that may be anything, as text. */
function fieldIn(row: unknown, field: Wanted['field']): string {
  const value = typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>)[field] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
