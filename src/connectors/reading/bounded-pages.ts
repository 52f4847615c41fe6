import type { ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { overRowLimit } from './reading-bounds.ts';

type Pages = ShopConnector['page'];

/** Where a reading stands: rows so far, how many it may have, pages, and pages in a row that held nothing. */
type Place = {
  readonly rows: number;
  readonly maxRows?: number;
  readonly pages: number;
  readonly idle: number;
  readonly cursor?: string;
};

/** Listings over three times what was there last time, and so many times the products that the shop says it has. */
const spareRows = 5000;
/** The same where the shop does not say how many it has: it may have been filled since. What is read is held in memory. */
const spareRowsUntold = 10_000;
/** Variants that a product may have on average: in a first reading, and where it is known how many listings there were. */
const variantsEach = { first: 100, later: 5 } as const;
/** Products over three times what was there that the shop is believed to have by now; beyond that a person is asked. */
const spareProducts = 1000;
/**
 * Rows of a first reading, whatever a shop says that it has: some 1.1 kB of memory a row (measured on JSON, which holds all
 * of them), so that a shop without end ends under 400 MB. A person who knows of more says how many.
 */
const rowsFirst = 200_000;
/** Rows of a reading, whatever was there before or a person said. */
const rowsMost = 10_000_000;
/** Pages without a row, one after the other: changes are read by the day on some platforms. */
const maxIdle = 2000;

const mark = /^(\d+)\/(\d+) (\d+) (\d+):/;

/**
 * Pages of a reading that ends, whatever the shop shows: the last limit behind those that some connectors keep for
 * themselves. What was counted goes along in the cursor, so that it holds over a reading that is taken up again.
 */
export function boundedPages(page: Pages, { shopId }: { readonly shopId: string }): Pages {
  return async (request, signal) => {
    const place = placeIn(request.cursor);
    const shown = await page({ ...request, cursor: place.cursor }, signal);
    if (shown.next === undefined) return shown;
    const found = shown.listings.length + shown.broken.length;
    const now = {
      rows: place.rows + found,
      maxRows: place.maxRows ?? maxRowsFor(request.expected, shown.total),
      pages: place.pages + 1,
      idle: found === 0 ? place.idle + 1 : 0,
    };
    if (now.rows > now.maxRows || now.idle > maxIdle) {
      const { found: said, ...given } = overRowLimit(now.pages, Math.min(now.rows, now.maxRows));
      throw new ShopError('unintelligible', { shop: shopId, doing: 'reading products', said, saidBy: 'us', ...given });
    }
    return { ...shown, next: `${now.rows}/${now.maxRows} ${now.pages} ${now.idle}:${shown.next}` };
  };
}

function placeIn(cursor: string | undefined): Place {
  const start = { rows: 0, pages: 0, idle: 0 };
  const read = mark.exec(cursor ?? '');
  if (cursor === undefined || read === null) return { ...start, cursor };
  const [whole, rows, maxRows, pages, idle] = read;
  const counted = { rows: Number(rows), maxRows: Number(maxRows), pages: Number(pages), idle: Number(idle) };
  return { ...counted, cursor: cursor.slice(whole.length) };
}

function maxRowsFor(expected: number | undefined, total: number | undefined): number {
  if (expected === undefined && total === undefined) return rowsFirst;
  const spare = total === undefined ? spareRowsUntold : spareRows;
  const most =
    expected === undefined
      ? variantsEach.first * (total ?? 0)
      : 3 * expected + variantsEach.later * Math.min(total ?? 0, 3 * expected + spareProducts);
  return Math.min(most + spare, expected === undefined ? rowsFirst : rowsMost);
}
