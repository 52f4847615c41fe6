import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { available, type Product } from '../../domain/product.ts';
import { wantedQuantity } from '../../domain/push/shop-quantity.ts';
import { type Shop, sellsByLocation } from '../../domain/shop.ts';
import { changedParts } from '../../domain/warehouse/changed-parts.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import { type MatchedBy, matchProduct, type WarehouseMatch } from '../../domain/warehouse/match-product.ts';
import { stockFrom } from '../../domain/warehouse/stock-of.ts';
import type { StockLevel, WarehouseId, WarehouseKey, WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productPages } from '../facts/product-pages.ts';
import { nearRows } from '../stock/near-rows.ts';
import { findProducts } from './ingest/find-products.ts';
import { makeSharedKeys } from './ingest/shared-keys.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import type { PreviewRow, ShopPreview, WarehousePreview } from './warehouse-service.ts';

const namedAtMost = 1_000;

/** What a reading of the warehouse would match and change, and what neither side has of the other. Writes nothing. */
export async function previewWarehouse(deps: ServiceDependencies, signal: AbortSignal): Promise<WarehousePreview> {
  const settings = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  const found: PreviewRow[] = [];
  const shared = makeSharedKeys();
  const broken: BrokenRow[] = [];
  const shops = await deps.store.shops();
  const isMapped = shops.some(sellsByLocation);
  const parts = isMapped && warehouse.can.locations === 'rows' ? await partsOf(warehouse, signal) : undefined;
  const asked: Asked = { source: settings.kind, shops: new Map(shops.map((shop) => [shop.id, shop])), isMapped, parts };
  let cursor: string | undefined;
  do {
    const page = await warehouse.products({ cursor }, signal);
    const previewed = await previewRows(deps, page.rows, asked);
    found.push(...previewed.rows);
    broken.push(...page.broken, ...previewed.near, ...shared.note(page.rows));
    cursor = page.next;
  } while (cursor !== undefined);
  const rows = found.map((row) => (shared.has(row.product.key) ? sharedRow(row) : row));
  const missing = await notShown(deps, rows);
  return { rows, broken, counts: countsOf(rows), ...missing };
}

/** Of two that bear one key no figure is taken. */
const sharedRow = ({ product, ours }: PreviewRow): PreviewRow => {
  return { product, kind: 'ambiguous', by: 'key', ours, shops: 0, perShop: [] };
};

/** What a preview is worked out from, beside the page itself. */
type Asked = {
  readonly source: WarehouseId;
  readonly shops: ReadonlyMap<ShopId, Shop>;
  /** Some shop sells from some locations alone. */
  readonly isMapped: boolean;
  /** What lies at each location, where the products do not tell it themselves. */
  readonly parts?: ReadonlyMap<WarehouseKey, readonly StockLevel[]>;
};

async function partsOf(warehouse: Warehouse, signal: AbortSignal): Promise<NonNullable<Asked['parts']>> {
  const rows: StockLevel[] = [];
  let cursor: string | undefined;
  do {
    const page = await warehouse.stock({ cursor }, signal);
    for (const row of page.rows) rows.push(row);
    cursor = page.next;
  } while (cursor !== undefined);
  return Map.groupBy(rows, ({ key }) => key);
}

async function previewRows(
  deps: ServiceDependencies,
  page: readonly WarehouseProduct[],
  asked: Asked,
): Promise<{ readonly rows: readonly PreviewRow[]; readonly near: readonly BrokenRow[] }> {
  const { find } = await findProducts(deps.store, page, asked.source);
  const matched = page.map((product) => ({ product, match: matchProduct(product, find) }));
  const ids = matched.flatMap(({ match }) => (match.kind === 'matched' ? [match.product.id] : []));
  const links = Map.groupBy(await deps.store.integrationsOf(ids), ({ productId }) => productId);
  const levels = asked.isMapped ? await deps.store.stockLevelsOf(ids) : [];
  const stored = Map.groupBy(levels, ({ productId }) => productId);
  const near = await nearRows(deps.store, page, find);
  return {
    rows: matched.map(({ product, match }) => rowOf(product, match, { ...asked, links, stored })),
    near: [...near.values()],
  };
}

function rowOf(product: WarehouseProduct, match: WarehouseMatch, known: Known): PreviewRow {
  const base = { product, kind: match.kind, shops: 0, perShop: [] };
  if (match.kind === 'unknown') return { ...base, ours: [] };
  if (match.kind === 'ambiguous') return { ...base, by: match.by, ours: match.products.map(named) };
  const ours = [named(match.product)];
  if (match.kind === 'differs') return { ...base, by: match.by, ours };
  const was = available(match.product.stock);
  const willBe = product.level === undefined ? was : Math.floor(product.level.available);
  const perShop = perShopOf(match.product, product, known);
  return { ...base, by: match.by, ours, was, willBe, shops: perShop.length, perShop };
}

type Known = Asked & {
  readonly links: ReadonlyMap<ProductId, readonly Integration[]>;
  readonly stored: ReadonlyMap<ProductId, readonly LocationStock[]>;
};

/** What each shop with a link is told now and would be told then: of the locations that it sells from. */
function perShopOf(product: Product, said: WarehouseProduct, known: Known): PreviewRow['perShop'] {
  const { source, shops, links, stored, parts } = known;
  const read = said.parts ?? parts?.get(said.key) ?? [];
  const then = changedParts({ productId: product.id, source, read, stored: [] }).put;
  const stock = said.level === undefined ? product.stock : stockFrom(said.level, source);
  return (links.get(product.id) ?? []).flatMap(({ ref: { shopId } }) => {
    const shop = shops.get(shopId);
    if (shop === undefined) return [];
    const was = wantedQuantity({ product, shop, parts: stored.get(product.id) }).quantity;
    const willBe = wantedQuantity({ product: { ...product, stock }, shop, parts: then }).quantity;
    return [{ shopId, was, willBe }];
  });
}

const named = ({ id, sku, content }: Product) => ({ id, sku, name: content.name });

function countsOf(rows: readonly PreviewRow[]): WarehousePreview['counts'] {
  const counts = { matched: 0, ambiguous: 0, differs: 0, unknown: 0 };
  const byKey: Partial<Record<MatchedBy, number>> = {};
  const byShop = new Map<ShopId, ShopPreview>();
  let [figures, links] = [0, 0];
  for (const { kind, by, was, willBe, perShop } of rows) {
    counts[kind] += 1;
    if (kind !== 'matched') continue;
    if (by !== undefined) byKey[by] = (byKey[by] ?? 0) + 1;
    if (was !== willBe) figures += 1;
    for (const { shopId, ...figure } of perShop) {
      if (figure.was === figure.willBe) continue;
      links += 1;
      const before = byShop.get(shopId) ?? { shopId, figures: 0, zeroes: 0 };
      const zeroes = before.zeroes + (figure.willBe !== undefined && figure.willBe <= 0 ? 1 : 0);
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
