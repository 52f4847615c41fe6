import type { ListingPage } from '../../../ports/shop-connector.ts';
import { idBefore, maxRowsOf, overRowLimit, repeatsItself } from '../../reading/reading-bounds.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import type { WooItem } from '../schema.ts';
import { beginning, type FullCursor, phaseAfter, readFullCursor, writeCursor } from './cursor.ts';
import { belongsTo, type ItemPage, listItems, listOf, listsAllVariations, ofVariations } from './items.ts';
import { listingsOf } from './listings.ts';

type Request = { readonly cursor?: string; readonly expected?: number };

/** Pages in a row that bring nothing new before a reading is given up. */
const maxIdle = 3;
const doing = 'reading products';

/**
 * One page of everything: all products by id, then those in the trash, then all variations in one sweep, where
 * the shop has it. Each page begins with the last row of the page before, so that a row that was deleted and another
 * that came do not hide a third. A short page does not end a part, since shops leave out what a key may not see.
 */
export async function fullPage(api: WooApi, request: Request, signal: AbortSignal): Promise<ListingPage> {
  const cursor: FullCursor = readFullCursor(request.cursor) ?? {
    phase: 'products',
    sweep: await listsAllVariations(api, signal),
    ...beginning,
    lastSkus: [],
    declared: 0,
  };
  const { answer, offset } = await anchoredPage(api, cursor, signal);
  const items = freshOf(answer, cursor);
  const declared = declaredAfter(cursor, answer, items);
  const next = nextOf(api, { cursor, answer, offset, declared, expected: request.expected });
  // An empty end is believed only of the shop that was meant.
  if (answer.rows.length > 0 || next === undefined) await sameShop(api, answer.rows, signal);
  const page = request.cursor ?? 'first';
  const read = await listingsOf(api, { items, phase: cursor.phase, sweep: cursor.sweep, page }, signal);
  return {
    listings: read.listings,
    broken: [...answer.broken, ...read.broken],
    next: next === undefined ? undefined : writeCursor(next),
    total: answer.total,
    asOf: answer.reply.date ?? api.clock.now(),
  };
}

type Anchored = { readonly answer: ItemPage; readonly offset: number };

/** The page that begins at or before the last row known: further back when rows before it are gone. */
async function anchoredPage(api: WooApi, cursor: FullCursor, signal: AbortSignal): Promise<Anchored> {
  const list = listOf(api, cursor.phase);
  const ask = (offset: number): Promise<ItemPage> =>
    listItems(
      api,
      { ...list, query: { ...list.query, offset: String(offset), orderby: 'id', order: 'asc' }, doing },
      signal,
    );
  const { last } = cursor;
  if (last === undefined || cursor.unsorted === true)
    return { answer: await ask(cursor.offset), offset: cursor.offset };
  let offset = Math.max(0, cursor.offset - 1);
  let answer = await ask(offset);
  // Never so far that the row it began with is out of sight.
  for (
    let back = 5;
    offset > 0 && skipsPast(answer, last);
    back = Math.max(1, Math.min(back * 4, api.pageSize() - 2))
  ) {
    offset = Math.max(0, offset - back);
    answer = await ask(offset);
  }
  return { answer, offset };
}

/** Whether a page begins behind the row that it should begin with, or beyond the end. */
function skipsPast({ ids }: ItemPage, last: string): boolean {
  const first = ids.find((id) => id !== '');
  return first === undefined ? ids.length === 0 : idBefore(last, first);
}

/** Rows not shown before. A second row under the same id is kept when its item number differs: both are shown. */
function freshOf(answer: ItemPage, cursor: FullCursor): readonly WooItem[] {
  const { last, lastSkus, unsorted } = cursor;
  const shown = new Set(lastSkus.map((sku) => `${last} ${sku}`));
  const inOrder = unsorted !== true && !isUnsorted(answer);
  return answer.items.filter((item) => {
    const key = `${item.id} ${item.sku ?? ''}`;
    const before = last !== undefined && inOrder && idBefore(item.id, last);
    const known = shown.has(key) || before;
    shown.add(key);
    return !known && belongsTo(cursor.phase, item);
  });
}

/** How many variations the list of all of them should have, from what their products name. */
function declaredAfter({ phase, declared }: FullCursor, { broken }: ItemPage, items: readonly WooItem[]) {
  if (ofVariations(phase)) return declared;
  let sum = broken.length > 0 ? undefined : declared;
  for (const { type, variations } of items) {
    const own = variations?.length ?? (type === 'simple' ? 0 : undefined);
    sum = sum === undefined || own === undefined ? undefined : sum + own;
  }
  return sum;
}

const isUnsorted = ({ ids }: ItemPage): boolean => {
  const known = ids.filter((id) => id !== '');
  return known.some((id, at) => idBefore(id, known[at - 1] ?? id));
};

/**
 * The next part of the reading. A list that leaves out all that products name as theirs, in the trash and out of it, is no
 * list of variations: each product is asked for its own.
 */
function partAfter({ phase, sweep }: FullCursor, declared: number | undefined, rows: number): FullCursor | undefined {
  const left = ofVariations(phase) && rows > 0 ? 0 : declared;
  const next = phaseAfter(phase, sweep);
  if (next !== undefined) return { phase: next, sweep, ...beginning, lastSkus: [], declared: left };
  const isLeftOut = sweep && left !== undefined && left > 0;
  return isLeftOut ? { phase: 'products', sweep: false, ...beginning, lastSkus: [], declared: 0 } : undefined;
}

type Read = Anchored & {
  readonly cursor: FullCursor;
  readonly declared: number | undefined;
  readonly expected: number | undefined;
};

function nextOf(api: WooApi, { cursor, answer, offset, declared, expected }: Read): FullCursor | undefined {
  const sent = answer.rows.length;
  const ignoredFilter = answer.items.length > 0 && answer.items.every((item) => !belongsTo(cursor.phase, item));
  const unsorted = cursor.unsorted === true || isUnsorted(answer);
  const { last } = cursor;
  const known = answer.ids.filter((id) => id !== '');
  const highest = known.reduce<string | undefined>(
    (top, id) => (top === undefined || idBefore(top, id) ? id : top),
    last,
  );
  const newRows = last === undefined ? known.length : known.filter((id) => idBefore(last, id)).length;
  const reached = offset + sent;
  // The anchor alone, where no total says so.
  const onlyAnchor =
    answer.total === undefined && last !== undefined && newRows === 0 && sent <= Math.max(1, cursor.lastSkus.length);
  if (sent === 0 || ignoredFilter || reached === answer.total || (onlyAnchor && !unsorted)) {
    return partAfter(cursor, declared, cursor.rows + sent);
  }
  const rows = cursor.rows + sent;
  const maxRows =
    cursor.maxRows ?? maxRowsOf([answer.total, expected, ofVariations(cursor.phase) ? declared : undefined]);
  const idle = newRows === 0 && !unsorted ? cursor.idle + 1 : 0;
  const fullAgain = newRows === 0 && known.length > 1 && sent >= api.pageSize() && !unsorted;
  if (fullAgain || idle >= maxIdle) throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  if (rows > maxRows) throw api.trouble('unintelligible', { doing, ...overRowLimit(cursor.page, maxRows) });
  const twins = answer.items.filter((item) => item.id === highest).map(({ sku }) => sku ?? '');
  return {
    phase: cursor.phase,
    sweep: cursor.sweep,
    offset: reached,
    page: cursor.page + 1,
    rows,
    maxRows,
    idle,
    last: highest,
    lastSkus: highest === last ? [...new Set([...cursor.lastSkus, ...twins])] : twins,
    unsorted: unsorted || undefined,
    declared,
  };
}
