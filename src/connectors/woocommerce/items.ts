import type { BrokenRow } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import type { HttpResponse } from '../http-response.ts';
import type { WooApi } from './api.ts';
import type { Phase } from './cursor.ts';
import { itemSchema, parentFields, productFields, variationFields, type WooItem } from './schema.ts';

/** Rows of one page, and what could not be read of it. */
export type ItemPage = {
  readonly items: readonly WooItem[];
  readonly broken: readonly BrokenRow[];
  /** How many rows the shop sent, readable or not. */
  readonly sent: number;
  readonly total?: number;
  readonly reply: HttpResponse;
};

export const maxRows = 100;

/** Asks one list: a product list or one of variations. */
export async function listItems(
  api: WooApi,
  request: { readonly path: string; readonly query: Readonly<Record<string, string>>; readonly doing?: string },
  signal: AbortSignal,
): Promise<ItemPage> {
  const { rows, reply } = await api.list(
    {
      path: request.path,
      query: { per_page: String(maxRows), ...request.query, _skip_cache: '1' },
      doing: request.doing ?? 'reading products',
    },
    signal,
  );
  const { rows: items, broken } = readRows(itemSchema, rows);
  const total = Number.parseInt(reply.headers['x-wp-total'] ?? '', 10);
  return { items, broken, sent: rows.length, ...(Number.isNaN(total) ? {} : { total }), reply };
}

const inTrash = (phase: Phase): boolean => phase === 'trash' || phase === 'variation-trash';
export const ofVariations = (phase: Phase): boolean => phase === 'variations' || phase === 'variation-trash';

/** Which list a part of a reading asks, and for what. */
export const listOf = (api: WooApi, phase: Phase) => ({
  path: ofVariations(phase) ? 'wc/v3/variations' : 'wc/v3/products',
  query: {
    status: inTrash(phase) ? 'trash' : 'any',
    _fields: (ofVariations(phase) ? variationFields : productFields)(api.shop.options.gtinMeta),
  },
});

/** A shop that does not know the filter shows everything: rows of another part are left to theirs. */
export const belongsTo = (phase: Phase, item: WooItem): boolean => (item.status === 'trash') === inTrash(phase);

/** These products, by id, wherever they are; those the shop does not know are missing. */
export async function productsById(
  api: WooApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, WooItem>> {
  const found = new Map<string, WooItem>();
  for (const status of ['any', 'trash']) {
    const missing = ids.filter((id) => !found.has(id));
    for (let from = 0; from < missing.length; from += maxRows) {
      const include = missing.slice(from, from + maxRows).join(',');
      const query = { include, status, _fields: parentFields };
      const { items } = await listItems(api, { path: 'wc/v3/products', query }, signal);
      for (const item of items) if (missing.includes(item.id)) found.set(item.id, item);
    }
  }
  return found;
}

/** All variations of one product, those in the trash too when asked for. */
export async function variationsOf(
  api: WooApi,
  request: { readonly parentId: string; readonly withTrash: boolean },
  signal: AbortSignal,
): Promise<{ readonly items: readonly WooItem[]; readonly broken: readonly BrokenRow[] }> {
  const path = `wc/v3/products/${request.parentId}/variations`;
  const _fields = variationFields(api.shop.options.gtinMeta);
  const items = new Map<string, WooItem>();
  const broken: BrokenRow[] = [];
  for (const status of request.withTrash ? ['any', 'trash'] : ['any']) {
    let known = -1;
    for (let page = 1; items.size > known || page === 1; page += 1) {
      known = items.size;
      const query = { status, page: String(page), orderby: 'id', order: 'asc', _fields };
      const answer = await listItems(api, { path, query, doing: 'reading variations' }, signal);
      for (const item of answer.items) items.set(item.id, item);
      broken.push(...answer.broken.map((row) => ({ ...row, shopProductId: request.parentId })));
      if (answer.sent === 0) break;
    }
  }
  return { items: [...items.values()], broken };
}

const supportByApi = new WeakMap<WooApi, boolean>();

/** Whether the shop lists the variations of all products in one go (WooCommerce 10.3 and later). Asked once. */
export async function listsAllVariations(api: WooApi, signal: AbortSignal): Promise<boolean> {
  const known = supportByApi.get(api);
  if (known !== undefined) return known;
  const question = { path: 'wc/v3/variations', query: { per_page: '1', _fields: 'id' }, doing: 'reading variations' };
  const answer = await api.ask(question, signal);
  if (!answer.ok && answer.wooError.code !== 'rest_no_route') throw api.errorOf(answer.wooError, answer.reply);
  supportByApi.set(api, answer.ok);
  return answer.ok;
}
