import type { ListingRef } from '../../domain/ids.ts';
import type { PushRefusal } from '../../domain/push-plan.ts';
import { readRow, readRows } from '../decode.ts';
import type { WooApi } from './api.ts';
import { listsAllVariations, maxRows, productsById } from './items.ts';
import { activityOf, sellableOf } from './map.ts';
import { itemSchema, type WooItem } from './schema.ts';

/** What the shop says right now about the targets of a push. */
export type CurrentTargets = {
  readonly products: ReadonlyMap<string, WooItem>;
  readonly variations: ReadonlyMap<string, WooItem>;
};

const fields = 'id,parent_id,type,status,manage_stock,stock_quantity';

/**
 * Reads the targets anew. A batch would move a variation to whatever parent it is sent under, so what is stored
 * about parents is never trusted.
 */
export async function readCurrentTargets(
  api: WooApi,
  refs: readonly ListingRef[],
  signal: AbortSignal,
): Promise<CurrentTargets> {
  const variations = await variationsById(api, refs, signal);
  const parentIds = [...variations.values()].flatMap((variation) => variation.parent_id ?? []);
  const ids = new Set([...refs.map((ref) => String(ref.shopProductId)), ...parentIds]);
  return { products: await productsById(api, [...ids], signal), variations };
}

async function variationsById(
  api: WooApi,
  refs: readonly ListingRef[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, WooItem>> {
  const wanted = new Set(refs.flatMap((ref) => ref.shopVariantId ?? []).map(String));
  const found = new Map<string, WooItem>();
  if (wanted.size === 0) return found;
  for (const { path, ids } of await questions(api, refs, signal)) {
    const query = {
      include: ids.join(','),
      status: 'any',
      per_page: String(maxRows),
      _fields: fields,
      _skip_cache: '1',
    };
    const answer = await api.ask({ path, query, doing }, signal);
    // A product that is gone takes its list of variations along; each is looked for by itself below.
    if (!answer.ok && answer.wooError.status === 404) continue;
    if (!answer.ok) throw api.errorOf(answer.wooError, answer.reply);
    const { rows } = readRows(itemSchema, Array.isArray(answer.body) ? answer.body : []);
    for (const item of rows) if (wanted.has(item.id)) found.set(item.id, item);
  }
  for (const id of wanted) {
    const item = found.has(id) ? undefined : await variationAt(api, id, signal);
    if (item !== undefined) found.set(id, item);
  }
  return found;
}

const doing = 'reading stock before writing it';

type Ask = { readonly path: string; readonly ids: readonly string[] };

async function questions(api: WooApi, refs: readonly ListingRef[], signal: AbortSignal): Promise<readonly Ask[]> {
  const withVariant = refs.filter((ref) => ref.shopVariantId !== undefined);
  const chunks = (path: string, ids: readonly string[]): readonly Ask[] =>
    Array.from({ length: Math.ceil(ids.length / maxRows) }, (_, at) => ({
      path,
      ids: ids.slice(at * maxRows, (at + 1) * maxRows),
    }));
  if (await listsAllVariations(api, signal)) {
    return chunks('wc/v3/variations', [...new Set(withVariant.map((ref) => String(ref.shopVariantId)))]);
  }
  const byParent = Map.groupBy(withVariant, (ref) => String(ref.shopProductId));
  return [...byParent].flatMap(([parentId, own]) =>
    chunks(`wc/v3/products/${parentId}/variations`, [...new Set(own.map((ref) => String(ref.shopVariantId)))]),
  );
}

/** A variation wherever it is now, in the trash or under another product. */
async function variationAt(api: WooApi, id: string, signal: AbortSignal): Promise<WooItem | undefined> {
  const answer = await api.ask({ path: `wc/v3/products/${id}`, query: { _fields: fields }, doing }, signal);
  if (!answer.ok && answer.wooError.status === 404 && answer.wooError.code !== 'rest_no_route') return undefined;
  if (!answer.ok) throw api.errorOf(answer.wooError, answer.reply);
  const read = readRow(itemSchema, answer.body);
  return read.ok && read.value.type === 'variation' ? read.value : undefined;
}

/** Where a quantity is written, and what stands there now; or why it is not written at all. */
export type Target =
  | { readonly ok: true; readonly parentId?: string; readonly id: string; readonly was?: number }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
export function targetOf(ref: ListingRef, fresh: CurrentTargets): Target {
  return ref.shopVariantId === undefined
    ? productTarget(fresh.products.get(ref.shopProductId))
    : variationTarget(ref, fresh.variations.get(ref.shopVariantId), fresh);
}

const refused = (why: PushRefusal, said?: string): Target => ({ ok: false, why, said });

function productTarget(product: WooItem | undefined): Target {
  if (product === undefined) return refused('not-found-in-shop');
  // Made variable meanwhile: the product itself is no longer what is sold, and the link needs repair.
  if (sellableOf(product) !== 'unit') return refused('not-a-unit', product.type);
  if (activityOf(product.status) !== 'active') return refused('inactive-in-shop', product.status);
  return tracked(product) ?? { ok: true, id: product.id, was: product.stock_quantity };
}

function variationTarget(ref: ListingRef, variation: WooItem | undefined, fresh: CurrentTargets): Target {
  if (variation === undefined || variation.parent_id === undefined) return refused('not-found-in-shop');
  const parent = fresh.products.get(variation.parent_id);
  if (parent === undefined) return refused('not-found-in-shop', 'its product is gone');
  if (variation.parent_id !== ref.shopProductId) return refused('variant-moved', `now under product ${parent.id}`);
  if (activityOf(parent.status) !== 'active') return refused('inactive-in-shop', `product: ${parent.status}`);
  if (activityOf(variation.status) !== 'active') return refused('inactive-in-shop', variation.status);
  return tracked(variation) ?? { ok: true, parentId: parent.id, id: variation.id, was: variation.stock_quantity };
}

function tracked(item: WooItem): Target | undefined {
  if (item.manage_stock === 'parent') return refused('stock-held-by-parent');
  return item.manage_stock === true ? undefined : refused('not-tracked-in-shop');
}
