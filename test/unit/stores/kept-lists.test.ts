import { expect, test, vi } from 'vitest';
import { makeRandom } from '../../../src/demo/seeded-random.ts';
import { type Changes, noChanges } from '../../../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../../../src/domain/ids.ts';
import { memoryStore } from '../../../src/stores/memory-store.ts';
import { checkKeptLists } from '../../store/kept-lists.ts';
import {
  instant,
  makeIntegration,
  makeListing,
  makeMark,
  makeProduct,
  makeSale,
  makeShop,
  morning,
  refTo,
} from '../../support/builders.ts';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('lists that every change moved are those that are made of what stands', () => checkKeptLists(1, 20));

test('a sale, and a word that two are not the same, move the lines that they are about', async () => {
  const store = memoryStore();
  const [dk, no] = [makeShop(), makeShop({ id: toShopId('no') })];
  const put = (records: Changes['put']) => store.change(async () => ({ ...noChanges, put: records }));
  await put({
    shops: [dk, no],
    products: [makeProduct()],
    listings: [makeListing()],
    integrations: [makeIntegration()],
  });
  const unsoldBefore = new Map([[dk.id, instant('2026-03-01T00:00:00Z')]]);
  const atShelf = () => store.inactiveCandidates({ unsoldBefore, at: morning, limit: 9 });
  const missing = async () => (await store.lineCounts(dk.id, morning)).missing;
  await put({ marks: [makeMark({ kind: 'not-for-this-shop', shopId: no.id })] });
  expect(await atShelf()).toEqual(['p1']);
  await put({ sales: [makeSale()] });
  expect(await atShelf()).toEqual([]);

  const ref = refTo('dk', '7');
  const other = makeProduct({ id: toProductId('p2'), sku: toSku('B-2'), gtin: undefined, contentFrom: undefined });
  await put({ products: [other], listings: [makeListing({ ref, sku: toSku('B-2') })] });
  expect(await missing()).toBe(1);
  await put({ rulings: [{ ref, at: morning, by: 'mette', kind: 'not-the-same', productId: other.id }] });
  expect(await missing()).toBe(0);
});

test('more than a few hundred lines are paged, filtered and counted as their order says, whatever came and went', async () => {
  const random = makeRandom(7);
  const store = memoryStore();
  const { id: shopId } = makeShop();
  const at = makeProduct().createdAt;
  const standing = new Map<string, string>();
  await store.change(async () => ({ ...noChanges, put: { shops: [makeShop()] } }));
  for (let round = 0; round < 12; round += 1) {
    const products = Array.from({ length: 220 }, () => {
      const number = random.below(2_500);
      const sku = `S-${String(random.below(100_000)).padStart(6, '0')}`;
      return { id: `p${number}`, sku };
    });
    const gone = [...standing.keys()].filter(() => random.below(9) === 0);
    await store.change(async () => ({
      put: {
        products: products.map(({ id, sku }) =>
          makeProduct({ id: id as never, sku: sku as never, contentFrom: { shopId, shopProductId: id as never } }),
        ),
      },
      drop: { products: gone },
      events: [],
    }));
    for (const id of gone) standing.delete(id);
    for (const { id, sku } of products) standing.set(id, sku);
    const wanted = [...standing].toSorted(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
    const offset = random.below(wanted.length);
    const page = await store.shopLines({ shopId, filter: 'missing', at, offset, limit: 5 });
    expect(page.lines.map(({ productId }) => productId)).toEqual(wanted.slice(offset, offset + 5).map(([id]) => id));
    expect(page).toMatchObject({ total: wanted.length, counts: { all: wanted.length, linked: 0 } });
  }
  expect(standing.size).toBeGreaterThan(1_000);
});
