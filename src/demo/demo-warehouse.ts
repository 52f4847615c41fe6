import type { Services } from '../services/services.ts';
import type { RunEnvironment } from './run-bindeled.ts';
import { items } from './shops/catalogue.ts';
import { skuOf } from './shops/scenarios.ts';
import { fakeShop } from './simulators/fake-shop.ts';
import { type ServedShop, serve } from './simulators/server.ts';
import { makePeakWmsDialect } from './simulators/warehouses/peakwms.ts';
import { peakModel } from './simulators/warehouses/peakwms-model.ts';
import { makeTrytonDialect } from './simulators/warehouses/tryton.ts';
import { trytonModel } from './simulators/warehouses/tryton-model.ts';

/** The warehouse systems that the demo can be run with; without one, stock is Bindeled's own. */
export const demoWarehouseKinds = ['peakwms', 'tryton'] as const;
export type DemoWarehouseKind = (typeof demoWarehouseKinds)[number];

/** What lies in the warehouse of one product. */
export type DemoGoods = {
  readonly sku: string;
  readonly name: string;
  readonly ean?: string;
  readonly onHand: number;
  readonly reserved: number;
};

/** A simulated warehouse system, open on loopback. */
export type DemoWarehouse = {
  readonly kind: DemoWarehouseKind;
  readonly url: string;
  /** The environment variables that hold its key. */
  readonly variables: Readonly<Record<string, string>>;
  /** What people in the warehouse did since it was first read: some goods moved, and one was taken out of its list. */
  moveOn(): void;
  close(): Promise<void>;
};

/** A shelf of every good, the same each time: most on one, those with many pieces on two. */
const shelves = (
  { onHand }: DemoGoods,
  place: number,
): readonly { readonly shelf: string; readonly pieces: number }[] => {
  const shelf = `A-${String((place % 24) + 1).padStart(2, '0')}`;
  if (onHand < 20) return [{ shelf, pieces: onHand }];
  return [
    { shelf, pieces: onHand - 10 },
    { shelf: `B-${String((place % 12) + 1).padStart(2, '0')}`, pieces: 10 },
  ];
};

/** What the warehouse alone has: nobody fetched it from a shop. */
const onlyThere: readonly DemoGoods[] = [
  { sku: 'PAL-EUR', name: 'Europalle', onHand: 14, reserved: 0 },
  { sku: 'KAS-60', name: 'Plastkasse 60 l', onHand: 120, reserved: 0 },
];

/** Of these the stock moved after the first reading; the last is not there any more. */
const moved = 5;

/** What our own store has on hand of every product of the demo, which is what the warehouse is filled with. */
export async function goodsOf(services: Services): Promise<readonly DemoGoods[]> {
  const goods: DemoGoods[] = [];
  for (const sku of [...items.map((item) => item.sku), skuOf('only-in-warehouse')]) {
    const [product] = await services.lookup.identify(sku);
    if (product?.sku === undefined) continue;
    const { stock, content, gtin } = product;
    const { onHand, reserved } = stock;
    goods.push({ sku: product.sku, name: content.name, ean: gtin, onHand: Math.max(0, onHand), reserved });
  }
  return goods;
}

type Filled = Pick<DemoWarehouse, 'variables' | 'moveOn'> & { readonly path: string; serve(): Promise<ServedShop> };

function filledPeakWms(goods: readonly DemoGoods[]): Filled {
  const model = peakModel({ now: Date.now });
  const added = goods.map((good, place) =>
    model.add({
      sku: good.sku,
      name: good.name,
      ean: good.ean,
      ordered: good.reserved,
      lots: shelves(good, place).map(({ shelf, pieces }) => ({ locationCode: shelf, quantity: pieces })),
    }),
  );
  return {
    path: '/api/integration/v1',
    variables: { BINDELED_WAREHOUSE_KEY: model.key },
    serve: () => serve(fakeShop({ name: 'peakwms' }), makePeakWmsDialect(model)),
    moveOn: () => {
      for (const [place, good] of added.slice(0, moved).entries()) {
        if (place === moved - 1) model.remove(good);
        else model.count(good, place * 3);
      }
    },
  };
}

function filledTryton(goods: readonly DemoGoods[]): Filled {
  const model = trytonModel({ now: Date.now });
  const added = goods.map((good, place) => {
    const product = model.add({ code: good.sku, name: good.name, ean: good.ean });
    for (const { shelf, pieces } of shelves(good, place)) model.move(product, pieces, true, shelf);
    if (good.reserved > 0) model.move(product, -good.reserved, false, shelves(good, place)[0]?.shelf);
    return product;
  });
  return {
    path: '/erp',
    variables: { BINDELED_WAREHOUSE_USER: model.user, BINDELED_WAREHOUSE_PASSWORD: model.password },
    serve: () => serve(fakeShop({ name: 'tryton' }), makeTrytonDialect(model)),
    moveOn: () => {
      for (const [place, product] of added.slice(0, moved - 1).entries()) model.move(product, place + 1, true, 'A-01');
    },
  };
}

/** Fills a warehouse system with what our own store has, and two things more, and opens it on a free port. */
export async function startDemoWarehouse(kind: DemoWarehouseKind, goods: readonly DemoGoods[]): Promise<DemoWarehouse> {
  const all = [...goods, ...onlyThere];
  const { path, variables, moveOn, serve: open } = kind === 'peakwms' ? filledPeakWms(all) : filledTryton(all);
  const served = await open();
  return { kind, url: `${served.url}${path}`, variables, moveOn, close: () => served.close() };
}

type Run = (
  environment: RunEnvironment,
  words: readonly string[],
) => Promise<{ readonly code: number; readonly err: string }>;

/** Chooses the warehouse as a person would, and reads it for the first time. */
export async function connectWarehouse(warehouse: DemoWarehouse, environment: RunEnvironment, run: Run): Promise<void> {
  for (const words of [
    ['warehouse', 'add', warehouse.kind, warehouse.url],
    ['warehouse', 'sync'],
  ]) {
    const { code, err } = await run(environment, words);
    if (code !== 0) throw new Error(`bindeled ${words.join(' ')}: ${err}`);
  }
  warehouse.moveOn();
}
