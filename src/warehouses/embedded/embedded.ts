import { toProductId } from '../../domain/ids.ts';
import { available, type Product } from '../../domain/product.ts';
import {
  type StockLevel,
  toWarehouseId,
  toWarehouseKey,
  type WarehouseProduct,
} from '../../domain/warehouse/warehouse.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Warehouse, WarehouseCapabilities, WarehouseDriver, WarehouseInput } from '../../ports/warehouse.ts';

export const embeddedId = toWarehouseId('embedded');

const can: WarehouseCapabilities = {
  count: true,
  changedSince: false,
  changesConfirm: false,
  reserved: true,
  locations: 'none',
  ownAvailable: false,
  hostIds: false,
  complete: true,
};

const pageSize = 1_000;

function levelOf(product: Product, now: StockLevel['asOf']): StockLevel {
  const { onHand, reserved, at } = product.stock;
  return { key: toWarehouseKey(product.id), onHand, reserved, available: available(product.stock), asOf: at ?? now };
}

const described = (product: Product, now: StockLevel['asOf']): WarehouseProduct => ({
  key: toWarehouseKey(product.id),
  sku: product.sku,
  barcode: product.gtin,
  name: product.content.name,
  cost: product.cost,
  level: levelOf(product, now),
});

/** Bindeled's own figures: typed in, imported, counted. Nothing to set up. */
export function makeEmbedded({
  store,
  clock,
  actor,
}: Pick<WarehouseInput<unknown>, 'store' | 'clock' | 'actor'>): Warehouse {
  const page: Warehouse['products'] = async ({ cursor }, signal) => {
    if (signal.aborted) throw new ShopError('cancelled', { shop: 'warehouse', doing: 'reading products' });
    const after = cursor === undefined ? undefined : toProductId(cursor);
    const products = await store.productPage({ limit: pageSize, after });
    const asOf = clock.now();
    const next = products.length < pageSize ? undefined : products.at(-1)?.id;
    return { rows: products.map((product) => described(product, asOf)), broken: [], next, asOf };
  };
  return {
    id: embeddedId,
    can,
    test: async (signal) => ({ sample: (await page({}, signal)).rows.slice(0, 5), broken: [], notes: [] }),
    products: page,
    stock: async (request, signal) => {
      const read = await page(request, signal);
      return { ...read, rows: read.rows.flatMap(({ level }) => level ?? []) };
    },
    stockOf: async (keys) => {
      const asOf = clock.now();
      return (await store.products(keys.map(toProductId))).map((product) => levelOf(product, asOf));
    },
    stockAt: async () => ({ rows: [], broken: [] }),
    setOnHand: async ({ key, onHand }) => {
      const at = clock.now();
      const { put } = await store.change(async (now) => {
        const [product] = await now.products([toProductId(key)]);
        if (product === undefined) throw new ShopError('not-found', { shop: 'warehouse', doing: 'counting' });
        const stock = { onHand, reserved: product.stock.reserved, at };
        const event = { at, by: actor, productId: product.id, before: product.stock, stock, why: 'count' } as const;
        return {
          put: { products: [{ ...product, stock }] },
          drop: {},
          events: [{ ...event, type: 'stock-changed' }],
        };
      });
      const [counted] = put.products ?? [];
      if (counted === undefined) throw new Error(`a count of ${key} wrote no product`);
      return levelOf(counted, at);
    },
  };
}

/** Bindeled itself. */
export const embedded: WarehouseDriver = {
  id: embeddedId,
  label: { da: 'Bindeleds eget lager', en: "Bindeled's own stock" },
  credentials: [],
  options: { fields: [], parse: () => ({}) },
  can,
  normaliseAddress: () => ({ url: '' }),
  connect: makeEmbedded,
};
