import { refKey } from '../../domain/changes.ts';
import { type ListingRef, later } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { needsAsking, withStockAlone } from '../../domain/reconcile/stock-alone.ts';
import { stillUnreadable, unreadableFields } from '../../domain/reconcile/unreadable-rows.ts';
import type { UnreadableRow } from '../../domain/shop.ts';
import type { StockPage } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import { askById } from './confirm-absence.ts';
import { maxUnreadable } from './read-pages.ts';
import { type ConnectedSession, report, type SyncSession, stateOf, writeStep } from './sync-session.ts';

/**
 * Reads ids, item numbers and stock, and nothing else, of a shop whose changes say nothing of them (a sale moves no
 * date there), once the changes are taken in and it is known who answers. Not more often than the setting says; a full
 * sync has read it already. A key without the right to it leaves the figures as old as they are and stops nothing.
 * Answers whether anything was asked for by its id on the way: what that told is not resolved yet.
 */
export async function readStock(session: ConnectedSession): Promise<boolean> {
  const { deps, connector } = session;
  const { run } = session.progress;
  if (run.kind === 'full' || !connector.can.stockPass || connector.stockPage === undefined) return false;
  const { stockReadAt } = await stateOf(deps.store, session.shop);
  if (stockReadAt !== undefined && later(stockReadAt, deps.tuning.stockPassMs) > deps.clock.now()) return false;
  const startedAt = deps.clock.now();
  report(session, 'stock');
  const strange: ListingRef[] = [];
  try {
    await readStockPages(session, strange);
  } catch (trouble) {
    if (trouble instanceof ShopError && trouble.kind === 'forbidden') return false;
    throw trouble;
  }
  await askById(session, strange);
  await writeStep(session, async () => ({
    changes: { put: {}, drop: {}, events: [] },
    state: { stockReadAt: startedAt },
  }));
  return strange.length > 0;
}

/** So many things are asked for by their id after one pass; the next pass, or a full sync, has the others. */
const maxAsked = 50;

/** Rows over ten times what is known that a pass may have: rows of deleted goods lie on in some shops. */
const spareRows = 100_000;

async function readStockPages(session: ConnectedSession, strange: ListingRef[]): Promise<void> {
  const { deps, shop, connector, signal } = session;
  const { lastComplete } = await stateOf(deps.store, shop);
  const maxPages = 10 + 10 * (lastComplete?.listings ?? 0);
  const maxRows = 10 * (lastComplete?.listings ?? 0) + spareRows;
  let rows = 0;
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page: StockPage | undefined = await connector.stockPage?.({ cursor }, signal);
    signal.throwIfAborted();
    if (page === undefined) return;
    await writeStock(session, page);
    strange.push(...(await strangeIn(session, page)).slice(0, maxAsked - strange.length));
    if (page.next === undefined) return;
    rows += page.rows.length;
    if (page.next === cursor || rows > maxRows || pages > maxPages) {
      const said = `the shop shows more stock than it has: page ${pages}, ${rows} rows`;
      throw new ShopError('unintelligible', { shop: shop.id, doing: 'reading stock', said, saidBy: 'us' });
    }
    cursor = page.next;
  }
}

/** Takes in the figures of what is known. No link is made, moved or removed by them. */
const writeStock = (session: SyncSession, page: StockPage): Promise<unknown> =>
  writeStep(session, async (now) => {
    const { deps, shop } = session;
    const { run } = session.progress;
    const before = (await stateOf(now, shop)).unreadable;
    const { listings, readableAgain } = await stockReadFrom(session, now, page);
    const found = unreadableHere(session, page, listings);
    const rows = [...(run.unreadable ?? []), ...found];
    return {
      changes: { put: { listings }, drop: {}, events: [] },
      broken: page.broken.length,
      run: { unreadable: rows.length === 0 ? undefined : rows.slice(0, maxUnreadable) },
      state: { unreadable: stillUnreadable(before, readableAgain), lastAnswerAt: deps.clock.now() },
    };
  });

/** What the pass shows under an id that is not known, or under another item number: a row says too little to go by. */
async function strangeIn({ deps }: SyncSession, { rows }: StockPage): Promise<readonly ListingRef[]> {
  const refs = rows.map(({ ref }) => ref);
  const known = new Map((await deps.store.listingsAt(refs)).map((one) => [refKey(one.ref), one]));
  return rows.filter((row) => needsAsking(known.get(refKey(row.ref)), row)).map(({ ref }) => ref);
}

type StockRead = { readonly listings: readonly Listing[]; readonly readableAgain: readonly Listing[] };

async function stockReadFrom({ deps }: SyncSession, now: StoreReader, { rows }: StockPage): Promise<StockRead> {
  const known = new Map((await now.listingsAt(rows.map(({ ref }) => ref))).map((one) => [refKey(one.ref), one]));
  const readableAgain: Listing[] = [];
  const touched = new Set<string>();
  for (const row of rows) {
    const key = refKey(row.ref);
    const before = known.get(key);
    const after = before && withStockAlone(before, row, deps.clock.now());
    if (before === undefined || after === undefined) continue;
    if (before.stock.unreadable !== undefined && after.stock.unreadable === undefined) readableAgain.push(after);
    known.set(key, after);
    touched.add(key);
  }
  return { listings: [...touched].flatMap((key) => known.get(key) ?? []), readableAgain };
}

/** Rows that could not be read, and figures of known listings that could not; told once, though several passes show them. */
function unreadableHere({ deps, progress: { run } }: SyncSession, page: StockPage, listed: readonly Listing[]) {
  const at = deps.clock.now();
  const found: readonly UnreadableRow[] = [
    ...page.broken.map((row) => ({ ...row, at })),
    ...unreadableFields(listed, at),
  ];
  return found.filter(
    (row) =>
      !(run.unreadable ?? []).some(
        (one) => one.shopProductId === row.shopProductId && one.shopVariantId === row.shopVariantId,
      ),
  );
}
