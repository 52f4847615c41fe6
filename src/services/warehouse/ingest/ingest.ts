import type { Changes } from '../../../domain/changes.ts';
import { parseGtin, parseSku, toProductId } from '../../../domain/ids.ts';
import { type Product, type WarehouseLink, warehouseCode } from '../../../domain/product.ts';
import { type ChangeSet, makeChangeSet } from '../../../domain/reconcile/change-set.ts';
import { changedParts } from '../../../domain/warehouse/changed-parts.ts';
import type { LocationStock } from '../../../domain/warehouse/location-stock.ts';
import { matchProduct } from '../../../domain/warehouse/match-product.ts';
import { isOutdated, sameStock, stockFrom } from '../../../domain/warehouse/stock-of.ts';
import type { WarehouseKey, WarehouseProduct, WarehouseSettings } from '../../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import type { StoreReader } from '../../../ports/store.ts';
import type { ServiceDependencies } from '../../dependencies/service-dependencies.ts';
import { nearRows } from '../../stock/near-rows.ts';
import { findProducts } from './find-products.ts';
import { markShared, type SharedKeys, secondOf } from './shared-keys.ts';
import { takeIdentity } from './take-identity.ts';

export type Ingested = {
  readonly changes: Changes;
  readonly changed: number;
  /** Products whose figure changed, or what lies of them at some location. */
  readonly changedIds: readonly Product['id'][];
  readonly created: number;
  readonly unmatched: number;
  /** Rows that are not taken: of a file, those that name nearly a product of ours; those that another may be as well. */
  readonly refused: readonly BrokenRow[];
  /** Which of our products the rows are. */
  readonly matched: ReadonlyMap<WarehouseKey, Product['id']>;
};
type Given = {
  readonly rows: readonly WarehouseProduct[];
  /** Products of this page whose row could not be read. */
  readonly brokenKeys?: readonly WarehouseKey[];
  /** Products that a row of this reading stands for already, by its key: two rows are never one product. */
  readonly claimed: ReadonlyMap<Product['id'], string>;
  /** What the reading learned of products that nothing tells apart. */
  readonly shared: SharedKeys;
  readonly settings: WarehouseSettings;
  /** Whether every reading confirms all figures: then one that stays the same is not written again. */
  readonly complete: boolean;
};

/** What a page of the warehouse changes: figures of known products, new products where the warehouse decides which there are. */
export async function ingest(deps: ServiceDependencies, now: StoreReader, given: Given): Promise<Ingested> {
  const { rows, settings } = given;
  const { find, products } = await findProducts(now, rows, settings.kind);
  const changeSet = makeChangeSet({ products });
  const near = await nearRows(now, rows, find);
  const hasParts = rows.some(({ parts }) => parts !== undefined);
  const levels = hasParts ? await now.stockLevelsOf(products.map(({ id }) => id)) : [];
  const stored = Map.groupBy(levels, ({ productId }) => productId);
  const changedIds = new Set<Product['id']>();
  const matched = new Map<WarehouseKey, Product['id']>();
  const own = new Map<Product['id'], string>();
  const counts = { changed: 0, created: 0, unmatched: 0 };
  const { fresh } = given.shared;
  const refused: BrokenRow[] = [...near.values()];
  const share = (product: Product, key: string): void => {
    markShared(deps, product, { source: settings.kind, key, changeSet });
    given.shared.products.add(product.id);
  };
  for (const row of rows) {
    const match = matchProduct(row, find);
    if (given.shared.has(row.key)) {
      for (const one of [...find.byKey(row.key), ...(match.kind === 'matched' ? [match.product] : [])])
        share(one, row.key);
      continue;
    }
    const known = match.kind === 'matched' ? (changeSet.product(match.product.id) ?? match.product) : undefined;
    const namesake = match.kind === 'unknown' ? madeFor(row, changeSet) : undefined;
    const isNew = match.kind === 'unknown' && !near.has(row) && namesake === undefined;
    const made = isNew && settings.master === 'warehouse';
    const product = known ?? namesake ?? (made ? create(deps, row, changeSet) : undefined);
    const claim = product && (own.get(product.id) ?? given.claimed.get(product.id));
    if (product === undefined || (claim !== undefined && claim !== row.key)) {
      counts.unmatched += 1;
      // What was matched before stays so; where both come at once, neither is known to be it.
      const isFresh = product !== undefined && (fresh.has(product.id) || product.warehouse?.sharedAt !== undefined);
      if (isFresh && claim !== undefined) {
        share(product, claim);
        refused.push(secondOf(row, claim));
      }
      continue;
    }
    if (made || (match.kind === 'matched' && match.by !== 'key')) fresh.add(product.id);
    matched.set(row.key, product.id);
    own.set(product.id, row.key);
    setLink(deps, { row, product, given, changeSet });
    const figure = { row, product: changeSet.product(product.id) ?? product, given, changeSet };
    const changed = setFigure(deps, figure);
    if (setParts(figure, stored.get(product.id) ?? []) || changed) changedIds.add(product.id);
    if (made) counts.created += 1;
    else if (changed) counts.changed += 1;
  }
  await noteUnreadable(deps, now, { given, changeSet });
  return { changes: changeSet.changes(), ...counts, refused, changedIds: [...changedIds], matched };
}

/** The product that this page made of that item number already. */
function madeFor(row: WarehouseProduct, changeSet: ChangeSet): Product | undefined {
  const sku = parseSku(row.sku ?? '');
  return sku === undefined ? undefined : changeSet.productsBySku(sku)[0];
}

function create(deps: ServiceDependencies, row: WarehouseProduct, changeSet: ChangeSet): Product {
  const at = deps.clock.now();
  const product: Product = {
    id: toProductId(deps.newId()),
    sku: parseSku(row.sku ?? ''),
    gtin: parseGtin(row.barcode ?? ''),
    origin: 'warehouse',
    content: { name: row.name ?? row.sku ?? row.key },
    stock: { onHand: 0, reserved: 0 },
    cost: row.cost,
    createdAt: at,
  };
  changeSet.record([{ at, by: deps.actor, type: 'product-created', product }]);
  return product;
}

/** Keeps what the warehouse knows it by, and, where the warehouse decides, what it calls it. */
function setLink(deps: ServiceDependencies, { row, product, given: { settings, complete }, changeSet }: Figure): void {
  const { key, hostProductId, hostVariantId } = row;
  const known = product.warehouse?.source === settings.kind ? product.warehouse.unreadableSince : undefined;
  const unreadableSince = row.level === undefined ? (known ?? deps.clock.now()) : undefined;
  // A whole reading that ends well says that it is one again; a file says so by itself.
  const sharedAt = product.warehouse?.source === settings.kind && complete ? product.warehouse.sharedAt : undefined;
  const link: WarehouseLink = { source: settings.kind, key, hostProductId, hostVariantId, unreadableSince };
  const warehouse: WarehouseLink = sharedAt === undefined ? link : { ...link, sharedAt };
  const called = takeIdentity(row, product, { settings, changeSet, at: deps.clock.now(), by: deps.actor });
  const before = product.warehouse;
  const same =
    before?.source === warehouse.source &&
    before.key === key &&
    before.hostProductId === hostProductId &&
    before.hostVariantId === hostVariantId &&
    before.goneAt === undefined &&
    before.unreadableSince === unreadableSince &&
    before.sharedAt === sharedAt;
  if (same) return;
  changeSet.apply({ table: 'products', put: { ...called, warehouse } });
  if (before?.source === settings.kind && before.goneAt !== undefined) {
    const back = { type: 'back-in-warehouse', productId: product.id, source: settings.kind } as const;
    changeSet.record([{ at: deps.clock.now(), by: deps.actor, ...back }]);
  }
}

/** A product whose row could not be read keeps its figure, which no reading confirms from then on. */
async function noteUnreadable(
  deps: ServiceDependencies,
  now: StoreReader,
  { given: { brokenKeys = [], settings }, changeSet }: Pick<Figure, 'given' | 'changeSet'>,
): Promise<void> {
  if (brokenKeys.length === 0) return;
  const { kind: source } = settings;
  const codes = brokenKeys.map((key) => warehouseCode({ source, key }));
  for (const product of await now.productsBy({ warehouseCodes: codes })) {
    const link = product.warehouse;
    if (link === undefined || link.unreadableSince !== undefined) continue;
    const warehouse = { ...link, unreadableSince: deps.clock.now() };
    changeSet.apply({ table: 'products', put: { ...product, warehouse } });
  }
}

type Figure = {
  readonly row: WarehouseProduct;
  readonly product: Product;
  readonly given: Given;
  readonly changeSet: ChangeSet;
};

function setFigure(deps: ServiceDependencies, { row, product, given, changeSet }: Figure): boolean {
  const { level } = row;
  const source = given.settings.kind;
  if (level === undefined || isOutdated(level, product.stock, source)) return false;
  const stock = stockFrom(level, source);
  if (sameStock(stock, product.stock)) {
    if (!given.complete && stock.at !== product.stock.at)
      changeSet.apply({ table: 'products', put: { ...product, stock } });
    return false;
  }
  const at = deps.clock.now();
  const { stock: before, id: productId } = product;
  changeSet.record([{ at, by: deps.actor, type: 'stock-changed', productId, before, stock, why: 'warehouse' }]);
  return true;
}

/** Keeps what lies at each location, where the warehouse tells it with the product. */
function setParts({ row, product, given, changeSet }: Figure, stored: readonly LocationStock[]): boolean {
  const source = given.settings.kind;
  const { parts, level } = row;
  if (parts === undefined || (level !== undefined && isOutdated(level, product.stock, source))) return false;
  const { put, drop } = changedParts({ productId: product.id, source, read: parts, stored });
  for (const part of put) changeSet.apply({ table: 'stockLevels', put: part });
  for (const key of drop) changeSet.apply({ table: 'stockLevels', drop: key });
  return put.length + drop.length > 0;
}
