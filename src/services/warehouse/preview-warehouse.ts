import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { available, type Product } from '../../domain/product.ts';
import { type MatchedBy, matchProduct, type WarehouseMatch } from '../../domain/warehouse/match-product.ts';
import type { WarehouseId, WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productPages } from '../facts/product-pages.ts';
import { findProducts } from './find-products.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import type { PreviewRow, ShopPreview, WarehousePreview } from './warehouse-service.ts';

const namedAtMost = 1_000;

/** What a reading of the warehouse would match and change, and what neither side has of the other. Writes nothing. */
export async function previewWarehouse(deps: ServiceDependencies, signal: AbortSignal): Promise<WarehousePreview> {
  const settings = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  const rows: PreviewRow[] = [];
  const broken: BrokenRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await warehouse.products({ cursor }, signal);
    rows.push(...(await previewRows(deps, page.rows, settings.kind)));
    broken.push(...page.broken);
    cursor = page.next;
  } while (cursor !== undefined);
  const missing = await notShown(deps, rows);
  return { rows, broken, counts: countsOf(rows), ...missing };
}

async function previewRows(
  deps: ServiceDependencies,
  page: readonly WarehouseProduct[],
  source: WarehouseId,
): Promise<readonly PreviewRow[]> {
  const { find } = await findProducts(deps.store, page, source);
  const matched = page.map((product) => ({ product, match: matchProduct(product, find) }));
  const ids = matched.flatMap(({ match }) => (match.kind === 'matched' ? [match.product.id] : []));
  const links = Map.groupBy(await deps.store.integrationsOf(ids), ({ productId }) => productId);
  return matched.map(({ product, match }) => rowOf(product, match, links));
}

function rowOf(
  product: WarehouseProduct,
  match: WarehouseMatch,
  links: ReadonlyMap<ProductId, readonly Integration[]>,
): PreviewRow {
  const base = { product, kind: match.kind, shops: 0, shopIds: [] };
  if (match.kind === 'unknown') return { ...base, ours: [] };
  if (match.kind === 'ambiguous') return { ...base, by: match.by, ours: match.products.map(named) };
  const ours = [named(match.product)];
  if (match.kind === 'differs') return { ...base, by: match.by, ours };
  const was = available(match.product.stock);
  const willBe = product.level === undefined ? was : Math.floor(product.level.available);
  const shopIds = (links.get(match.product.id) ?? []).map(({ ref }) => ref.shopId);
  return { ...base, by: match.by, ours, was, willBe, shops: shopIds.length, shopIds };
}

const named = ({ id, sku, content }: Product) => ({ id, sku, name: content.name });

function countsOf(rows: readonly PreviewRow[]): WarehousePreview['counts'] {
  const counts = { matched: 0, ambiguous: 0, differs: 0, unknown: 0 };
  const byKey: Partial<Record<MatchedBy, number>> = {};
  const byShop = new Map<ShopId, ShopPreview>();
  let [figures, links] = [0, 0];
  for (const { kind, by, was, willBe, shops, shopIds } of rows) {
    counts[kind] += 1;
    if (kind !== 'matched') continue;
    if (by !== undefined) byKey[by] = (byKey[by] ?? 0) + 1;
    if (was === willBe) continue;
    figures += 1;
    links += shops;
    for (const shopId of shopIds) {
      const before = byShop.get(shopId) ?? { shopId, figures: 0, zeroes: 0 };
      const zeroes = before.zeroes + (willBe !== undefined && willBe <= 0 ? 1 : 0);
      byShop.set(shopId, { shopId, figures: before.figures + 1, zeroes });
    }
  }
  return { ...counts, byKey, figures, links, byShop: [...byShop.values()] };
}

async function notShown(deps: ServiceDependencies, rows: readonly PreviewRow[]) {
  const shown = new Set(rows.flatMap(({ kind, ours }) => (kind === 'matched' ? ours.map(({ id }) => id) : [])));
  const notInWarehouse: WarehousePreview['notInWarehouse'][number][] = [];
  let notInWarehouseCount = 0;
  for await (const page of productPages(deps))
    for (const product of page) {
      if (shown.has(product.id)) continue;
      notInWarehouseCount += 1;
      if (notInWarehouse.length < namedAtMost) notInWarehouse.push(named(product));
    }
  return { notInWarehouse, notInWarehouseCount };
}
