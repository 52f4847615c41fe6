import type { ListingRef } from '../../../domain/ids.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { readRows } from '../../decode.ts';
import { missingTarget } from '../../driver-parts/push/unread-target.ts';
import { storeOf } from '../identity.ts';
import { activityOf, sellableOf, stateOf } from '../map.ts';
import { productsById } from '../pages.ts';
import { parentsOf } from '../parents.ts';
import { linkSchema, type MagentoProduct, sourceSchema } from '../schema.ts';
import { search } from '../search.ts';
import type { MagentoApi } from '../session/api.ts';
import { type HeldStock, hasNoSources, heldStocks, isUnknownRoute, rememberSources } from './held-stock.ts';
import { sourceOf, usualSource } from './sources.ts';
import { stockItemPath, type Tracking, trackingsOf } from './stock-items.ts';

/** A product whose figure may be written; or why it is not written at all. */
export type Target =
  | {
      readonly ok: true;
      readonly id: string;
      readonly sku: string;
      readonly held: HeldStock;
      readonly tracking: Tracking;
    }
  | { readonly ok: false; readonly why: PushRefusal; readonly said?: string };

const refused = (why: PushRefusal, said?: string): Extract<Target, { ok: false }> => ({ ok: false, why, said });

/**
 * Judges each target by what the shop says now. Magento takes figures for numbers that no product has, for parents
 * and for what is not counted, and answers 200 to all: so each product is found by its id, and its number, its kind
 * and what is kept of its stock are read, before anything is sent.
 */
export async function targetsOf(
  api: MagentoApi,
  { refs, told }: { readonly refs: readonly ListingRef[]; readonly told: string | undefined },
  signal: AbortSignal,
): Promise<(ref: ListingRef) => Target> {
  const source = told ?? sourceOf(api);
  const ids = [...new Set(refs.map((ref) => String(ref.shopProductId)))].filter((id) => /^[1-9]\d{0,17}$/.test(id));
  const found = await productsById(api, ids, signal, 'all');
  const products = new Map(found.rows.map((product) => [product.id, product]));
  const parents = await parentsOf(api, [...products.values()], signal);
  const { store } = await storeOf(api, signal);
  const context = { shop: api.shop, options: api.options, store, seenAt: api.clock.now() };
  const judged = new Map<string, Extract<Target, { ok: false }> | undefined>();
  for (const [id, product] of products) judged.set(id, refusalOf(product));
  const open = [...products.values()].filter((product) => judged.get(product.id) === undefined);
  const place = open.length === 0 ? undefined : await wrongPlace(api, told, signal);
  const skus = place === undefined && !hasNoSources(api) ? open.flatMap((product) => product.sku ?? []) : [];
  const trackings = await trackingsOf(api, skus, signal);
  // Last, so that the figures are as new as can be when they are written over.
  const held = place === undefined ? await heldStocks(api, open, signal, { source }) : new Map<string, HeldStock>();

  function refusalOf(product: MagentoProduct): Extract<Target, { ok: false }> | undefined {
    if (sellableOf(product) !== 'unit') return refused('not-a-unit', product.type_id);
    const unknown = parents.unknownOf(product);
    if (unknown !== undefined) return refused('figure-unreadable', `${unknown.where}: ${unknown.said}`);
    const state = stateOf(product, parents.of(product.id), context);
    if (activityOf(product) !== 'active' || state.activity !== 'active')
      return refused('inactive-in-shop', state.shopSays);
    return product.sku === undefined ? refused('refused-by-shop', 'it has no SKU') : undefined;
  }

  return (ref) => {
    const product = ref.shopVariantId === undefined ? products.get(ref.shopProductId) : undefined;
    const sku = product?.sku;
    if (product === undefined) return { ok: false, ...missingTarget(found.broken, ref) };
    const known = judged.get(product.id);
    if (known !== undefined || sku === undefined) return known ?? refused('refused-by-shop', 'it has no SKU');
    if (place !== undefined) return place;
    const own = held.get(product.id);
    const tracking = own?.tracking ?? trackings.get(sku) ?? { kind: 'unknown' };
    if (tracking.kind === 'untracked') return refused('not-tracked-in-shop', 'manage_stock false');
    if (own === undefined) return refused(...withoutStock(api, sku, told));
    return { ok: true, id: product.id, sku, held: own, tracking };
  };
}

/** Why nothing can be written where nothing is kept. */
function withoutStock(api: MagentoApi, sku: string, told: string | undefined): readonly [PushRefusal, string] {
  // Writing would assign the product to the source: that is its owner's to do.
  if (!hasNoSources(api) && told !== undefined) return ['not-stocked-at-location', `not assigned to source ${told}`];
  if (!hasNoSources(api)) return ['location-missing', `not assigned to source ${sourceOf(api)}`];
  return stockItemPath(api, sku) === undefined
    ? [
        'refused-by-shop',
        'a SKU with such characters cannot be asked for under OAuth: allow the access token as Bearer',
      ]
    : ['refused-by-shop', 'it has no stock item'];
}

/** Why the chosen source is no place to write to, where the shop says which sources there are. */
async function wrongPlace(
  api: MagentoApi,
  told: string | undefined,
  signal: AbortSignal,
): Promise<Extract<Target, { ok: false }> | undefined> {
  const doing = 'reading sources';
  const rowsOf = async (path: string, fields: string, stockId?: string): Promise<readonly unknown[] | undefined> => {
    const groups = stockId === undefined ? [] : [[['stock_id', 'eq', stockId] as const]];
    try {
      return (await search(api, { path, groups, pageSize: 300, fields, doing }, signal)).rows;
    } catch (error) {
      if (isUnknownRoute(error)) rememberSources(api, false);
      else if (!(error instanceof ShopError) || error.kind !== 'forbidden') throw error;
      return undefined;
    }
  };
  const wanted = told ?? sourceOf(api);
  const rows = hasNoSources(api) ? undefined : await rowsOf('inventory/sources', 'source_code,name,enabled');
  if (hasNoSources(api)) {
    return wanted === usualSource
      ? undefined
      : refused('location-missing', `this shop has no sources, and no ${wanted}`);
  }
  const sources = rows === undefined ? undefined : readRows(sourceSchema, rows).rows;
  const enabled = sources?.filter((source) => source.enabled !== false).map((source) => source.source_code);
  if (enabled !== undefined && !enabled.includes(wanted)) return refused('location-missing', `no source ${wanted}`);
  if (told === undefined && api.options.source === undefined && (enabled?.length ?? 0) > 1) {
    return refused('location-missing', `choose a source: ${enabled?.join(', ')}`);
  }
  if (api.options.stock === undefined) return undefined;
  const links = await rowsOf('inventory/stock-source-links', 'source_code,stock_id', api.options.stock);
  const isLinked = links === undefined || readRows(linkSchema, links).rows.some((row) => row.source_code === wanted);
  return isLinked ? undefined : refused('location-missing', `source ${wanted} is not in stock ${api.options.stock}`);
}
