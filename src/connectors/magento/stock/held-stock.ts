import type { ShopStock } from '../../../domain/listing.ts';
import type { LocationChoice } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { stockByLocation } from '../../driver-parts/locations/stock-by-location.ts';
import { toldLocations } from '../../driver-parts/locations/told-locations.ts';
import { stockFigure } from '../../stock-figure.ts';
import type { MagentoApi } from '../session/api.ts';
import { noApi } from '../session/auth.ts';
import { skuKey, sourceItemsOf, sourceOf, sourcesInUse } from './sources.ts';
import {
  forgetStockItems,
  type Named,
  stockItemsOf,
  type Tracking,
  trackingIn,
  uncountedAmong,
  type Way,
} from './stock-items.ts';

/** What the shop keeps of one product's stock: its row in the chosen source or, where there are no sources, its stock item. */
export type HeldStock = {
  /** As it came: the tables hold decimals, and what cannot be read of it is told, not guessed. */
  readonly quantity: unknown;
  readonly isOut: boolean;
  /** The number of its stock item; none where it is a row in a source. */
  readonly itemId?: string;
  /** Whether it is counted; left out where a row in a source does not say. */
  readonly tracking?: Tracking;
};

/** Shops that answered that they know no sources: Multi-Source Inventory is a part of Magento that may be left out. */
const sourceless = new WeakMap<MagentoApi, true>();

export const hasNoSources = (api: MagentoApi): boolean => sourceless.has(api);

/** Remembers what the shop said of its sources. */
export function rememberSources(api: MagentoApi, known: boolean): void {
  if (known) sourceless.delete(api);
  else sourceless.set(api, true);
}

/** Asks anew with the next question: a shop may get sources, or lose them, between two readings, and figures change. */
export function forgetStock(api: MagentoApi): void {
  rememberSources(api, true);
  forgetStockItems(api);
}

/** What is kept of these products, by their ids; nothing of one that was never counted there. */
export async function heldStocks(
  api: MagentoApi,
  products: readonly Named[],
  signal: AbortSignal,
  { way = 'each', source = sourceOf(api) }: { readonly way?: Way; readonly source?: string } = {},
): Promise<ReadonlyMap<string, HeldStock>> {
  if (products.length === 0) return new Map();
  if (hasNoSources(api)) return inStockItems(api, { products, way }, signal);
  try {
    return await inSources(api, { products, source }, signal);
  } catch (error) {
    if (!isUnknownRoute(error)) throw error;
    rememberSources(api, false);
    return inStockItems(api, { products, way }, signal);
  }
}

/** A 404 in Magento's own JSON is about the route: the part that brings it is not installed. */
export const isUnknownRoute = (error: unknown): boolean =>
  error instanceof ShopError && error.kind === 'refused' && error.detail.status === 404 && error.detail.said !== noApi;

async function inSources(
  api: MagentoApi,
  { products, source }: { readonly products: readonly Named[]; readonly source: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HeldStock>> {
  const items = await sourceItemsOf(api, { skus: products.flatMap(({ sku }) => sku ?? []), code: source }, signal);
  return new Map(
    products.flatMap(({ id, sku }) => {
      const item = sku === undefined ? undefined : items.get(skuKey(sku));
      return item === undefined ? [] : [[id, { quantity: item.quantity, isOut: item.status === '0' }] as const];
    }),
  );
}

async function inStockItems(
  api: MagentoApi,
  asked: { readonly products: readonly Named[]; readonly way: Way },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HeldStock>> {
  const items = await stockItemsOf(api, asked, signal);
  return new Map(
    [...items].map(([id, item]) => [
      id,
      { quantity: item.qty, isOut: item.is_in_stock === false, itemId: item.item_id, tracking: trackingIn(item) },
    ]),
  );
}

/**
 * What is said of the stock of each of these products: that it is not counted, or what lies at the source that gets our
 * figure, or at each of those that are told one, and together.
 */
export async function stocksOf(
  api: MagentoApi,
  products: readonly Named[],
  way: Way,
  signal: AbortSignal,
): Promise<(id: string) => ShopStock> {
  const told = await toldLocations(api, (waiting) => sourcesOrNone(api, waiting), signal);
  if (told === undefined || hasNoSources(api)) {
    const held = await heldStocks(api, products, signal, { way: 'list' });
    const uncounted = hasNoSources(api) ? new Set() : await uncountedAmong(api, { products, way }, signal);
    return (id) => (uncounted.has(id) ? { tracked: false } : stockOf(held.get(id)));
  }
  const uncounted = await uncountedAmong(api, { products, way }, signal);
  const bySource = new Map<string, ReadonlyMap<string, HeldStock>>();
  for (const source of told) bySource.set(source, await heldStocks(api, products, signal, { way: 'list', source }));
  return (id) => {
    if (uncounted.has(id)) return { tracked: false };
    const rows = [...bySource.values()].flatMap((held) => held.get(id) ?? []);
    const content = (source: string) => {
      const held = bySource.get(source)?.get(id);
      return held === undefined ? undefined : stockFigure(held.quantity, 'quantity');
    };
    const isOut = rows.length > 0 && rows.every((held) => held.isOut);
    return { tracked: true, ...stockByLocation(told, content), outOfStock: isOut ? true : undefined };
  };
}

async function sourcesOrNone(api: MagentoApi, signal: AbortSignal): Promise<readonly LocationChoice[]> {
  try {
    return await sourcesInUse(api, signal);
  } catch (error) {
    if (!isUnknownRoute(error)) throw error;
    rememberSources(api, false);
    return [];
  }
}

/** What is said of one product's stock. Where nothing is kept of it, nobody counted it there. */
export function stockOf(held: HeldStock | undefined): ShopStock {
  if (held === undefined) return { tracked: true };
  if (held.tracking?.kind === 'untracked') return { tracked: false };
  return { tracked: true, ...stockFigure(held.quantity, 'quantity'), outOfStock: held.isOut ? true : undefined };
}
