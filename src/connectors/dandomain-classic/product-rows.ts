import type { BrokenRow } from '../../ports/shop-connector.ts';
import { readRow, readRows } from '../decode.ts';
import type { OffsetList, OffsetPlace } from '../driver-parts/offset-pages.ts';
import { unreadableRow } from '../driver-parts/rows/broken-row.ts';
import type { HttpResponse } from '../http-response.ts';
import { type Answer, type ClassicApi, fitsPath, isPlainInPath } from './api.ts';
import { type ClassicProduct, productSchemaIn } from './schema.ts';

/** So many rows a page are asked for; a shop may send fewer, and then does so on every page. */
export const usualSize = 100;

export type RowPage = { readonly rows: readonly unknown[]; readonly reply: HttpResponse };

/** Asks one page of a list, counted from 1. */
export type PageAsk = (page: number, size: number) => Promise<RowPage>;

/** Products by page, in the shop's own order. */
export const productPages =
  (api: ClassicApi, signal: AbortSignal): PageAsk =>
  (page, size) =>
    api.list({ service: 'ProductDataService', path: `ProductPage/${page}/${size}`, doing: 'reading products' }, signal);

/** The size to go on with after the first page: a shop that sends fewer rows than asked for does so on every page. */
export function learnedPageSize(size: number, sent: number, total: number | undefined): number {
  return sent > 0 && sent < size && (total === undefined || total > sent) ? sent : size;
}

/** Whether the first page was all there is: counted before it was asked for, so that nothing can have come in between. */
export const isWholeList = (place: OffsetPlace, sent: number, total: number | undefined): boolean =>
  place.offset === 0 && total !== undefined && sent >= total && sent < usualSize;

/** A list of numbered pages as one that is asked by position. The one row that pages share is a small page of its own. */
export function byPosition(
  ask: PageAsk,
  size: number,
  stuck: (found: string) => Error,
): OffsetList<RowPage & { readonly total?: number }> {
  return {
    ask: async (offset) => {
      const within = offset % size;
      const page = Math.floor(offset / size) + 1;
      if (within === 0) return ask(page, size);
      if (within !== size - 1) {
        const { rows, reply } = await ask(page, size);
        return { rows: rows.slice(within), reply };
      }
      // The page is read before the row that it must follow: rows taken away in between are noticed then.
      const after = await ask(page + 1, size);
      const before = await ask(offset + 1, 1);
      return { rows: [...before.rows, ...after.rows], reply: after.reply };
    },
    keyOf: rowKey,
    stuck,
  };
}

/** Two rows of one id and different numbers are two things that a shop shows under one id. */
function rowKey(row: unknown): string {
  const { id, number } = (typeof row === 'object' && row !== null ? row : {}) as { id?: unknown; number?: unknown };
  return `${String(id ?? '')} ${String(number ?? '')}`;
}

/** Rows as products; what cannot be read is named. */
export const readProducts = (
  api: ClassicApi,
  rows: readonly unknown[],
): { readonly rows: readonly ClassicProduct[]; readonly broken: readonly BrokenRow[] } =>
  readRows(productSchemaIn(api.options.timeZone), rows);

/** How many products there are, where the shop says. */
export async function productCount(api: ClassicApi, signal: AbortSignal): Promise<number | undefined> {
  const answer = await api.ask(
    { service: 'ProductDataService', path: 'ProductCount', doing: 'reading products' },
    signal,
  );
  if (!answer.ok) {
    if (answer.status !== 404) throw api.errorOf(answer);
    return undefined;
  }
  return typeof answer.body === 'number' && Number.isSafeInteger(answer.body) ? answer.body : undefined;
}

/** No product has this number, as far as an answer tells; the caller proves that it was the API that spoke. */
const none = (answer: Answer): boolean => (answer.ok ? answer.body === null : answer.status === 404);

/**
 * The product with this number. `undefined`: the shop has none. `unaskable`: IIS refuses the number in a path, so that
 * it must be looked for in the pages.
 */
export async function productNumbered(
  api: ClassicApi,
  number: string,
  signal: AbortSignal,
): Promise<ClassicProduct | undefined | 'unaskable'> {
  const doing = 'reading one product';
  if (!fitsPath(number)) return 'unaskable';
  const path = encodeURIComponent(number);
  const answer = await api.ask({ service: 'ProductDataService', path, doing }, signal);
  const refused = !answer.ok && (answer.status === 400 || answer.status === 404);
  if (refused && !isPlainInPath(number)) return 'unaskable';
  if (none(answer)) return undefined;
  if (!answer.ok) throw api.errorOf(answer);
  const read = readRow(productSchemaIn(api.options.timeZone), answer.body);
  if (read.ok) return read.value;
  throw unreadableRow(api, doing, { ...read.broken, shopProductId: number });
}
