import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { readRow } from '../../decode.ts';
import { ofVariant } from '../../driver-parts/rows/variant-rows.ts';
import type { HttpResponse } from '../../http-response.ts';
import type { WooApi } from '../client/api.ts';
import type { WooError } from '../client/error-meaning.ts';
import { askSiteBehindWall, knownSite } from '../client/identity.ts';
import { itemSchema, parentFields, productFields, variationFields, type WooItem, wooId } from '../schema.ts';
import type { Phase } from './cursor.ts';

/** Rows of one page, and what could not be read of it. */
export type ItemPage = {
  readonly items: readonly WooItem[];
  readonly broken: readonly BrokenRow[];
  /** As they came: whose they are stands in them. */
  readonly rows: readonly unknown[];
  /** The ids of all rows, readable or not; empty where there is none. */
  readonly ids: readonly string[];
  readonly total?: number;
  readonly reply: HttpResponse;
};

type ListRequest = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly doing?: string;
  /** Asked by id or by product: what the language setting leaves out of a whole list would look as if it were gone. */
  readonly byId?: true;
};

const maxBatch = 100;

/** Asks one list: a product list or one of variations. */
export async function listItems(api: WooApi, request: ListRequest, signal: AbortSignal): Promise<ItemPage> {
  const language = await languageOf(api, request.byId === true, signal);
  const query = { ...language, ...request.query, _skip_cache: '1' };
  const { rows, reply } = await api.list(
    { path: request.path, query, doing: request.doing ?? 'reading products' },
    signal,
  );
  const read = rows.map((row) => readItem(row));
  const total = Number.parseInt(reply.headers['x-wp-total'] ?? '', 10);
  return {
    items: read.flatMap(({ item }) => item ?? []),
    broken: read.flatMap(({ broken }) => broken ?? []),
    rows,
    ids: rows.map(idIn),
    total: Number.isSafeInteger(total) && total >= 0 ? total : undefined,
    reply,
  };
}

type ReadItem =
  | { readonly item: WooItem; readonly broken?: BrokenRow }
  | { readonly item?: undefined; readonly broken: BrokenRow };

/** One row. A figure that is no whole number breaks nothing else of it; it is named all the same. */
export function readItem(row: unknown): ReadItem {
  const read = readRow(itemSchema, row);
  if (!read.ok) return { broken: ofVariant(read.broken, row, 'parent_id') };
  const { id, parent_id, stock_quantity } = read.value;
  if (stock_quantity?.unreadable === undefined || read.value.manage_stock === false) return { item: read.value };
  const said = `is "${stock_quantity.unreadable}", not a whole number`;
  return { item: read.value, broken: { shopProductId: parent_id ?? id, where: 'stock_quantity', said } };
}

const idIn = (row: unknown): string => {
  const written = typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '';
  return wooId.test(written) ? written : '';
};

/** Whether a shop is asked for all languages; the question is put once, also where a wall stands before its answer. */
const allLanguages = new WeakMap<WooApi, Promise<boolean>>();

/** Translation plug-ins show one language unless they are asked for all; a setting outweighs what the site has. */
async function languageOf(api: WooApi, byId: boolean, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const lang = api.shop.options.lang?.trim().toLowerCase() ?? '';
  if (!byId && lang !== 'all' && /^[\w-]{1,20}$/.test(lang)) return { lang };
  const asked = allLanguages.get(api) ?? knowsAllLanguages(api, lang === 'all', signal);
  allLanguages.set(api, asked);
  asked.catch(() => allLanguages.delete(api));
  return (await asked) ? { lang: 'all' } : {};
}

/**
 * Polylang shows all languages to whoever names none, and refuses "all"; a shop without a plug-in passes it over. Where the
 * site does not say what it has, it is tried.
 */
async function knowsAllLanguages(api: WooApi, isWanted: boolean, signal: AbortSignal): Promise<boolean> {
  const site = knownSite(api) ?? (await askSiteBehindWall(api, signal))?.site;
  if (site !== undefined) {
    const has = (plugin: RegExp): boolean => site.namespaces.some((name) => plugin.test(name));
    return has(/^wpml\//) || (isWanted && !has(/^pll\//));
  }
  const query = { per_page: '1', lang: 'all', _fields: 'id' };
  return (await api.ask({ path: 'wc/v3/products', query, doing: 'reading products' }, signal)).ok;
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

/** Products by id; those that are there and cannot be read, with what is wrong; the others are not there. */
export type ProductsById = {
  readonly items: ReadonlyMap<string, WooItem>;
  readonly broken: ReadonlyMap<string, string>;
};

/** These products, by id, wherever they are. */
export async function productsById(api: WooApi, ids: readonly string[], signal: AbortSignal): Promise<ProductsById> {
  const items = new Map<string, WooItem>();
  const broken = new Map<string, string>();
  let nameless: BrokenRow | undefined;
  for (const status of ['any', 'trash']) {
    let missing = ids.filter((id) => wooId.test(id) && !items.has(id) && !broken.has(id));
    while (missing.length > 0) {
      const some = missing.slice(0, Math.min(maxBatch, api.pageSize()));
      const query = { include: some.join(','), status, _fields: parentFields, orderby: 'id', order: 'asc' };
      const page = await listItems(api, { path: 'wc/v3/products', query, byId: true }, signal);
      for (const item of page.items) if (some.includes(item.id)) items.set(item.id, item);
      nameless ??= page.broken.find(({ shopProductId }) => shopProductId === undefined);
      for (const [at, id] of page.ids.entries()) {
        const { item, broken: wrong } = readItem(page.rows[at]);
        if (item === undefined && some.includes(id)) broken.set(id, `${wrong?.where} ${wrong?.said}`);
      }
      const left = some.filter((id) => !items.has(id) && !broken.has(id));
      // A host that caps pages without a word shows fewer than there are: the rest is asked for again.
      const cut = left.length < some.length && page.rows.length < (page.total ?? Math.min(some.length, api.pageSize()));
      missing = [...(cut ? left : []), ...missing.slice(some.length)];
    }
  }
  // A row that does not say whose it is may be any of those that were not shown.
  if (nameless !== undefined) {
    const said = `${nameless.where} ${nameless.said}`;
    for (const id of ids) if (!items.has(id) && !broken.has(id)) broken.set(id, said);
  }
  return { items, broken };
}

const supportByApi = new WeakMap<WooApi, boolean>();

/** Whether the shop lists the variations of all products in one go (WooCommerce 10.3 and later). Asked once. */
export async function listsAllVariations(api: WooApi, signal: AbortSignal): Promise<boolean> {
  const known = supportByApi.get(api);
  if (known !== undefined) return known;
  const question = { path: 'wc/v3/variations', query: { per_page: '1', _fields: 'id' }, doing: 'reading variations' };
  const answer = await api.ask(question, signal);
  if (!answer.ok && saysNothing(answer.wooError)) throw api.errorOf(answer.wooError, answer.reply);
  supportByApi.set(api, answer.ok);
  return answer.ok;
}

/**
 * Trouble that is over soon, and what WooCommerce says of a key, tell nothing of a list. Any other refusal, a plug-in's or
 * a firewall's, means that there is none: families are read one by one.
 */
const saysNothing = ({ status, code }: WooError): boolean =>
  [408, 425, 429].includes(status) || status > 500 || /^woocommerce_/.test(code);
