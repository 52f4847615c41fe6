import { markAfter, type PageMark } from '../connectors/reading/page-circle.ts';
import { ShopError } from '../ports/shop-error.ts';
import type { PageRequest, WarehousePage } from '../ports/warehouse.ts';

/** Rows of a reading of a warehouse that nothing is known of here. */
const rowsUnknown = 200_000;
/** Rows for each product that is known here: what is new there, and a row for each location. */
const rowsEach = 30;
/** Pages without a row, one after the other. */
const maxIdle = 200;

/** How far a reading has come. */
type Place = { readonly rows: number; readonly pages: number; readonly idle: number; readonly mark?: PageMark };
const start: Place = { rows: 0, pages: 0, idle: 0 };

/** By what a row is told from others, whenever it was read. */
type Keyed = { readonly key: string; readonly location?: string };
type Ask<Row extends Keyed> = (request: PageRequest, signal: AbortSignal) => Promise<WarehousePage<Row>>;
type Bounds = { readonly known: () => Promise<number>; readonly doing: string };

/**
 * Pages of a reading that ends, whatever the warehouse shows: one that repeats itself or has no end is told as that, and
 * what it did not show is not taken for gone, since such a reading has no end.
 */
export function boundedPages<Row extends Keyed>(ask: Ask<Row>, { known, doing }: Bounds): Ask<Row> {
  // By the cursor that goes on from there. A reading begins without one, and goes from page to page.
  const places = new Map<string, Place>();
  return async (request, signal) => {
    if (request.cursor === undefined) places.clear();
    const place = places.get(request.cursor ?? '') ?? start;
    const page = await ask(request, signal);
    places.delete(request.cursor ?? '');
    if (page.next === undefined) return page;
    const found = page.rows.length + page.broken.length;
    const pages = place.pages + 1;
    const rows = place.rows + found;
    const idle = found === 0 ? place.idle + 1 : 0;
    const mark = page.rows.length === 0 ? place.mark : markAfter(place.mark, { page: pages, seen: endsOf(page) });
    const trouble = (said: string): ShopError =>
      new ShopError('unintelligible', { shop: 'warehouse', doing, said, saidBy: 'us', distrusted: true });
    if (mark === 'repeated') throw trouble(`it repeats itself at page ${pages}`);
    const maxRows = rows > rowsUnknown ? rowsUnknown + rowsEach * (await known()) : rowsUnknown;
    if (rows > maxRows) throw trouble(`it shows more than it has: page ${pages} goes over ${maxRows} rows`);
    if (idle > maxIdle) throw trouble(`it shows ${idle} pages without a row, one after the other`);
    places.set(page.next, { rows, pages, idle, mark });
    return page;
  };
}

const endsOf = ({ rows }: WarehousePage<Keyed>): string =>
  JSON.stringify([rows.length, ...[rows[0], rows.at(-1)].map((row) => [row?.key, row?.location])]);
