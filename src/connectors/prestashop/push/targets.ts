import { type ListingRef, toShopProductId } from '../../../domain/ids.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { missingTarget } from '../../driver-parts/push/unread-target.ts';
import type { PrestaApi } from '../api.ts';
import { stockRowsOf } from '../family.ts';
import { activityOf, rowsHere, wordsOf } from '../map.ts';
import { productsById, rowsById } from '../product.ts';
import { combinationSchema, type PrestaCombination, type PrestaProduct, type PrestaStock } from '../schema.ts';
import { hasCombinations, sellableOf } from '../sellable.ts';
import { type ShopSettings, settingsOf } from '../settings.ts';

/** What the shop says right now about the targets of a push. */
type Fresh = {
  readonly products: ReadonlyMap<string, PrestaProduct>;
  readonly combinations: ReadonlyMap<string, PrestaCombination>;
  readonly stock: ReadonlyMap<string, readonly PrestaStock[]>;
  /** What of it nobody can read. Ids of products and of combinations are two number spaces. */
  readonly unread: Readonly<Record<'products' | 'combinations' | 'stock', readonly BrokenRow[]>>;
};

/** The row a figure is written to; or why it is not written at all. */
export type Target =
  | { readonly ok: true; readonly row: PrestaStock }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

const isId = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

/** Judges each target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
export async function targetsOf(
  api: PrestaApi,
  refs: readonly ListingRef[],
  signal: AbortSignal,
): Promise<(ref: ListingRef) => Target> {
  const fresh = await readFresh(api, refs, signal);
  const settings = await settingsOf(api, signal);
  return (ref) => {
    const thing = thingAt(ref, fresh, settings);
    if (!thing.ok) return thing;
    if (!settings.countsStock) return refused('not-tracked-in-shop', 'PS_STOCK_MANAGEMENT=0');
    const [row, ...more] = rowsHere(fresh.stock.get(thing.key) ?? [], api.options);
    // No call can make one: a person must mend it in the back office.
    if (row === undefined && fresh.unread.stock.length > 0) {
      return refused('figure-unreadable', fresh.unread.stock.map(({ where, said }) => `${where} ${said}`)[0]);
    }
    if (row === undefined) return refused('refused-by-shop', 'it has no stock_available in this shop');
    if (more.length > 0 && api.options.id_shop === undefined)
      return refused('location-missing', 'several shops have a figure: choose id_shop');
    // Which of them counts is a setting of the group's, and the other is left from before.
    if (more.length > 0)
      return refused('figure-unreadable', 'this shop and its group both have a figure: one of them must go');
    if (row.depends_on_stock === '1') return refused('not-a-unit', 'depends_on_stock=1');
    return { ok: true, row };
  };
}

async function readFresh(api: PrestaApi, refs: readonly ListingRef[], signal: AbortSignal): Promise<Fresh> {
  const productIds = [...new Set(refs.map((ref) => String(ref.shopProductId)))].filter(isId);
  const variantIds = [...new Set(refs.flatMap((ref) => ref.shopVariantId ?? []).map(String))].filter(isId);
  const products = await productsById(api, productIds, signal);
  const combinations = await rowsById(
    api,
    { resource: 'combinations', schema: combinationSchema, ids: variantIds },
    signal,
  );
  const known = products.rows.map((product) => product.id);
  const expected = new Set([
    ...products.rows.filter((product) => !hasCombinations(product)).map((product) => `${product.id} 0`),
    ...combinations.rows.map((row) => `${row.id_product} ${row.id}`),
  ]);
  const stock = await stockRowsOf(api, known, { expected, signal });
  return {
    products: new Map(products.rows.map((product) => [product.id, product])),
    combinations: new Map(combinations.rows.map((row) => [row.id, row])),
    stock: stock.rows,
    unread: { products: products.broken, combinations: combinations.broken, stock: stock.broken },
  };
}

const refused = (why: PushRefusal, said?: string): Extract<Target, { ok: false }> => ({ ok: false, why, said });

type Thing = { readonly ok: true; readonly key: string } | Extract<Target, { ok: false }>;

function thingAt(ref: ListingRef, fresh: Fresh, settings: ShopSettings): Thing {
  const variantId = ref.shopVariantId;
  const combination = variantId === undefined ? undefined : fresh.combinations.get(variantId);
  const { products, combinations } = fresh.unread;
  if (variantId !== undefined && combination === undefined) {
    return { ok: false, ...missingTarget(combinations, { shopProductId: toShopProductId(variantId) }) };
  }
  if (combination !== undefined && combination.id_product !== ref.shopProductId) {
    return refused('variant-moved', `now under product ${combination.id_product}`);
  }
  const product = fresh.products.get(ref.shopProductId);
  if (product === undefined) {
    return { ok: false, ...missingTarget(products, { shopProductId: ref.shopProductId }) };
  }
  // Where combinations hang on it, a product's own row is their sum: a figure written there lies until the next one.
  if (variantId === undefined && sellableOf(product, settings) !== 'unit') {
    return refused('not-a-unit', hasCombinations(product) ? 'it has combinations' : wordsOf(product, settings));
  }
  if (activityOf(product) !== 'active') return refused('inactive-in-shop', wordsOf(product, settings));
  return { ok: true, key: `${product.id} ${combination?.id ?? '0'}` };
}
