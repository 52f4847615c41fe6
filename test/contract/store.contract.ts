import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Changes, keyOf, noChanges, placeKey, refKey } from '../../src/domain/changes.ts';
import type { Conflict, Ruling } from '../../src/domain/conflict.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { parseGtin, toPlanId, toProductId, toShopId, toShopProductId, toSku } from '../../src/domain/ids.ts';
import { warehouseCode } from '../../src/domain/product.ts';
import type { PushPlan } from '../../src/domain/push-plan.ts';
import type { Store } from '../../src/ports/store.ts';
import { Refusal } from '../../src/services/dependencies/refusal.ts';
import {
  instant,
  makeContent,
  makeIntegration,
  makeListing,
  makeLocationStock,
  makeMark,
  makeProduct,
  makeSale,
  makeShop,
  makeShopState,
  makeTombstone,
  mette,
  morning,
  refTo,
} from '../support/builders.ts';

/** A store to be held to the contract: made anew for each test, and taken away after it. */
export type StoreUnderTest = { readonly open: () => Promise<Store>; readonly remove: () => Promise<void> };

const p = toProductId;
const put = (records: Changes['put'], events: Changes['events'] = []): (() => Promise<Changes>) => {
  return async () => ({ put: records, drop: {}, events });
};
const linked = (productId: string, shop: string, id: string, variant?: string) =>
  makeIntegration({ productId: p(productId), ref: refTo(shop, id, variant) });
const created = (productId: string, shop: string): DomainEvent => ({
  at: morning,
  by: mette,
  type: 'integration-created',
  integration: linked(productId, shop, '1'),
});

/** What every store promises, whatever lies beneath. */
export function describeStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the store contract`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await make();
      store = await under.open();
    });
    afterEach(async () => {
      await store.close();
      await under.remove();
    });

    test('an empty store answers every question with nothing', async () => {
      expect(await store.shops()).toEqual([]);
      expect(await store.products([p('p1')])).toEqual([]);
      expect(await store.productPage({ limit: 10 })).toEqual([]);
      expect(await store.listingsWith(toShopProductId('1'))).toEqual([]);
      expect(await store.plan(toPlanId('none'))).toBeUndefined();
      expect(await store.history({ limit: 10 })).toEqual([]);
      expect(await store.search({ text: 'a', limit: 10 })).toEqual([]);
      expect(await store.counts()).toEqual({ products: 0, integrations: 0, listings: 0, conflicts: 0, shops: [] });
    });

    test('a change that could not be read back is refused whole, and says which record and field', async () => {
      const nobody = makeProduct({ stock: { onHand: Number.NaN, reserved: 0, at: morning } });
      const endless = makeListing({
        ref: refTo('dk', '7'),
        stock: { tracked: true, quantity: Number.POSITIVE_INFINITY },
      });
      const unsent = { ...linked('p1', 'dk', '1'), pushed: { quantity: Number.NaN, at: morning } };
      const kept = makeProduct({ id: p('p2'), sku: toSku('KEPT') });
      const wrong = { kind: 'wrong-shape' };
      await expect(store.change(put({ products: [kept, nobody] }))).rejects.toMatchObject({
        ...wrong,
        detail: expect.stringContaining('products, p1: stock.onHand: '),
      });
      await expect(store.change(put({ products: [kept], listings: [endless] }))).rejects.toMatchObject({
        ...wrong,
        detail: expect.stringContaining('listings, dk 7: stock'),
      });
      const told: DomainEvent = { at: morning, by: mette, type: 'integration-created', integration: unsent };
      await expect(store.change(put({ products: [kept] }, [told]))).rejects.toMatchObject({
        ...wrong,
        detail: expect.stringContaining('integration.pushed.quantity: '),
      });
      expect(await store.counts()).toMatchObject({ products: 0, listings: 0 });
      expect(await store.history({ limit: 10 })).toEqual([]);
      await store.change(put({ products: [kept] }, [created('p2', 'dk')]));
      expect(await store.products([p('p2')])).toEqual([kept]);
    });

    test('every kind of record is found again by its natural key, and gone once dropped', async () => {
      const ref = refTo('dk', '7', '3');
      const conflict: Conflict = { kind: 'sku-changed', ref, since: morning, holder: p('p1'), sku: toSku('B') };
      const ruling: Ruling = { kind: 'not-the-same', ref, at: morning, by: 'mette', productId: p('p2') };
      const plan: PushPlan = {
        id: toPlanId('plan'),
        madeAt: morning,
        expiresAt: morning,
        by: 'mette',
        shopIds: [],
        rows: [],
      };
      const records = {
        shops: [makeShop()],
        shopStates: [makeShopState({ shopId: toShopId('dk') })],
        products: [makeProduct()],
        stockLevels: [makeLocationStock()],
        listings: [makeListing({ ref })],
        integrations: [makeIntegration({ ref })],
        tombstones: [makeTombstone({ integration: linked('p2', 'no', '9') })],
        conflicts: [conflict],
        rulings: [ruling],
        sales: [makeSale({ ref })],
        marks: [makeMark()],
        plans: [plan],
      };
      await store.change(put(records));
      const answers = async () => [
        await store.shops(),
        await store.shopStates(),
        await store.products([p('p1'), p('p1')]),
        await store.stockLevelsOf([p('p1'), p('p1')]),
        await store.listingsAt([ref, ref]),
        await store.integrationsAt([ref]),
        await store.integrationsOf([p('p1')]),
        await store.tombstonesAt([refTo('no', '9')]),
        await store.tombstonesOf([p('p2')]),
        await store.conflictsAt([ref]),
        await store.conflictsOf([p('p1')]),
        await store.rulingsAt([ref]),
        await store.salesAt([ref]),
        await store.marksOf([p('p1')]),
        [await store.plan(plan.id)].filter((one) => one !== undefined),
      ];
      const { integrations, tombstones, conflicts } = records;
      expect(await answers()).toEqual([
        ...[records.shops, records.shopStates, records.products, records.stockLevels],
        ...[records.listings, integrations, integrations],
        ...[tombstones, tombstones, conflicts, conflicts, records.rulings, records.sales, records.marks, [plan]],
      ]);
      const drop = {
        shops: records.shops.map(keyOf.shops),
        shopStates: records.shopStates.map(keyOf.shopStates),
        products: records.products.map(keyOf.products),
        stockLevels: records.stockLevels.map(keyOf.stockLevels),
        listings: records.listings.map(keyOf.listings),
        integrations: integrations.map(keyOf.integrations),
        tombstones: tombstones.map(keyOf.tombstones),
        conflicts: conflicts.map(keyOf.conflicts),
        rulings: records.rulings.map(keyOf.rulings),
        sales: records.sales.map(keyOf.sales),
        marks: records.marks.map(keyOf.marks),
        plans: [plan].map(keyOf.plans),
      };
      await store.change(async () => ({ put: {}, drop, events: [] }));
      expect((await answers()).flat()).toEqual([]);
    });

    test('a product is found by its key in the warehouse, and no more by one that it had before', async () => {
      const code = (key: string) => warehouseCode({ source: 'peakwms', key });
      const found = async (...keys: string[]) =>
        (await store.productsBy({ warehouseCodes: keys.map(code) })).map(({ id }) => id);
      const known = (key: string) => makeProduct({ warehouse: { source: 'peakwms', key } });
      await store.change(put({ products: [known('10411/7'), makeProduct({ id: p('p2') })] }));
      expect(await found('10411/7', '10412')).toEqual(['p1']);
      expect(await store.productsBy({ warehouseCodes: [warehouseCode({ source: 'files', key: '10411/7' })] })).toEqual(
        [],
      );
      await store.change(put({ products: [known('#99')] }));
      expect(await found('10411/7')).toEqual([]);
      expect(await found('#99')).toEqual(['p1']);
    });

    test('what lies at a location is found by its product, replaced by the next word, and the locations are listed by name', async () => {
      const at = (location: string, product: string, onHand = 1) =>
        makeLocationStock({ location, productId: p(product), onHand });
      await store.change(put({ stockLevels: [at('B-1', 'p1'), at('A-2', 'p1'), at('A-2', 'p2'), at('A-1', 'p2')] }));
      await store.change(put({ stockLevels: [at('A-2', 'p1', 7)] }));
      const found = await store.stockLevelsOf([p('p1')]);
      expect(found.map(({ location, onHand }) => `${location}:${onHand}`).sort()).toEqual(['A-2:7', 'B-1:1']);
      const first = await store.stockLocations({ limit: 2 });
      expect(first).toEqual([
        { location: 'A-1', products: 1 },
        { location: 'A-2', products: 2 },
      ]);
      expect(await store.stockLocations({ after: 'A-2', limit: 2 })).toEqual([{ location: 'B-1', products: 1 }]);
    });

    test('a shop that is mapped to locations differs from their sum, not from all there is', async () => {
      const [dk, no] = [makeShop({ locations: ['A-*'] }), makeShop({ id: toShopId('no'), name: 'NO' })];
      const links = [linked('p1', 'dk', '1'), linked('p1', 'no', '1')];
      const listings = links.map(({ ref }) => makeListing({ ref, stock: { tracked: true, quantity: 10 } }));
      const stockLevels = [
        makeLocationStock({ location: 'A-1', available: 6 }),
        makeLocationStock({ location: 'B-1', available: 4 }),
      ];
      const products = [makeProduct({ stock: { onHand: 10, reserved: 0 } })];
      await store.change(put({ shops: [dk, no], products, integrations: links, listings, stockLevels }));
      const differ = async () =>
        Promise.all([dk, no].map(async ({ id }) => (await store.lineCounts(id, morning))['stock-differs']));
      expect(await differ()).toEqual([1, 0]);
      await store.change(put({ stockLevels: [makeLocationStock({ location: 'A-1', available: 10 })] }));
      expect(await differ()).toEqual([0, 0]);
      await store.change(put({ shops: [makeShop({ locations: ['B-1'] })] }));
      expect(await differ()).toEqual([1, 0]);
      const drop = { stockLevels: stockLevels.map(keyOf.stockLevels) };
      await store.change(async () => ({ put: {}, drop, events: [] }));
      expect(await differ()).toEqual([0, 0]);
    });

    test('an index follows a record that changes', async () => {
      const gtin = parseGtin('5712345000012');
      await store.change(put({ products: [makeProduct({ sku: toSku('A-100') })] }));
      expect(await store.productsNear(['a 100'])).toHaveLength(1);
      expect(await store.productsBy({ gtins: gtin === undefined ? [] : [gtin] })).toEqual([]);
      await store.change(put({ products: [makeProduct({ sku: toSku('B-7'), contentFrom: refTo('se', '4') })] }));
      expect(await store.productsBy({ skus: [toSku('A-100')] })).toEqual([]);
      expect(await store.productsNear(['a 100'])).toEqual([]);
      expect(await store.productsNear(['00b_7'])).toHaveLength(1);
      expect(await store.productsFrom([refTo('dk', '101')])).toEqual([]);
      expect(await store.productsFrom([refTo('se', '4')])).toHaveLength(1);
    });

    test('a shop product id is found in every shop with all its variants', async () => {
      const refs = [refTo('dk', '5'), refTo('no', '5', '1'), refTo('no', '5', '2'), refTo('no', '55')];
      await store.change(put({ listings: refs.map((ref) => makeListing({ ref })) }));
      const found = await store.listingsWith(toShopProductId('5'));
      expect(found.map(({ ref }) => refKey(ref)).sort()).toEqual(refs.slice(0, 3).map(refKey).sort());
      expect(await store.listingsOn(toShopId('no'))).toHaveLength(3);
      expect(await store.listingsBy({ skus: [toSku('A-100')] })).toHaveLength(4);
    });

    test('a former item number and what stands in a barcode field are found, the second however it is spaced', async () => {
      await store.change(
        put({
          products: [makeProduct({ sku: toSku('NEW'), formerSkus: [toSku('OLD')] })],
          listings: [makeListing({ ref: refTo('dk', '7'), barcode: 'Lager 12' })],
        }),
      );
      expect(await store.productsBy({ skus: [toSku('OLD')] })).toEqual([]);
      expect((await store.productsBy({ formerSkus: [toSku('OLD')] })).map(({ sku }) => sku)).toEqual(['NEW']);
      expect(await store.listingsBy({ barcodes: [' lager12'] })).toHaveLength(1);
      expect((await store.search({ text: 'OLD', limit: 5 }))[0]).toMatchObject({ matched: 'former-sku', how: 'exact' });
      expect((await store.search({ text: 'LAGER 12', limit: 5 }))[0]).toMatchObject({ matched: 'barcode' });
      // A second GTIN, beside the one that the product has, whatever its zeros.
      const gtin = parseGtin('5701234567899');
      await store.change(put({ listings: [makeListing({ ref: refTo('dk', '8'), gtin, barcode: '036000291452' })] }));
      for (const asked of ['036000291452', '0036000291452', '00036000291452'])
        expect((await store.search({ text: asked, limit: 5 }))[0]).toMatchObject({ matched: 'barcode', how: 'exact' });
      expect((await store.search({ text: '5701234567899', limit: 5 }))[0]).toMatchObject({ matched: 'gtin' });
    });

    test('products come a page at a time in an order that later changes do not alter', async () => {
      const products = Array.from({ length: 25 }, (_, n) => makeProduct({ id: p(`p${(n * 7) % 25}`) }));
      await store.change(put({ products }));
      const pages = async () => {
        const seen: string[] = [];
        for (let page = await store.productPage({ limit: 10 }); page.length > 0; ) {
          seen.push(...page.map(({ id }) => id));
          page = await store.productPage({ after: page.at(-1)!.id, limit: 10 });
        }
        return seen;
      };
      const before = await pages();
      await store.change(put({ products: [makeProduct({ id: p('p3'), sku: toSku('other') })] }));
      expect(new Set(before).size).toBe(25);
      expect(await pages()).toEqual(before);
    });

    test('a page is full as long as there are more products, those that came later and the gaps of those that went too', async () => {
      const all = Array.from({ length: 12 }, (_, n) => makeProduct({ id: p(`p${n}`) }));
      await store.change(put({ products: all.slice(0, 10) }));
      expect(await store.productPage({ limit: 4 })).toHaveLength(4);
      const gone = all.slice(2, 4).map(keyOf.products);
      await store.change(async () => ({ put: { products: all.slice(10) }, drop: { products: gone }, events: [] }));
      const ids = async (after: string) =>
        (await store.productPage({ after: p(after), limit: 4 })).map(({ id }) => String(id));
      expect(await ids('p0')).toEqual(['p1', 'p4', 'p5', 'p6']);
      expect(await ids('p9')).toEqual(['p10', 'p11']);
    });

    test('first law: a second integration of a product in a shop is refused, and nothing of the change is written', async () => {
      await store.change(put({ integrations: [linked('p1', 'dk', '1')] }));
      const change = store.change(
        put({ integrations: [linked('p1', 'dk', '2')], products: [makeProduct()] }, [created('p1', 'dk')]),
      );
      await expect(change).rejects.toMatchObject({ name: 'StoreError', kind: 'law-broken' });
      expect(await store.integrationsOf([p('p1')])).toEqual([linked('p1', 'dk', '1')]);
      expect(await store.products([p('p1')])).toEqual([]);
      expect(await store.history({ limit: 9 })).toEqual([]);
    });

    test('first law within one change', async () => {
      const change = store.change(put({ integrations: [linked('p1', 'dk', '1'), linked('p1', 'dk', '2')] }));
      await expect(change).rejects.toMatchObject({ kind: 'law-broken' });
    });

    test('second law: a listing cannot belong to two products, standing or new', async () => {
      await store.change(put({ integrations: [linked('p1', 'dk', '1', '4')] }));
      const standing = store.change(put({ integrations: [linked('p2', 'dk', '1', '4')] }));
      await expect(standing).rejects.toMatchObject({ kind: 'law-broken' });
      const together = store.change(put({ integrations: [linked('p3', 'dk', '8'), linked('p4', 'dk', '8')] }));
      await expect(together).rejects.toMatchObject({ kind: 'law-broken' });
      expect((await store.counts()).integrations).toBe(1);
    });

    test('the laws know variants and shops apart, and let links change places when the old ones are dropped', async () => {
      await store.change(
        put({ integrations: [linked('p1', 'dk', '1', '1'), linked('p2', 'dk', '1', '2'), linked('p1', 'no', '1')] }),
      );
      await store.change(async () => ({
        ...noChanges,
        put: { integrations: [linked('p1', 'dk', '1', '2'), linked('p2', 'dk', '1', '1')] },
        drop: { integrations: [placeKey(p('p1'), toShopId('dk')), placeKey(p('p2'), toShopId('dk'))] },
      }));
      expect(await store.integrationsAt([refTo('dk', '1', '2')])).toEqual([linked('p1', 'dk', '1', '2')]);
      expect((await store.counts()).integrations).toBe(3);
    });

    test('a decision that fails changes nothing, fails as it is, and does not stop the next', async () => {
      // Whoever is asked to choose is no trouble of the store: what was thrown is told as what it is.
      const no = new Refusal('needs-reason');
      const failing = store.change(async () => {
        throw no;
      });
      const next = store.change(put({ products: [makeProduct()] }));
      await expect(failing).rejects.toBe(no);
      await next;
      expect((await store.counts()).products).toBe(1);
    });

    test('many changes at once are decided one after another, each seeing those before', async () => {
      const raise = () =>
        store.change(async (now) => {
          const [product] = await now.products([p('p1')]);
          const onHand = (product?.stock.onHand ?? 0) + 1;
          return { ...noChanges, put: { products: [makeProduct({ stock: { onHand, reserved: 0 } })] } };
        });
      await Promise.all(Array.from({ length: 100 }, raise));
      expect((await store.products([p('p1')]))[0]?.stock.onHand).toBe(100);
    });

    test('history counts up by one, newest first, and is asked by product, shop, kind, number and moment', async () => {
      await store.change(put({}, [created('p1', 'dk'), created('p2', 'no')]));
      await store.change(put({}, [{ ...created('p1', 'no'), at: instant('2026-11-25T08:00:00.000Z') }]));
      const asked = async (query: Partial<Parameters<Store['history']>[0]>) =>
        (await store.history({ limit: 10, ...query })).map(({ seq }) => seq);
      expect(await asked({})).toEqual([3, 2, 1]);
      expect(await asked({ limit: 1 })).toEqual([3]);
      expect(await asked({ productId: p('p1') })).toEqual([3, 1]);
      expect(await asked({ shopId: toShopId('no') })).toEqual([3, 2]);
      expect(await asked({ types: ['stock-pushed'] })).toEqual([]);
      expect(await asked({ before: 3 })).toEqual([2, 1]);
      expect(await asked({ since: instant('2026-11-25T00:00:00.000Z') })).toEqual([3]);
      expect((await store.events([2, 9])).map(({ seq }) => seq)).toEqual([2]);
    });

    test('who watches is told after a change, and no more once stopped', async () => {
      const told: number[] = [];
      const stop = store.watch(() => void told.push(1));
      await store.change(put({ products: [makeProduct()] }));
      expect(told.length).toBeGreaterThan(0);
      stop();
      const before = told.length;
      await store.change(put({ products: [makeProduct({ id: p('p2') })] }));
      expect(told.length).toBe(before);
    });

    test('counts are kept for the whole and for each shop', async () => {
      await store.change(
        put({
          shops: [makeShop()],
          listings: [makeListing(), makeListing({ ref: refTo('dk', '2') })],
          integrations: [makeIntegration()],
        }),
      );
      const shops = [{ shopId: toShopId('dk'), listings: 2, integrations: 1, conflicts: 0 }];
      expect(await store.counts()).toEqual({ products: 0, integrations: 1, listings: 2, conflicts: 0, shops });
    });

    test('search says what matched: exact before beginning before middle', async () => {
      const gtin = parseGtin('5712345000019');
      await store.change(
        put({
          products: [
            makeProduct({ id: p('middle'), sku: toSku('XA-100') }),
            makeProduct({ id: p('beginning'), sku: toSku('A-1001') }),
            makeProduct({ id: p('exact'), sku: toSku('A-100'), gtin }),
          ],
          listings: [makeListing({ ref: refTo('dk', '8812', '77') })],
          integrations: [linked('exact', 'dk', '8812', '77')],
        }),
      );
      const found = async (text: string) =>
        (await store.search({ text, limit: 10 })).map(({ matched, how, productId }) => [matched, how, productId]);
      expect(await found(' a-100 ')).toEqual([
        ['sku', 'exact', 'exact'],
        ['sku', 'beginning', 'beginning'],
        ['sku', 'middle', 'middle'],
      ]);
      expect(await found('8812')).toEqual([['shop-product-id', 'exact', 'exact']]);
      expect(await found('77')).toEqual([['shop-variant-id', 'exact', 'exact']]);
      expect(await found('881')).toEqual([['shop-product-id', 'beginning', 'exact']]);
      expect((await found('aeblegroed')).map(([matched]) => matched)).toEqual(['name', 'name', 'name']);
      expect(await found('PAA GLAS')).toHaveLength(3);
      expect(await found('')).toEqual([]);
      expect(await store.search({ text: 'a-100', limit: 2 })).toHaveLength(2);
    });

    test('search finds a number with signs in it as it stands, and none that only has its long part', async () => {
      const numbered = (sku: string) => makeProduct({ id: p(sku), sku: toSku(sku), gtin: undefined });
      const skus = ['NL-2855745-7', 'XNL-2855745-70', 'NL-2855745-17', 'NL2855745-7', 'NL_2855745-7', 'NL-2855745 7'];
      await store.change(put({ products: skus.map(numbered) }));
      const found = async (text: string) =>
        (await store.search({ text, limit: 9 })).map(({ productId }) => productId).toSorted();
      expect(await found('nl-2855745-7')).toEqual(['NL-2855745-7', 'XNL-2855745-70']);
      expect(await found('nl_2855745-7')).toEqual(['NL_2855745-7']);
      expect(await found('l-2855745-')).toEqual(['NL-2855745-17', 'NL-2855745-7', 'XNL-2855745-70']);
      expect(await found('2855745-%')).toEqual([]);
    });

    test('search finds all words that were typed, in any order and whatever part of a thing they stand in', async () => {
      const called = (id: string, sku: string, name: string) =>
        makeProduct({ id: p(id), sku: toSku(sku), content: makeContent({ name }) });
      await store.change(
        put({
          products: [
            called('lights', 'LY7709', 'Lyskæde Nordlys Ildflue, 10 m'),
            called('longer', 'LY7709-20M', 'Lyskæde Nordlys Ildflue, 20 m'),
            called('tent', 'TE7001', 'Telt Nordlys, 10 pløkker'),
          ],
        }),
      );
      const found = async (text: string) =>
        (await store.search({ text, limit: 9 })).map(({ productId }) => productId).toSorted();
      expect(await found('ildflue lyskaede')).toEqual(['lights', 'longer']);
      expect(await found('20m  lyskæde')).toEqual(['longer']);
      expect(await found('nordlys 10')).toEqual(['lights', 'tent']);
      expect(await found('nordlys 10 hat')).toEqual([]);
      expect(
        (await store.search({ text: 'ildflue 7709', limit: 1 })).map(({ matched, how }) => [matched, how]),
      ).toEqual([['name', 'middle']]);
    });

    test('a listing is found by what its shop calls it, however it and its product are called meanwhile', async () => {
      const named = (name: string) => ({ content: makeContent({ name }) });
      const product = (name: string) => makeProduct({ id: p('p1'), sku: toSku('LY7709'), ...named(name) });
      const listing = (name: string) =>
        makeListing({ ref: refTo('dk', '70012'), sku: toSku('LY7709'), ...named(name) });
      const link = makeIntegration({ productId: p('p1'), ref: refTo('dk', '70012') });
      const found = async (text: string) =>
        (await store.search({ text, limit: 9 })).map(({ productId, ref }) => productId ?? ref?.shopProductId);
      const all = { products: [product('Lyskæde')], listings: [listing('Lyskæde')], integrations: [link] };
      await store.change(put({ ...all, shops: [makeShop()] }));
      for (const text of ['lyskæde', 'skæ', '7001', 'ly77', 'lyskæde 70012', '7001 skæde'])
        expect(await found(text), text).toEqual(['p1']);
      await store.change(put({ products: [product('Lampe')] }));
      for (const text of ['lyskæde', 'lampe', '7001']) expect(await found(text), text).toEqual(['p1']);
      await store.change(put({ listings: [listing('Lampe')] }));
      expect([await found('lyskæde'), await found('lampe')]).toEqual([[], ['p1']]);
      const integrations = [placeKey(p('p1'), link.ref.shopId)];
      await store.change(async () => ({ ...noChanges, drop: { integrations, products: [p('p1')] } }));
      for (const text of ['lampe', 'ly7709', '7001']) expect(await found(text), text).toEqual(['70012']);
    });

    test('search finds a beginning behind very many that hold the text, of a product and of what a shop alone calls one', async () => {
      const many = Array.from({ length: 90 }, (_, n) =>
        makeProduct({ id: p(`m${n}`), sku: toSku(`X-${n}`), content: makeContent({ name: `Ny bakkelygte ${n}` }) }),
      );
      const long = 'bakkelygte '.repeat(9);
      const last = [
        makeProduct({ id: p('name'), sku: toSku('Y-1'), content: makeContent({ name: `${long}rød` }) }),
        makeProduct({ id: p('sku'), sku: toSku('BAKKELYGTE-7'), content: makeContent({ name: 'Lampe' }) }),
      ];
      const own = makeListing({ ref: refTo('dk', '71'), sku: undefined, content: makeContent({ name: 'Bakkelygte' }) });
      await store.change(put({ shops: [makeShop()], products: [...many, ...last], listings: [own] }));
      const find = async (text: string) =>
        (await store.search({ text, limit: 4 })).map(({ how, productId, ref }) => [
          how,
          productId ?? ref?.shopProductId,
        ]);
      const [first, ...others] = await find('bakkelygte');
      expect(first).toEqual(['exact', '71']);
      const begun = others.slice(0, 2).map(([how, id]) => `${how} ${id}`);
      expect(begun.toSorted()).toEqual(['beginning name', 'beginning sku']);
      // Longer than what an index of beginnings holds.
      expect(await find(long)).toEqual([['beginning', 'name']]);
      expect(await find(`${long}blå`)).toEqual([]);
    });

    test('search finds what others call so behind a product that very many shops call so', async () => {
      const called = (id: string, name: string) => makeProduct({ id: p(id), content: makeContent({ name }) });
      const own = (shop: string, id: string) =>
        makeListing({ ref: refTo(shop, id), sku: undefined, content: makeContent({ name: `Zebra ${id}` }) });
      const shopIds = Array.from({ length: 30 }, (_, n) => `s${n}`);
      const middle = Array.from({ length: 40 }, (_, n) => called(`m${n}`, `En zebra ${n}`));
      const others = ['o1', 'o2', 'o3', 'o4'];
      const linked = [...shopIds.map((shop) => ['one', shop] as const), ...others.map((id) => [id, 's0'] as const)];
      await store.change(
        put({
          shops: shopIds.map((id) => makeShop({ id: toShopId(id) })),
          products: [...middle, ...['one', ...others].map((id) => called(id, 'Andet'))],
          listings: linked.map(([id, shop]) => own(shop, id)),
          integrations: linked.map(([id, shop]) => makeIntegration({ productId: p(id), ref: refTo(shop, id) })),
        }),
      );
      const hits = await store.search({ text: 'zebra', limit: 5 });
      expect(hits.map(({ how }) => how)).toEqual(Array(5).fill('beginning'));
      expect(hits.map(({ productId }) => productId).toSorted()).toEqual(['o1', 'o2', 'o3', 'o4', 'one']);
    });

    test('search finds a whole name before many that only begin so, and what was written after the first search', async () => {
      const called = (id: string, name: string) => makeProduct({ id: p(id), content: makeContent({ name }) });
      const many = Array.from({ length: 60 }, (_, n) => called(`p${n}`, `Hue ${n}`));
      await store.change(put({ products: [...many, called('middle', 'En hue')] }));
      const found = async (text: string) =>
        (await store.search({ text, limit: 5 })).map(({ how, productId }) => [how, productId]);
      expect((await found('hue')).map(([how]) => how)).toEqual(Array(5).fill('beginning'));
      await store.change(put({ products: [called('exact', 'Hue'), called('p7', 'Vante')] }));
      expect((await found('hue'))[0]).toEqual(['exact', 'exact']);
      expect(await found('hue 7')).toEqual(['p17', 'p27', 'p37', 'p47', 'p57'].map((id) => ['middle', id]));
      expect(await found('vante')).toEqual([['exact', 'p7']]);
    });
  });
}
