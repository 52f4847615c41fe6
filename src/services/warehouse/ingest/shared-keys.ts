import type { ProductId } from '../../../domain/ids.ts';
import type { Product } from '../../../domain/product.ts';
import type { ChangeSet } from '../../../domain/reconcile/change-set.ts';
import type { WarehouseId, WarehouseProduct } from '../../../domain/warehouse/warehouse.ts';
import type { BrokenWarehouseRow } from '../../../ports/warehouse.ts';
import type { ServiceDependencies } from '../../dependencies/service-dependencies.ts';
import { productPages } from '../../facts/product-pages.ts';

/** What a reading learned of products of the warehouse that nothing tells apart. */
export type SharedKeys = {
  /** Takes rows in, and tells of each key that another product was found to bear as well. */
  note(rows: readonly WarehouseProduct[]): readonly BrokenWarehouseRow[];
  has(key: string): boolean;
  /** Products of ours that were found in this reading by what another may bear as well, and not by their key. */
  readonly fresh: Set<ProductId>;
  /** Products of ours that two of the warehouse's may be. */
  readonly products: Set<ProductId>;
};

export function makeSharedKeys(): SharedKeys {
  const first = new Map<string, Pick<WarehouseProduct, 'ownId' | 'sku'>>();
  const shared = new Set<string>();
  const note = (row: WarehouseProduct): readonly BrokenWarehouseRow[] => {
    const { key, ownId, sku, hostProductId } = row;
    const before = first.get(key);
    if (before === undefined) first.set(key, { ownId, sku });
    if (before === undefined || before.ownId === ownId || shared.has(key)) return [];
    shared.add(key);
    return [{ shopProductId: hostProductId ?? key, key, where: 'productId', said: onBoth(before, row) }];
  };
  return { note: (rows) => rows.flatMap(note), has: (key) => shared.has(key), fresh: new Set(), products: new Set() };
}

const onBoth = (...rows: readonly Pick<WarehouseProduct, 'ownId' | 'sku'>[]): string =>
  `stands on two products: ${rows.map(({ sku, ownId }) => sku ?? `#${ownId}`).join(' and ')}`;

/** The row of a second product that bears what ours was found by. */
export const secondOf = ({ key, ownId, sku, barcode }: WarehouseProduct, first: string): BrokenWarehouseRow => ({
  shopProductId: sku ?? barcode ?? key,
  key,
  where: 'itemNumber',
  said: onBoth({ ownId: first }, { ownId: ownId ?? key }),
});

/** From now on the figure of a product says nothing: two of the warehouse's may be it. */
export function markShared(
  deps: ServiceDependencies,
  product: Product,
  { source, key, changeSet }: { readonly source: WarehouseId; readonly key: string; readonly changeSet: ChangeSet },
): void {
  const now = changeSet.product(product.id) ?? product;
  const link = now.warehouse?.source === source ? now.warehouse : { source, key };
  if (link.sharedAt !== undefined) return;
  changeSet.apply({ table: 'products', put: { ...now, warehouse: { ...link, sharedAt: deps.clock.now() } } });
}

/** Products that a whole reading found to be one again. Answers those whose figure counts from now on. */
export async function clearShared(
  deps: ServiceDependencies,
  source: WarehouseId,
  { products: still }: SharedKeys,
): Promise<readonly ProductId[]> {
  const cleared: ProductId[] = [];
  for await (const page of productPages(deps)) {
    const ids = page.flatMap(({ id, warehouse: link }) =>
      link?.source === source && link.sharedAt !== undefined && !still.has(id) ? [id] : [],
    );
    if (ids.length === 0) continue;
    await deps.store.change(async (now) => ({
      put: {
        products: (await now.products(ids)).flatMap(({ warehouse, ...product }) =>
          warehouse === undefined ? [] : [{ ...product, warehouse: { ...warehouse, sharedAt: undefined } }],
        ),
      },
      drop: {},
      events: [],
    }));
    cleared.push(...ids);
  }
  return cleared;
}
