import type { ListingRef } from '../../../domain/ids.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { WooApi } from '../client/api.ts';
import { sameShop } from '../client/identity.ts';
import { activityOf } from '../map.ts';
import { listsAllVariations, type ProductsById, productsById, readItem } from '../read/items.ts';
import { type WooItem, wooId } from '../schema.ts';
import { isVariation, sellableOf } from '../sellable.ts';

/** What the shop says right now about the targets of a push. */
export type CurrentTargets = {
  readonly products: ProductsById;
  readonly variations: ProductsById;
  /** What the very last answer told the figures of: no request was made since. */
  readonly newest: ReadonlySet<string>;
};

const maxBatch = 100;
const fields = 'id,parent_id,type,status,manage_stock,stock_quantity,_links';

/**
 * Reads the targets anew. A batch would move a variation to whatever parent it is sent under, so what is stored
 * about parents is never trusted. Figures come last, so that they are as new as can be. `known`: products that were
 * read a moment ago; their variations alone are read then.
 */
export async function readCurrentTargets(
  api: WooApi,
  { refs, known }: { readonly refs: readonly ListingRef[]; readonly known?: ProductsById },
  signal: AbortSignal,
): Promise<CurrentTargets> {
  const asked = new Set(refs.map((ref) => String(ref.shopProductId)));
  const own = known ?? (await productsById(api, [...asked], signal));
  const { newest, ...variations } = await variationsById(api, refs, signal);
  const parentIds = [...variations.items.values()].flatMap((variation) => variation.parent_id ?? []);
  const others = [...new Set(parentIds)].filter((id) => !asked.has(id));
  if (others.length > 0) {
    const more = await productsById(api, others, signal);
    return { products: merged(own, more), variations, newest: new Set() };
  }
  const isOneAnswer = asked.size <= Math.min(maxBatch, api.pageSize()) && own.items.size === asked.size;
  return { products: own, variations, newest: newest ?? new Set(isOneAnswer ? asked : []) };
}

const merged = (some: ProductsById, more: ProductsById): ProductsById => ({
  items: new Map([...some.items, ...more.items]),
  broken: new Map([...some.broken, ...more.broken]),
});

type NewestVariations = ProductsById & { readonly newest?: ReadonlySet<string> };

/** `newest` is absent where nothing was asked. */
async function variationsById(
  api: WooApi,
  refs: readonly ListingRef[],
  signal: AbortSignal,
): Promise<NewestVariations> {
  const wanted = new Set(refs.flatMap((ref) => ref.shopVariantId ?? []).map(String));
  const items = new Map<string, WooItem>();
  const broken = new Map<string, string>();
  const take = (row: unknown, id: string): void => {
    const read = readItem(row);
    if (read.item !== undefined && wanted.has(read.item.id)) items.set(read.item.id, read.item);
    else if (read.item === undefined && wanted.has(id)) broken.set(id, `${read.broken?.where} ${read.broken?.said}`);
  };
  if (wanted.size === 0) return { items, broken };
  let newest: ReadonlySet<string> = new Set();
  const open = [...(await questions(api, refs, signal))];
  for (let question = open.shift(); question !== undefined; question = open.shift()) {
    const { path, ids } = question;
    const query = {
      include: ids.join(','),
      status: 'any',
      per_page: String(api.pageSize()),
      _fields: fields,
      _skip_cache: '1',
    };
    const answer = await api.ask({ path, query, doing }, signal);
    // A product that is gone takes its list of variations along; each is looked for by itself below.
    if (!answer.ok && answer.wooError.status === 404) continue;
    if (!answer.ok) throw api.errorOf(answer.wooError, answer.reply);
    const rows: readonly unknown[] = Array.isArray(answer.body) ? answer.body : [];
    await sameShop(api, rows, signal);
    for (const row of rows) take(row, idOf(row));
    newest = new Set(rows.map(idOf));
    const left = ids.filter((id) => !items.has(id) && !broken.has(id));
    // A host that caps pages without a word shows fewer than there are.
    if (left.length < ids.length && rows.length < Number(answer.reply.headers['x-wp-total']))
      open.push({ path, ids: left });
  }
  for (const id of wanted) {
    if (items.has(id) || broken.has(id) || !wooId.test(id)) continue;
    const row = await variationAt(api, id, signal);
    newest = new Set([id]);
    if (row !== undefined) take(row, id);
  }
  return { items, broken, newest };
}

const idOf = (row: unknown): string => (typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '');

const doing = 'reading stock before writing it';

type Ask = { readonly path: string; readonly ids: readonly string[] };

async function questions(api: WooApi, refs: readonly ListingRef[], signal: AbortSignal): Promise<readonly Ask[]> {
  const withVariant = refs.filter((ref) => wooId.test(ref.shopVariantId ?? '') && wooId.test(ref.shopProductId));
  const size = Math.min(maxBatch, api.pageSize());
  const chunks = (path: string, ids: readonly string[]): readonly Ask[] =>
    Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ({
      path,
      ids: ids.slice(at * size, (at + 1) * size),
    }));
  if (await listsAllVariations(api, signal)) {
    return chunks('wc/v3/variations', [...new Set(withVariant.map((ref) => String(ref.shopVariantId)))]);
  }
  const byParent = Map.groupBy(withVariant, (ref) => String(ref.shopProductId));
  return [...byParent].flatMap(([parentId, own]) =>
    chunks(`wc/v3/products/${parentId}/variations`, [...new Set(own.map((ref) => String(ref.shopVariantId)))]),
  );
}

/** A variation wherever it is now, in the trash or under another product, as it came. */
async function variationAt(api: WooApi, id: string, signal: AbortSignal): Promise<unknown> {
  const answer = await api.ask({ path: `wc/v3/products/${id}`, query: { _fields: fields }, doing }, signal);
  if (!answer.ok && answer.wooError.status === 404 && answer.wooError.code !== 'rest_no_route') return undefined;
  if (!answer.ok) throw api.errorOf(answer.wooError, answer.reply);
  const { item } = readItem(answer.body);
  return item === undefined || isVariation(item) ? answer.body : undefined;
}

/** Where a quantity is written, and what stands there now; or why it is not written at all. */
export type Target =
  | { readonly ok: true; readonly parentId?: string; readonly id: string; readonly was?: number }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
export function targetOf(ref: ListingRef, fresh: CurrentTargets): Target {
  const { products, variations } = fresh;
  const wrong =
    ref.shopVariantId === undefined ? products.broken.get(ref.shopProductId) : variations.broken.get(ref.shopVariantId);
  // It is there: what cannot be read is never "not found".
  if (wrong !== undefined) return refused('figure-unreadable', wrong);
  return ref.shopVariantId === undefined
    ? productTarget(products.items.get(ref.shopProductId))
    : variationTarget(ref, variations.items.get(ref.shopVariantId), products);
}

const refused = (why: PushRefusal, said?: string): Target => ({ ok: false, why, said });

function productTarget(product: WooItem | undefined): Target {
  if (product === undefined) return refused('not-found-in-shop');
  // Made variable meanwhile: the product itself is no longer what is sold, and the link needs repair.
  if (sellableOf(product) !== 'unit') return refused('not-a-unit', product.type);
  if (activityOf(product.status) !== 'active') return refused('inactive-in-shop', product.status);
  return unwritable(product) ?? { ok: true, id: product.id, was: product.stock_quantity?.value };
}

function variationTarget(ref: ListingRef, variation: WooItem | undefined, products: ProductsById): Target {
  if (variation === undefined || variation.parent_id === undefined) return refused('not-found-in-shop');
  const wrong = products.broken.get(variation.parent_id);
  if (wrong !== undefined) return refused('figure-unreadable', `product ${variation.parent_id}: ${wrong}`);
  const parent = products.items.get(variation.parent_id);
  if (parent === undefined) return refused('not-found-in-shop', 'its product is gone');
  if (variation.parent_id !== ref.shopProductId) return refused('variant-moved', `now under product ${parent.id}`);
  if (activityOf(parent.status) !== 'active') return refused('inactive-in-shop', `product: ${parent.status}`);
  if (activityOf(variation.status) !== 'active') return refused('inactive-in-shop', variation.status);
  return (
    unwritable(variation) ?? { ok: true, parentId: parent.id, id: variation.id, was: variation.stock_quantity?.value }
  );
}

/** A figure in parts is somebody's metres or kilos: a whole number is not written over it unseen. */
function unwritable({ manage_stock, stock_quantity }: WooItem): Target | undefined {
  if (manage_stock === 'parent') return refused('stock-held-by-parent');
  if (manage_stock !== true) return refused('not-tracked-in-shop');
  if (stock_quantity?.unreadable === undefined) return undefined;
  return refused('figure-unreadable', `stock_quantity is "${stock_quantity.unreadable}"`);
}
