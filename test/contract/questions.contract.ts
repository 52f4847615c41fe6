import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Changes, noChanges, placeKey, refKey } from '../../src/domain/changes.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { toActId, toProductId, toRunId, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreChange } from '../../src/ports/store-questions.ts';
import {
  instant,
  makeIntegration,
  makeListing,
  makeMark,
  makeProduct,
  makeShop,
  makeTombstone,
  mette,
  morning,
  refTo,
} from '../support/builders.ts';
import { asked } from './random-changes.ts';
import type { StoreUnderTest } from './store.contract.ts';

const p = toProductId;
const dk = toShopId('dk');
const no = toShopId('no');
const put =
  (records: Changes['put'], events: Changes['events'] = []) =>
  async (): Promise<Changes> => ({
    ...noChanges,
    put: records,
    events,
  });
const happened = (act: string | undefined, over: Partial<DomainEvent> = {}): DomainEvent =>
  ({ at: morning, by: mette, actId: act && toActId(act), type: 'marked', mark: makeMark(), ...over }) as DomainEvent;

/** What every store promises of its bounded questions, in words. */
export function describeQuestions(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} answers bounded questions`, () => {
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
    const lines = async (over: Partial<Parameters<Store['shopLines']>[0]> = {}) =>
      store.shopLines({ shopId: no, filter: 'all', at: asked, offset: 0, limit: 10, ...over });

    test('a product that one shop of the owner has is a missing line in the others, until it is linked or unwanted', async () => {
      const shops = [
        makeShop(),
        makeShop({ id: no }),
        makeShop({ id: toShopId('x'), owner: { name: 'X', skuPostfix: '-x' } }),
      ];
      await store.change(put({ shops, products: [makeProduct()], integrations: [makeIntegration()] }));
      expect((await lines()).lines).toEqual([{ productId: p('p1'), state: 'missing', stockDiffers: false }]);
      expect((await lines({ shopId: toShopId('x') })).lines).toEqual([]);
      const until = instant('2026-11-27T00:00:00.000Z');
      await store.change(put({ marks: [makeMark({ kind: 'not-for-this-shop', shopId: no, until })] }));
      expect(await lines()).toMatchObject({ lines: [], counts: { all: 0, missing: 0 } });
      expect(await lines({ at: until })).toMatchObject({ total: 1, counts: { all: 1, missing: 1 } });
      const ref = refTo('no', '7');
      const listing = makeListing({ ref, stock: { tracked: true, quantity: 3 } });
      await store.change(put({ listings: [listing], integrations: [makeIntegration({ ref })] }));
      expect((await lines()).lines).toEqual([{ productId: p('p1'), ref, state: 'linked', stockDiffers: true }]);
      await store.change(put({ products: [makeProduct({ stock: { onHand: 3, reserved: 0 } })] }));
      expect(await lines({ filter: 'stock-differs' })).toMatchObject({
        total: 0,
        counts: { linked: 1, 'stock-differs': 0 },
      });
    });

    test('what came from a shop that was removed is no missing line of another under its id, and of the same it is', async () => {
      const [before, addedAt, later] = ['01', '12', '24'].map((day) => instant(`2026-11-${day}T08:00:00.000Z`));
      const now = makeShop({ id: no, addedAt: addedAt!, identity: 'bolts', formerly: { identity: 'tea' } });
      const from = refTo('no', '7');
      const products = ['a', 'b', 'c'].map((id) => makeProduct({ id: p(id), sku: toSku(id), createdAt: before! }));
      await store.change(
        put({
          shops: [now],
          products: [...products, makeProduct({ id: p('d'), contentFrom: from, createdAt: before! })],
          tombstones: [
            makeTombstone({ integration: makeIntegration({ productId: p('a'), ref: from }), at: before! }),
            makeTombstone({ integration: makeIntegration({ productId: p('b'), ref: from }), at: later! }),
          ],
          listings: [makeListing({ ref: from, sku: toSku('c') })],
          rulings: [{ ref: from, kind: 'not-the-same', productId: p('c'), at: before!, by: 'mette' }],
          marks: [makeMark({ productId: p('b'), kind: 'not-for-this-shop', shopId: no, at: before! })],
        }),
      );
      const missing = async () => (await lines({ filter: 'missing' })).lines.map(({ productId }) => productId);
      expect(await missing()).toEqual(['b', 'c']);
      expect((await lines()).counts).toMatchObject({ all: 2, missing: 2 });
      // It turns out to be the one that it was: what a person ruled and marked there counts again.
      await store.change(put({ shops: [{ ...now, identity: 'tea' }] }));
      expect(await missing()).toEqual(['d', 'a']);
    });

    test('a list is in order of item numbers, and paged, filtered and searched in that order', async () => {
      const products = ['C', 'A', 'B'].map((sku) =>
        makeProduct({ id: p(sku.toLowerCase()), sku: toSku(`SKU-${sku}`) }),
      );
      const integrations = products.map(({ id }, at) => makeIntegration({ productId: id, ref: refTo('dk', `${at}`) }));
      await store.change(put({ shops: [makeShop(), makeShop({ id: no })], products, integrations }));
      const ids = async (over: Parameters<typeof lines>[0]) =>
        (await lines(over)).lines.map(({ productId }) => productId);
      expect(await ids({})).toEqual(['a', 'b', 'c']);
      expect(await ids({ offset: 1, limit: 1 })).toEqual(['b']);
      expect(await ids({ text: 'sku-C' })).toEqual(['c']);
      expect(await ids({ filter: 'linked' })).toEqual([]);
      expect(await ids({ shopId: dk, filter: 'linked', text: 'aeblegrød' })).toEqual(['a', 'b', 'c']);
    });

    test('acts hold the events that share an id, the newest first, whoever acted between', async () => {
      await store.change(put({}, [happened('one'), happened('one')]));
      await store.change(put({}, [happened(undefined), happened('two', { by: { kind: 'program', name: 'sync' } })]));
      await store.change(put({}, [happened('one')]));
      const acts = await store.acts({ limit: 10 });
      expect(acts.map(({ actId, events, firstSeq, lastSeq }) => [String(actId), events, lastSeq - firstSeq])).toEqual([
        ['one', 3, 4],
        ['two', 1, 0],
        [`#${acts[2]?.lastSeq ?? 0}`, 1, 0],
      ]);
      expect((await store.acts({ by: mette, limit: 1 })).map(({ actId }) => String(actId))).toEqual(['one']);
      const before = acts[0]?.lastSeq ?? 0;
      expect((await store.acts({ before, limit: 1 })).map(({ actId }) => String(actId))).toEqual(['two']);
      const events = await store.eventsOf({ actId: toActId('one'), limit: 2 });
      expect(events.map(({ actId }) => actId)).toEqual(['one', 'one']);
      expect(await store.eventsOf({ actId: toActId('one'), after: events[1]?.seq, limit: 9 })).toHaveLength(1);
    });

    test('who watches hears which tables, shops and products a change touched', async () => {
      const told: StoreChange[] = [];
      store.watch((change) => void told.push(change));
      await store.change(put({ integrations: [makeIntegration()] }, [happened(undefined)]));
      expect(told[0]).toEqual({ tables: ['integrations', 'events'], shops: ['dk'], products: ['p1'] });
      await store.change(async () => ({ ...noChanges, drop: { integrations: [placeKey(p('p1'), dk)] } }));
      expect(told.at(-1)).toEqual({ tables: ['integrations'], shops: ['dk'], products: ['p1'] });
    });

    test('a change sees its own time: what it read is what stands when it is written', async () => {
      await store.change(put({ products: [makeProduct()] }));
      const seen = await store.change(async (now) => {
        const [before, again] = await Promise.all([
          now.products([p('p1')]),
          now.productsBy({ skus: [toSku('A-100')] }),
        ]);
        return { ...noChanges, put: { products: [...before, ...again] } };
      });
      expect(seen.put.products).toHaveLength(2);
      expect((await store.counts()).products).toBe(1);
    });

    test('listings that a reading has not shown come by the page, those without one too', async () => {
      const seenIn = toRunId('run');
      const listings = ['1', '2', '3', '4'].map((id) =>
        makeListing({ ref: refTo('dk', id), seenIn: id === '2' ? seenIn : undefined }),
      );
      await store.change(put({ listings }));
      const first = await store.unseenListings({ shopId: dk, runId: seenIn, limit: 2 });
      expect(first.map(({ ref }) => refKey(ref))).toEqual(['1', '3'].map((id) => refKey(refTo('dk', id))));
      const more = await store.unseenListings({ shopId: dk, runId: seenIn, after: first[1]?.ref, limit: 2 });
      expect(more.map(({ ref }) => refKey(ref))).toEqual([refKey(refTo('dk', '4'))]);
    });
  });
}
