import { describe, expect, test } from 'vitest';
import type { StockLevel, WarehouseProduct } from '../../src/domain/warehouse/warehouse.ts';
import { toWarehouseKey } from '../../src/domain/warehouse/warehouse.ts';
import { ShopError } from '../../src/ports/shop-error.ts';
import type { Warehouse, WarehousePage } from '../../src/ports/warehouse.ts';

/** What lies in the warehouse: said to the other side's own people, and expected through the port. */
export type Goods = {
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  readonly lots: readonly { readonly location: string; readonly onHand: number }[];
  readonly reserved: number;
};

export type WarehouseHarness = {
  readonly warehouse: Warehouse;
  /** Puts goods into the warehouse as its own people would. */
  stockUp(goods: readonly Goods[]): Promise<void>;
  /** The same warehouse asked with a wrong key, where it has one. */
  readonly wrongKey?: Warehouse;
  /** Somebody counts there: the first location of a product. */
  recount(sku: string, onHand: number): Promise<void>;
};

const forever = new AbortController().signal;

/** Every row of a reading that must end. */
export async function readAll<Row>(
  page: (cursor: string | undefined) => Promise<WarehousePage<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 2_000; pages += 1) {
    const read = await page(cursor);
    rows.push(...read.rows);
    if (read.next === undefined) return rows;
    cursor = read.next;
  }
  throw new Error('the reading does not end');
}

const allProducts = (warehouse: Warehouse): Promise<readonly WarehouseProduct[]> =>
  readAll((cursor) => warehouse.products({ cursor }, forever));
const allStock = (warehouse: Warehouse): Promise<readonly StockLevel[]> =>
  readAll((cursor) => warehouse.stock({ cursor }, forever));

const goods = (count: number): readonly Goods[] =>
  Array.from({ length: count }, (_, place) => ({
    sku: `SOK-${String(place + 1).padStart(4, '0')}`,
    name: `Sokker nr. ${place + 1}`,
    barcode: place === 0 ? '5701234567899' : undefined,
    lots: [
      { location: 'A1', onHand: place + 3 },
      { location: 'B2', onHand: place % 4 },
    ],
    reserved: place % 3,
  }));

const sumOf = ({ lots }: Goods): number => lots.reduce((total, { onHand }) => total + onHand, 0);

/** What every warehouse promises, whatever it can do; differences are read from `can`. `many` products are some pages. */
export function warehouseContract(name: string, open: () => Promise<WarehouseHarness>, many = 603): void {
  describe(`the warehouse of ${name}`, () => {
    test('shows every product once, with a key that stays', async () => {
      const { warehouse, stockUp } = await open();
      const stocked = goods(many);
      await stockUp(stocked);
      const [first, again] = [await allProducts(warehouse), await allProducts(warehouse)];
      expect(first.map(({ sku }) => sku).toSorted()).toEqual(stocked.map(({ sku }) => sku));
      expect(new Set(first.map(({ key }) => key)).size).toBe(many);
      if (warehouse.acknowledge === undefined || again.length > 0)
        expect(again.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
      expect(first.find(({ sku }) => sku === 'SOK-0001')?.barcode).toContain('5701234567899');
    });

    test('tells the sum of a product as it is', async () => {
      const { warehouse, stockUp } = await open();
      const stocked = goods(7);
      await stockUp(stocked);
      const bySku = new Map((await allProducts(warehouse)).map((product) => [product.sku, product.level]));
      for (const one of stocked) {
        const level = bySku.get(one.sku);
        expect(level?.onHand).toBe(sumOf(one));
        if (!warehouse.can.reserved) continue;
        expect(level?.reserved).toBe(one.reserved);
        expect(level?.available).toBe(sumOf(one) - one.reserved);
      }
    });

    test('tells stock by location where it can, and the sum where it cannot', async () => {
      const { warehouse, stockUp } = await open();
      const stocked = goods(3);
      await stockUp(stocked);
      const keys = new Map((await allProducts(warehouse)).map(({ sku, key }) => [sku, key]));
      const levels = await allStock(warehouse);
      for (const one of stocked) {
        const own = levels.filter(({ key }) => key === keys.get(one.sku));
        expect(own.reduce((total, { onHand }) => total + onHand, 0)).toBe(sumOf(one));
        expect(own.some(({ location }) => location !== undefined)).toBe(warehouse.can.locations !== 'none');
      }
    });

    test('answers for the keys that were asked, and leaves out what it does not know', async () => {
      const { warehouse, stockUp, recount } = await open();
      await stockUp(goods(5));
      const [, second, third] = await allProducts(warehouse);
      await recount(third!.sku!, 40);
      const levels = await warehouse.stockOf([second!.key, third!.key, toWarehouseKey('999999')], forever);
      expect(levels.map(({ key }) => key).toSorted()).toEqual([second!.key, third!.key].toSorted());
      expect(levels.find(({ key }) => key === third!.key)?.onHand).toBeGreaterThanOrEqual(40);
    });

    test('an empty warehouse is empty, not broken', async () => {
      const { warehouse } = await open();
      expect(await allProducts(warehouse)).toEqual([]);
      expect(await allStock(warehouse)).toEqual([]);
      expect((await warehouse.test(forever)).sample).toEqual([]);
    });

    test('a test shows the first products', async () => {
      const { warehouse, stockUp } = await open();
      await stockUp(goods(9));
      const report = await warehouse.test(forever);
      expect(report.sample.length).toBeGreaterThan(0);
      expect(report.sample[0]?.sku).toMatch(/^SOK-/);
    });

    test('a wrong key is told as one', async () => {
      const { wrongKey } = await open();
      if (wrongKey === undefined) return;
      await expect(wrongKey.test(forever)).rejects.toMatchObject({ kind: 'unauthorized' });
      await expect(wrongKey.products({}, forever)).rejects.toBeInstanceOf(ShopError);
    });

    test('a reading that nobody wants any more ends as cancelled', async () => {
      const { warehouse, stockUp } = await open();
      await stockUp(goods(1));
      const stopped = AbortSignal.abort(new Error('enough'));
      await expect(warehouse.products({}, stopped)).rejects.toMatchObject({ kind: 'cancelled' });
    });

    test('takes a count exactly where it says that it can', async () => {
      const { warehouse, stockUp } = await open();
      const [, scattered] = goods(2);
      const lots = [{ location: 'A1', onHand: 4 }];
      await stockUp([scattered!, { ...scattered!, sku: 'X-1', barcode: undefined, lots, reserved: 0 }]);
      const products = await allProducts(warehouse);
      const keyOf = (sku: string) => products.find((product) => product.sku === sku)!.key;
      expect(warehouse.setOnHand !== undefined).toBe(warehouse.can.count);
      if (warehouse.setOnHand === undefined) return;
      const count = { key: keyOf('X-1'), onHand: 17 };
      for (let times = 0; times < 2; times += 1) expect((await warehouse.setOnHand(count, forever)).onHand).toBe(17);
      expect((await warehouse.stockOf([count.key], forever))[0]?.onHand).toBe(17);
      if (warehouse.can.locations === 'none') return;
      // Four lie at A1 and one at B2: which of them was counted has to be said.
      const whole = { key: keyOf(scattered!.sku), onHand: 9 };
      await expect(warehouse.setOnHand(whole, forever)).rejects.toMatchObject({ kind: 'refused' });
      expect((await warehouse.stockOf([whole.key], forever))[0]?.onHand).toBe(5);
      for (let times = 0; times < 2; times += 1)
        expect((await warehouse.setOnHand({ ...whole, location: 'A1' }, forever)).onHand).toBe(10);
      const nowhere = warehouse.setOnHand({ ...whole, location: 'Z-99' }, forever);
      await expect(nowhere).rejects.toMatchObject({ kind: 'refused' });
    });

    test('what a stranger wrote is cleaned', async () => {
      const { warehouse, stockUp } = await open();
      await stockUp([
        { sku: 'X-1', name: 'Kop\u001b[31m rød\u202e', lots: [{ location: 'A', onHand: 1 }], reserved: 0 },
      ]);
      const [product] = await allProducts(warehouse);
      expect(product?.name ?? 'Kop rød').toBe('Kop rød');
    });
  });
}
