import { z } from 'zod';
import { type Instant, later } from '../../../domain/ids.ts';
import { chunks } from '../../../domain/lists/chunks.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { readRow, readRows } from '../../decode.ts';
import { stockItemSchema } from '../schema.ts';
import type { MagentoApi } from '../session/api.ts';
import { percentEncoded } from '../session/oauth.ts';

/** Whether a product is counted, and sold beyond nought. `unknown` where its number cannot stand in an address. */
export type Tracking =
  | { readonly kind: 'tracked'; readonly sellsAtZero: boolean }
  | { readonly kind: 'untracked' }
  | { readonly kind: 'unknown' };

/** The one stock item of a product, as the older API tells it: its figure, and whether it is counted at all. */
export type StockItem = z.infer<typeof stockItemSchema>;
/** A product by its id and its number: the list of stock items knows the one, the address of one item the other. */
export type Named = { readonly id: string; readonly sku?: string };

const doing = 'reading stock';
const atOnce = 4;

/** Where one product's stock item lies; nothing where its number cannot stand in an address: behind a signature, and on some hosts. */
export function stockItemPath(api: MagentoApi, sku: string): string | undefined {
  const isStrange = /[^\w.~-]/.test(sku);
  return (api.signs() && isStrange) || /^\.+$/.test(sku) ? undefined : percentEncoded(sku);
}

/** Asked one by one, by number; nothing where it cannot be asked for, or cannot be read. */
async function stockItemOf(api: MagentoApi, sku: string, signal: AbortSignal): Promise<StockItem | undefined> {
  const path = stockItemPath(api, sku);
  if (path === undefined) return undefined;
  const reply = await api.ask({ path: `stockItems/${path}`, doing }, signal);
  // A number that is also the name of a route (`lowStock`) is answered 400.
  if (reply.status === 404 || reply.status === 400) return undefined;
  if (reply.status >= 400) throw await api.errorOf(reply, signal);
  const read = readRow(stockItemSchema, api.json(reply));
  return read.ok ? read.value : undefined;
}

/** The same for several, a few at a time. */
export async function stockItemsBySku(
  api: MagentoApi,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StockItem>> {
  const found = new Map<string, StockItem>();
  for (const some of chunks([...new Set(skus)], atOnce)) {
    const all = await Promise.all(some.map((sku) => stockItemOf(api, sku, signal)));
    for (const [at, item] of all.entries()) if (item !== undefined) found.set(some[at] ?? '', item);
  }
  return found;
}

export function trackingIn(item: StockItem | undefined): Tracking {
  if (item?.manage_stock === undefined) return { kind: 'unknown' };
  if (!item.manage_stock) return { kind: 'untracked' };
  return { kind: 'tracked', sellsAtZero: (item.backorders ?? '0') !== '0' };
}

export async function trackingsOf(
  api: MagentoApi,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Tracking>> {
  const items = await stockItemsBySku(api, skus, signal);
  return new Map(skus.map((sku) => [sku, trackingIn(items.get(sku))]));
}

type Kept = { readonly byId: ReadonlyMap<string, StockItem>; readonly at: Instant };
const kept = new WeakMap<MagentoApi, Kept>();
/** One list serves the pages of one reading: its figures are old after so long, and whether they count is later. */
const figuresGoodForMs = 60_000;
const countedGoodForMs = 30 * 60_000;
/** Shops that answered that this key may not see their stock items, or that say what nobody can read. */
const untold = new WeakMap<MagentoApi, true>();
/** Of so few products each is asked for by itself. */
const fewAtMost = 20;
/** Each by itself, as it is at this very moment; or out of the list, which is cheaper for many and a little older. */
export type Way = 'each' | 'list';

/** Forgets the list, so that a reading that begins shows what lies there now. */
export const forgetStockItems = (api: MagentoApi): void => {
  kept.delete(api);
  untold.delete(api);
};

/**
 * Stock items by product id, of a shop without Multi-Source Inventory. The only list of them is that of what runs low,
 * asked for what is lower than anything; it is in no order and goes by page number, so what it does not show is asked
 * for by number.
 */
export async function stockItemsOf(
  api: MagentoApi,
  { products, way }: { readonly products: readonly Named[]; readonly way: Way },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StockItem>> {
  const isMany = way === 'list' && products.length > fewAtMost;
  const listed = isMany ? await allStockItems(api, figuresGoodForMs, signal) : new Map<string, StockItem>();
  const missing = products.filter(({ id }) => !listed.has(id));
  const asked = await stockItemsBySku(
    api,
    missing.flatMap(({ sku }) => sku ?? []),
    signal,
  );
  return new Map(
    products.flatMap(({ id, sku }) => {
      const item = listed.get(id) ?? asked.get(sku ?? '');
      return item === undefined || (item.product_id ?? id) !== id ? [] : [[id, item] as const];
    }),
  );
}

/**
 * Which of these products a shop with sources does not count, by their ids: their rows in the sources do not say. Where
 * it is not told nobody knows, and a push asks for each by itself before it is sent.
 */
export async function uncountedAmong(
  api: MagentoApi,
  { products, way }: { readonly products: readonly Named[]; readonly way: Way },
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const isUncounted = (item: StockItem | undefined): boolean => trackingIn(item).kind === 'untracked';
  if (untold.has(api) || products.length === 0) return new Set();
  try {
    const isMany = way === 'list' || products.length > fewAtMost;
    const listed = isMany ? await allStockItems(api, countedGoodForMs, signal) : new Map<string, StockItem>();
    const missing = products.flatMap(({ id, sku }) => (listed.has(id) || sku === undefined ? [] : sku));
    const asked = await stockItemsBySku(api, missing.length > fewAtMost ? [] : missing, signal);
    return new Set(products.flatMap(({ id, sku }) => (isUncounted(listed.get(id) ?? asked.get(sku ?? '')) ? id : [])));
  } catch (error) {
    if (!(error instanceof ShopError) || error.temporary || error.kind === 'cancelled') throw error;
    untold.set(api, true);
    return new Set();
  }
}

const pageSchema = z.object({ items: z.array(z.unknown()).nullish(), total_count: z.number().optional() });
const perPage = 500;
/** More than any shop has: the list ends where nothing new comes. */
const maxPages = 2000;

async function allStockItems(
  api: MagentoApi,
  goodForMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StockItem>> {
  const known = kept.get(api);
  if (known !== undefined && api.clock.now() < later(known.at, goodForMs)) return known.byId;
  const byId = new Map<string, StockItem>();
  for (let page = 1; page <= maxPages; page += 1) {
    const query = { scopeId: '0', qty: '99999999', currentPage: String(page), pageSize: String(perPage) };
    const { body, reply } = await api.must({ path: 'stockItems/lowStock/', query, doing }, signal);
    const read = pageSchema.safeParse(body);
    if (!read.success) {
      throw api.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
    }
    const before = byId.size;
    // A row that cannot be read is asked for by its product's number later on.
    for (const row of readRows(stockItemSchema, read.data.items ?? []).rows) {
      if (row.product_id !== undefined) byId.set(row.product_id, row);
    }
    // Beyond the last page some versions show the last one again.
    if (byId.size === before || page * perPage >= (read.data.total_count ?? Number.POSITIVE_INFINITY)) break;
  }
  kept.set(api, { byId, at: api.clock.now() });
  return byId;
}
