import type { ShopStock } from '../../domain/listing.ts';
import { readRow, readRows } from '../decode.ts';
import { stockFigure } from '../stock-figure.ts';
import { type SourceItem, sourceItemSchema, stockItemSchema } from './schema.ts';
import { chunks, type Filter, search } from './search.ts';
import type { MagentoApi } from './session/api.ts';
import { percentEncoded } from './session/oauth.ts';

/** The source that gets our figure: the shop's first one, unless a person chose another. */
export const sourceOf = (api: MagentoApi): string => api.options.source ?? 'default';

/** Item numbers as Magento compares them: without case and blanks around them. */
export const skuKey = (sku: string): string => sku.trim().toLowerCase();

const doing = 'reading stock';
/** So much of an address may be item numbers. */
const longest = 3000;

/**
 * Rows of the chosen source by item number. Rows of products that are gone, or never were, lie there too: who asks
 * brings the numbers of products that exist.
 */
export async function sourceItemsOf(
  api: MagentoApi,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SourceItem>> {
  const found = new Map<string, SourceItem>();
  const wanted = new Map(skus.map((sku) => [skuKey(sku), sku]));
  const source: Filter = ['source_code', 'eq', sourceOf(api)];
  for (const filters of filtersFor([...wanted.values()])) {
    const asked = {
      path: 'inventory/source-items',
      groups: [filters, [source]],
      pageSize: 300,
      fields: 'sku,source_code,quantity,status',
      doing,
    };
    const { rows } = await search(api, asked, signal);
    for (const row of readRows(sourceItemSchema, rows).rows) {
      if (row.source_code === source[2] && wanted.has(skuKey(row.sku))) found.set(skuKey(row.sku), row);
    }
  }
  return found;
}

/** A list is written with commas, so a number that holds one is asked for by itself, beside others of its kind. */
function filtersFor(skus: readonly string[]): readonly (readonly Filter[])[] {
  const plain = skus.filter((sku) => !sku.includes(','));
  const lists: string[][] = [];
  let size = longest;
  for (const sku of plain) {
    const own = percentEncoded(sku).length + 3;
    if (size + own > longest || (lists.at(-1)?.length ?? 0) >= 200) {
      lists.push([]);
      size = 0;
    }
    lists.at(-1)?.push(sku);
    size += own;
  }
  const alone = chunks(
    skus.filter((sku) => sku.includes(',')),
    8,
  );
  return [
    ...lists.map((list): readonly Filter[] => [['sku', 'in', list.join(',')]]),
    ...alone.map((some) => some.map((sku): Filter => ['sku', 'eq', sku])),
  ];
}

/** What is said of one product's stock. Without a row in the source nobody counted it there. */
export function stockOf(item: SourceItem | undefined): ShopStock {
  if (item === undefined) return { tracked: true };
  return {
    tracked: true,
    ...stockFigure(item.quantity, 'quantity'),
    outOfStock: item.status === '0' ? true : undefined,
  };
}

/** Whether a product is counted, and sold beyond nought. `unknown` where its number cannot stand in an address. */
export type Tracking =
  | { readonly kind: 'tracked'; readonly sellsAtZero: boolean }
  | { readonly kind: 'untracked' }
  | { readonly kind: 'unknown' };

/** Asked one by one, by number: there is no list of it. Behind a signature, and on some hosts, not every number can be asked for. */
async function trackingOf(api: MagentoApi, sku: string, signal: AbortSignal): Promise<Tracking> {
  const isStrange = /[^\w.~-]/.test(sku);
  if ((api.signs() && isStrange) || /^\.+$/.test(sku)) return { kind: 'unknown' };
  const reply = await api.ask({ path: `stockItems/${percentEncoded(sku)}`, doing }, signal);
  // A number that is also the name of a route (`lowStock`) is answered 400.
  if (reply.status === 404 || reply.status === 400) return { kind: 'unknown' };
  if (reply.status >= 400) throw await api.errorOf(reply, signal);
  const read = readRow(stockItemSchema, api.json(reply));
  if (!read.ok || read.value.manage_stock === undefined) return { kind: 'unknown' };
  if (!read.value.manage_stock) return { kind: 'untracked' };
  return { kind: 'tracked', sellsAtZero: (read.value.backorders ?? '0') !== '0' };
}

/** The same for several, a few at a time. */
export async function trackingsOf(
  api: MagentoApi,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Tracking>> {
  const found = new Map<string, Tracking>();
  for (const some of chunks([...new Set(skus)], 4)) {
    const all = await Promise.all(some.map((sku) => trackingOf(api, sku, signal)));
    for (const [at, sku] of some.entries()) found.set(sku, all[at] ?? { kind: 'unknown' });
  }
  return found;
}
