import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import type { FakeOrder } from '../shelf.ts';
import {
  barcodeOf,
  createdOf,
  idOf,
  localDate,
  modifiedOf,
  orderRow,
  orderStatus,
  type Post,
  productRow,
  skuOf,
  statusOf,
  variationRow,
  wordPressDate,
} from './rows.ts';

/** What WordPress says when it will not. */
export const problem = (status: number, code: string, message: string, more: object = {}): FakeResponse => ({
  status,
  body: { code, message, data: { status, ...more } },
});
const invalid = (parameter: string): FakeResponse =>
  problem(400, 'rest_invalid_param', `Invalid parameter(s): ${parameter}`, { params: { [parameter]: 'Invalid.' } });

const statuses = ['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish'];

/** All products, and all variations, as posts. */
export const productPosts = (shop: FakeShop): readonly Post[] => shop.shelf.map((product) => ({ product }));
export const variationPosts = (shop: FakeShop, productId?: string) =>
  shop.shelf
    .filter((product) => product.kind === 'variable' && (productId === undefined || product.id === productId))
    .flatMap((product) => product.variants.map((variation) => ({ product, variation })));

/** `GET products` and the two lists of variations: filtered, sorted and paged as 11.0.1 does. */
export function listPosts(shop: FakeShop, query: URLSearchParams, variationsOf?: 'all' | string): FakeResponse {
  const status = query.get('status') ?? 'any';
  if (!statuses.includes(status)) return invalid('status');
  const sku = query
    .get('sku')
    ?.split(',')
    .map((one) => one.toLowerCase());
  const part = query.get('search_sku')?.toLowerCase();
  // A search by SKU looks at variations as well, also among products.
  const own = variationsOf === undefined ? productPosts(shop) : [];
  const withVariations =
    variationsOf !== undefined || sku !== undefined || part !== undefined || query.has('global_unique_id');
  const variations = withVariations ? variationPosts(shop, variationsOf === 'all' ? undefined : variationsOf) : [];
  const barcodes = query.get('global_unique_id')?.split(',');
  const language = query.get('lang');
  const include = query.get('include')?.split(',');
  const changed = afterFilter(shop, query, 'modified_after');
  if (changed === undefined) return invalid('modified_after');
  if (shop.temper.translatedBy === 'polylang' && language === 'all') return invalid('lang');
  const posts = [...own, ...variations].filter(
    (post) =>
      (status === 'any' ? !['trash', 'auto-draft'].includes(statusOf(post)) : statusOf(post) === status) &&
      (include === undefined || include.includes(idOf(post))) &&
      (sku === undefined || sku.includes(skuOf(post).toLowerCase())) &&
      (barcodes === undefined || barcodes.includes(barcodeOf(post))) &&
      speaks(shop, post, language) &&
      (part === undefined || skuOf(post).toLowerCase().includes(part)) &&
      changed(modifiedOf(post)),
  );
  const row = (post: Post): Record<string, unknown> =>
    variationsOf !== undefined && post.variation !== undefined
      ? variationRow(shop, { product: post.product, variation: post.variation })
      : productRow(shop, post);
  return paged(shop, query, { rows: sorted(posts, query), show: row });
}

/** WPML shows its first language, unless it is asked for another or for all. Polylang shows all, and refuses what is no language. */
function speaks({ temper }: FakeShop, { product }: Post, language: string | null): boolean {
  if (product.language === undefined) return true;
  if (temper.translatedBy === 'polylang') return language === null || product.language === language;
  return language === 'all' || product.language === (language ?? 'da');
}

/** `GET orders`. */
export function listOrders(shop: FakeShop, query: URLSearchParams): FakeResponse {
  const status = query.get('status')?.split(',');
  const after = afterFilter(shop, query, 'after');
  if (after === undefined) return invalid('after');
  const orders = shop.orders
    .filter(
      (order) =>
        (status === undefined || status.includes('any') || status.includes(orderStatus(order))) &&
        after(order.createdAt),
    )
    .sort((a, b) => a.createdAt - b.createdAt);
  if (query.get('order') !== 'asc') orders.reverse();
  return paged(shop, query, { rows: orders, show: (order: FakeOrder) => orderRow(shop, order) });
}

/**
 * Strictly after, in whole seconds. A zone turns the value into the site's own time; `dates_are_gmt` compares
 * with UTC. Both together therefore ask for too late a moment, and silently too little comes back (measured).
 */
function afterFilter(shop: FakeShop, query: URLSearchParams, name: string): ((at: number) => boolean) | undefined {
  const value = query.get(name);
  if (value === null) return () => true;
  const read = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.exec(value);
  if (read === null) return undefined;
  const bound = read[3] === undefined ? read[1] : localDate(shop, Date.parse(value));
  const inUtc = query.get('dates_are_gmt') === 'true';
  return (at) => (inUtc ? wordPressDate(at) : localDate(shop, at)) > (bound ?? '');
}

function sorted(posts: readonly Post[], query: URLSearchParams): readonly Post[] {
  const orderBy = query.get('orderby') ?? 'date';
  const sign = query.get('order') === 'asc' ? 1 : -1;
  if (orderBy === 'id') return [...posts].sort((a, b) => sign * compareIds(idOf(a), idOf(b)));
  // Seconds, as the database keeps them.
  const key = (post: Post): number => Math.floor((orderBy === 'modified' ? modifiedOf(post) : createdOf(post)) / 1000);
  return [...posts].sort((a, b) => sign * (key(a) - key(b)));
}

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

type Listed<Row> = { readonly rows: readonly Row[]; readonly show: (row: Row) => Record<string, unknown> };

function paged<Row>(shop: FakeShop, query: URLSearchParams, listed: Listed<Row>): FakeResponse {
  const { temper } = shop;
  const largest = temper.maxPerPage ?? 100;
  const asked = Number(query.get('per_page') ?? '10');
  if (!Number.isInteger(asked) || asked < 1 || asked > 100) return invalid('per_page');
  if (asked > largest && temper.refusesLargePages) {
    return problem(400, 'rest_invalid_param', 'Invalid parameter(s): per_page', {
      params: { per_page: `per_page must be between 1 (inclusive) and ${largest} (inclusive)` },
    });
  }
  // Objects that the key may not see leave gaps, so that a page holds less than was asked for.
  const size = temper.shortPages ? Math.max(1, Math.ceil(asked * 0.6)) : Math.min(asked, largest);
  const page = temper.forgetPage ? 1 : Number(query.get('page') ?? '1');
  if (!Number.isInteger(page) || page < 1) return invalid('page');
  const offset = temper.forgetPage ? 0 : Number(query.get('offset') ?? (page - 1) * size);
  if (!Number.isInteger(offset) || offset < 0) return invalid('offset');
  const rows = temper.emptyCatalog ? [] : listed.rows;
  const shown = rows.slice(offset, offset + size).map((row) => only(query, listed.show(row)));
  const totals = { 'x-wp-total': String(rows.length), 'x-wp-totalpages': String(Math.ceil(rows.length / size)) };
  return { status: 200, headers: temper.noTotals ? {} : totals, body: shown };
}

/** The fields asked for. */
export function only(query: URLSearchParams, row: Record<string, unknown>): Record<string, unknown> {
  const fields = query.get('_fields')?.split(',');
  return fields === undefined ? row : Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));
}
