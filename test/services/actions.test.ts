import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ProductId, toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { errorReportOf } from '../../src/runtime/error-report.ts';
import type { Services } from '../../src/services/services.ts';
import { linesInOneChange } from '../../src/services/stock/import-stock.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant, kroner, makeListing, makeProduct, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE', url: 'http://127.0.0.1:2/wp-json/wc/v3' });

const thing = (shop: string, id: number, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo(shop, String(id)), sku: toSku(`A-${id}`), ...over });

let harness: TestHarness;
let services: Services;
beforeEach(async () => {
  harness = await makeTestHarness(
    [dk, se],
    [makeCatalogue('dk', [thing('dk', 1), thing('dk', 2)]), makeCatalogue('se', [thing('se', 1)])],
  );
  services = harness.services;
  await services.sync.run({ full: true }, never);
  harness.clock.advance(60_000);
});

const idOf = async (sku: string): Promise<ProductId> => {
  const [product] = await harness.store.productsBy({ skus: [toSku(sku)] });
  return product!.id;
};
const linkedIn = async (sku: string): Promise<readonly string[]> =>
  (await harness.store.integrationsOf([await idOf(sku)])).map(({ ref }) => ref.shopId).toSorted();
const syncDk = () => services.sync.run({ shopIds: [dk.id], full: true }, never);
const show = (...listings: readonly Listing[]) => {
  harness.catalogue('dk').listings = listings;
};
/** Every act happens at a moment of its own. */
const later = <Result>(result: Promise<Result>): Promise<Result> => result.finally(() => harness.clock.advance(1000));

describe('taking a link away', () => {
  it('needs a reason, leaves a trace with it, and can be undone', async () => {
    const id = await idOf('A-1');
    await expect(services.integrations.remove(id, dk.id, '  ')).rejects.toMatchObject({ kind: 'needs-reason' });
    const tombstone = await services.integrations.remove(id, dk.id, 'wrong picture');
    expect(tombstone).toMatchObject({ because: 'removed-by-user', note: 'wrong picture', by: { name: 'mette' } });
    expect(await linkedIn('A-1')).toEqual(['se']);
    await expect(services.integrations.remove(id, dk.id, 'again')).rejects.toMatchObject({ kind: 'not-linked' });
    harness.clock.advance(1000);
    expect(await services.history.undo()).toMatchObject({ type: 'integration-removed' });
    expect(await linkedIn('A-1')).toEqual(['dk', 'se']);
    expect(await harness.store.tombstonesOn(dk.id)).toEqual([]);
    await expect(services.history.undo()).rejects.toMatchObject({ kind: 'nothing-to-undo' });
  });

  it('is not undone into a shop that does not sell the thing any more', async () => {
    show(thing('dk', 1, { activity: 'draft' }), thing('dk', 2));
    await syncDk();
    const [removed] = await harness.store.history({ types: ['integration-removed'], limit: 1 });
    await expect(services.history.undo(removed!.seq)).rejects.toMatchObject({
      kind: 'cannot-undo',
      about: { why: 'not-for-sale-in-shop' },
    });
    expect(await services.history.undoable(5)).toMatchObject([{ can: false }]);
  });

  it('by hand is never passed over in silence for an older act, where it cannot come back', async () => {
    const id = await idOf('A-1');
    await later(services.stock.set(id, 5));
    await later(services.integrations.remove(id, dk.id, 'wrong picture'));
    show(thing('dk', 1, { activity: 'draft' }), thing('dk', 2));
    await later(syncDk());
    await expect(services.history.undo()).rejects.toMatchObject({
      kind: 'cannot-undo',
      about: { why: 'not-for-sale-in-shop' },
    });
    const [counted] = await harness.store.history({ types: ['stock-changed'], limit: 1 });
    expect(await services.history.undo(counted!.seq)).toMatchObject({ type: 'stock-changed' });
  });
});

describe('a link by hand', () => {
  it('that was taken away since is told, and no older act undone in its place', async () => {
    const one = await idOf('A-1');
    await later(services.integrations.remove(one, dk.id, 'swap'));
    await later(services.integrations.link(one, refTo('dk', '1')));
    show(thing('dk', 1, { activity: 'draft' }), thing('dk', 2));
    await later(syncDk());
    show(thing('dk', 1), thing('dk', 2));
    await expect(services.history.undo()).rejects.toMatchObject({
      kind: 'cannot-undo',
      about: { why: 'changed-since' },
    });
    expect(await linkedIn('A-1')).toEqual(['se']);
  });

  it('outweighs the item number from then on, also after the thing has rested', async () => {
    const [one, two] = [await idOf('A-1'), await idOf('A-2')];
    await later(services.integrations.remove(one, dk.id, 'swap'));
    await later(services.integrations.remove(two, dk.id, 'swap'));
    await later(services.integrations.link(two, refTo('dk', '1')));
    const resting = thing('dk', 2, { activity: 'draft' });
    show(thing('dk', 1), resting);
    await syncDk();
    expect((await harness.store.integrationsAt([refTo('dk', '1')]))[0]).toMatchObject({ productId: two, how: 'hand' });
    show(thing('dk', 1, { activity: 'draft' }), resting);
    await syncDk();
    show(thing('dk', 1), resting);
    await syncDk();
    expect((await harness.store.integrationsAt([refTo('dk', '1')]))[0]).toMatchObject({ productId: two });
  });

  it('is refused where either already has a partner, and on what is not for sale', async () => {
    const one = await idOf('A-1');
    await expect(services.integrations.link(one, refTo('dk', '2'))).rejects.toMatchObject({ kind: 'already-linked' });
    await services.integrations.remove(one, dk.id, 'free');
    await expect(services.integrations.link(one, refTo('dk', '2'))).rejects.toMatchObject({ kind: 'already-linked' });
    await expect(services.integrations.link(one, refTo('dk', '99'))).rejects.toMatchObject({ kind: 'unknown-listing' });
  });

  it('is taken back by undo', async () => {
    const one = await idOf('A-1');
    await later(services.integrations.remove(one, dk.id, 'free'));
    await later(services.integrations.link(one, refTo('dk', '1')));
    await later(services.history.undo());
    expect(await linkedIn('A-1')).toEqual(['se']);
  });
});

describe('settling a conflict', () => {
  const copied = () => show(thing('dk', 1), thing('dk', 1, { sku: toSku('KOPI') }), thing('dk', 2));
  const holderAt1 = async () => (await harness.store.integrationsAt([refTo('dk', '1')]))[0]?.productId;
  const standing = () => harness.store.conflictsOn(dk.id);

  it('keep: nothing moves, and the next reading does not ask again', async () => {
    copied();
    await syncDk();
    const settled = await services.conflicts.resolve(refTo('dk', '1'), 'keep', ' fi\u200bne\n');
    expect(settled).toMatchObject({ kind: 'shop-id-taken' });
    expect(await harness.store.rulingsAt([refTo('dk', '1')])).toMatchObject([{ note: 'fine' }]);
    await syncDk();
    expect(await standing()).toEqual([]);
    expect(await holderAt1()).toBe(await idOf('A-1'));
  });

  it('move the link: the copy gets it, holds it, and undo gives it back', async () => {
    copied();
    await syncDk();
    harness.clock.advance(1000);
    await later(services.conflicts.resolve(refTo('dk', '1'), 'move-the-link'));
    expect(await holderAt1()).toBe(await idOf('KOPI'));
    await later(syncDk());
    expect(await holderAt1()).toBe(await idOf('KOPI'));
    // Nor is the one that gave it up asked about now.
    expect(await standing()).toEqual([]);
    const [made] = await harness.store.history({ types: ['integration-created'], limit: 1 });
    await later(services.history.undo(made!.seq));
    expect(await holderAt1()).toBe(await idOf('A-1'));
    expect(await standing()).toMatchObject([{ kind: 'shop-id-taken' }]);
    await syncDk();
    expect(await holderAt1()).toBe(await idOf('A-1'));
  });

  it('looks again at once: what else is under the id is told when the first is settled, and is gone with an undo', async () => {
    const three = [thing('dk', 1), thing('dk', 1, { sku: toSku('KOPI') }), thing('dk', 1, { sku: toSku('KOPI-2') })];
    show(...three, thing('dk', 2));
    await later(syncDk());
    const first = await standing();
    expect(first).toMatchObject([{ kind: 'shop-id-taken', claimant: await idOf('KOPI') }]);
    await later(services.conflicts.resolve(refTo('dk', '1'), 'keep'));
    expect(await standing()).toMatchObject([{ kind: 'shop-id-taken', claimant: await idOf('KOPI-2') }]);
    await later(services.history.undo());
    expect(await standing()).toMatchObject(first);
    await later(services.conflicts.keepAll({ shopId: dk.id }));
    expect(await standing()).toMatchObject([{ claimant: await idOf('KOPI-2') }]);
    await later(services.conflicts.resolve(refTo('dk', '1'), 'move-the-link'));
    expect(await holderAt1()).toBe(await idOf('KOPI-2'));
    const told = await standing();
    await syncDk();
    expect(await standing()).toEqual(told);
  });

  it('accept rename: the product follows, and undo takes its old number back', async () => {
    show(thing('dk', 1, { sku: toSku('B-1') }), thing('dk', 2));
    await later(syncDk());
    expect(await standing()).toMatchObject([{ kind: 'sku-changed', was: 'A-1', sku: 'B-1' }]);
    await expect(services.conflicts.resolve(refTo('dk', '1'), 'move-the-link')).rejects.toMatchObject({
      kind: 'choice-does-not-fit',
    });
    await later(services.conflicts.resolve(refTo('dk', '1'), 'accept-rename'));
    expect(await holderAt1()).toBe(await idOf('B-1'));
    expect(await standing()).toEqual([]);
    await later(services.history.undo());
    expect(await holderAt1()).toBe(await idOf('A-1'));
    expect(await standing()).toMatchObject([{ kind: 'sku-changed' }]);
  });

  it('not the same: the listing gets a product of its own', async () => {
    show(thing('dk', 1, { sku: toSku('B-1') }), thing('dk', 2));
    await syncDk();
    const one = await idOf('A-1');
    await services.conflicts.resolve(refTo('dk', '1'), 'not-the-same');
    expect(await holderAt1()).toBe(await idOf('B-1'));
    expect(await holderAt1()).not.toBe(one);
    await syncDk();
    expect(await standing()).toEqual([]);
  });

  it('move the link between two listings of one product: the loser does not ask for it back', async () => {
    show(thing('dk', 1), thing('dk', 2), thing('dk', 3, { sku: toSku('A-1') }));
    await syncDk();
    expect(await standing()).toMatchObject([{ kind: 'product-taken', ref: refTo('dk', '3') }]);
    await services.conflicts.resolve(refTo('dk', '3'), 'move-the-link');
    await syncDk();
    expect(await standing()).toEqual([]);
    expect((await harness.store.integrationsAt([refTo('dk', '3')]))[0]?.productId).toBe(await idOf('A-1'));
  });

  it('says so when there is none', async () => {
    await expect(services.conflicts.resolve(refTo('dk', '1'), 'keep')).rejects.toMatchObject({ kind: 'no-conflict' });
  });
});

describe('our own stock', () => {
  it('is counted, and remembers what it was', async () => {
    const id = await idOf('A-1');
    expect(await services.stock.set(id, 7, 2)).toMatchObject({ stock: { onHand: 7, reserved: 2 } });
    expect(await services.stock.set(id, 9)).toMatchObject({ stock: { onHand: 9, reserved: 2 } });
    await expect(services.stock.set(id, 1.5)).rejects.toMatchObject({ kind: 'bad-value' });
    const [counted] = await harness.store.history({ types: ['stock-changed'], limit: 1 });
    expect(counted).toMatchObject({ before: { onHand: 7 }, stock: { onHand: 9 }, why: 'count' });
  });

  it('is imported whole or not at all, and every bad line is named', async () => {
    const lines = [
      { sku: 'A-1', onHand: 5, line: 2 },
      { sku: 'ukendt', onHand: 1, line: 3 },
      { sku: 'A-2', onHand: 1.5, line: 4 },
      { sku: 'A-1', onHand: 6, line: 5 },
    ];
    await expect(services.stock.import(lines, { create: false, dryRun: false })).rejects.toMatchObject({
      kind: 'bad-import',
      problems: [
        { line: 3, what: 'unknown-product', value: 'ukendt' },
        { line: 4, what: 'not-a-whole-number', value: '1.5' },
        { line: 5, what: 'sku-twice', value: 'A-1' },
      ],
    });
    expect((await harness.store.products([await idOf('A-1')]))[0]?.stock.onHand).toBe(0);
  });

  describe('a file longer than one change', () => {
    const make = { create: true, dryRun: false };
    const file = (last: string) => [
      ...Array.from({ length: linesInOneChange }, (_, place) => ({ sku: `NY-${place}`, onHand: 1 })),
      { sku: last, onHand: 2 },
    ];
    const made = async () =>
      (await harness.store.productsBy({ skus: ['NY-0', 'NY0', 'NY-x'].map(toSku) })).map(({ sku }) => sku);

    it('is checked to its end before its first line is written; the first problems are named, all are counted', async () => {
      await expect(services.stock.import(file('NY-0'), make)).rejects.toMatchObject({
        problems: [{ line: linesInOneChange + 1, what: 'sku-twice', value: 'NY-0' }],
      });
      const unknown = await services.stock.import(file('NY-0'), { ...make, create: false }).catch((error) => error);
      expect(unknown).toMatchObject({ problems: { length: 100 }, about: { problems: String(linesInOneChange + 2) } });
      expect(errorReportOf(unknown, wordsOf('en'), '').lines).toMatchObject({
        said: expect.stringMatching(/^10,002 lines/),
        details: { length: 21, 20: 'and 9,982 more' },
      });
      expect(await made()).toEqual([]);
    });

    it('what it makes itself is no other number nearly written so', async () => {
      expect(await services.stock.import(file('NY0'), make)).toEqual({ changed: 0, unchanged: 0, created: 10_001 });
      expect((await made()).toSorted()).toEqual(['NY-0', 'NY0']);
    });

    it('ends between two changes when it is told to, and the same file again takes in the rest', async () => {
      const seen: unknown[] = [];
      const onProgress = async (...told: readonly unknown[]) => {
        seen.push(told.join(' '));
        if (told[0] === 'written') throw new DOMException('interrupted', 'AbortError');
      };
      const ended = services.stock.import(file('NY-x'), { ...make, onProgress });
      await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
      const checked = [2_500, 5_000, 7_500, 10_000, 10_001].map((done) => `checked ${done} 10001`);
      expect(seen).toEqual([...checked, 'written 2500 10001']);
      expect(await made()).toEqual(['NY-0']);
      expect(await services.stock.import(file('NY-x'), make)).toEqual({ changed: 0, unchanged: 2_500, created: 7_501 });
    });
  });

  it('S8: an import may make products, which need no link', async () => {
    const lines = [
      { sku: 'A-1', onHand: 5, cost: kroner(20) },
      { sku: 'LAGER-1', onHand: 3 },
    ];
    const options = { create: true, dryRun: true };
    expect(await services.stock.import(lines, options)).toEqual({ changed: 1, unchanged: 0, created: 1 });
    expect(await harness.store.productsBy({ skus: [toSku('LAGER-1')] })).toEqual([]);
    await services.stock.import(lines, { ...options, dryRun: false });
    expect(await services.stock.import(lines, { ...options, dryRun: false })).toEqual({
      changed: 0,
      unchanged: 2,
      created: 0,
    });
    expect((await harness.store.productsBy({ skus: [toSku('LAGER-1')] }))[0]).toMatchObject({
      origin: 'warehouse',
      stock: { onHand: 3 },
    });
    expect((await harness.store.products([await idOf('A-1')]))[0]).toMatchObject({
      cost: kroner(20),
      stock: { onHand: 5 },
    });
  });

  it.each([
    ['LAGER-0077', 'lager 0077', 'near-product', 'LAGER-0077'],
    ['00412', '412', 'near-product', '00412'],
    ['5701234567890', '5,70123E+12', 'spreadsheet-number', '5701234567890'],
    ['4401234567890', '5,70123E+12', 'spreadsheet-number', undefined],
    ['1234567890123456', '1234567890123450', 'spreadsheet-number', '1234567890123456'],
    ['9007199254740993', '9007199254740992', 'near-product', '9007199254740993'],
    ['5701234567899', '5701234567899.0', 'near-product', '5701234567899'],
    ['412', '412,00', 'near-product', '412'],
    ['SOK-1', "'SOK-1", 'near-product', 'SOK-1'],
    ['1-2', '01-feb', 'spreadsheet-number', '1-2'],
    ['2/1', '1. feb', 'spreadsheet-number', '2/1'],
    ['MAR5', 'Mar-05', 'spreadsheet-number', undefined],
    ['3-26', 'mar-26', 'spreadsheet-number', '3-26'],
    ['1-2-26', '01-02-2026', 'spreadsheet-number', '1-2-26'],
    ['1-2-26', '2026-02-01', 'spreadsheet-number', '1-2-26'],
    ['A', 'I alt', 'totals-line', undefined],
    ['A', 'Total:', 'totals-line', undefined],
    ['A', '# counted by Mette', 'totals-line', undefined],
    ['A', 'SAND', 'spreadsheet-number', undefined],
    ['TEA-1', '#N/A', 'spreadsheet-number', undefined],
    ['TEA-1', '#NAVN?', 'spreadsheet-number', undefined],
  ])('an item number %s that a spreadsheet made %s of never becomes a new product', async (kept, ruined, what, near) => {
    const make = { create: true, dryRun: false };
    await services.stock.import([{ sku: kept, onHand: 1 }], make);
    await expect(services.stock.import([{ sku: ruined, onHand: 9 }], make)).rejects.toMatchObject({
      kind: 'bad-import',
      problems: [{ column: 'sku', what, value: ruined, near }],
    });
    expect(await harness.store.productsBy({ skus: [toSku(ruined)] })).toEqual([]);
  });

  it('an item number that looks like an exponent is one all the same, when a product has it', async () => {
    const make = { create: true, dryRun: false };
    await harness.store.change(async () => ({
      put: { products: [makeProduct({ id: toProductId('pe'), sku: toSku('1E5') })] },
      drop: {},
      events: [],
    }));
    expect(await services.stock.import([{ sku: '1E5', onHand: 3 }], make)).toMatchObject({ changed: 1, created: 0 });
  });
});

describe('shops', () => {
  it('are added once, changed, and forgotten with a trace of every link', async () => {
    const no = {
      id: 'no',
      platform: 'shopify',
      url: 'https://no.example',
      owner: 'Fjord',
      skuPostfix: '-F',
      country: 'no',
    };
    expect(await services.shops.add(no)).toMatchObject({ country: 'NO', owner: { skuPostfix: '-F' }, paused: false });
    await expect(services.shops.add({ ...no, id: 'NO' })).rejects.toMatchObject({ kind: 'shop-exists' });
    await expect(services.shops.add({ ...no, id: 'smtp', url: 'https://smtp.example' })).rejects.toMatchObject({
      kind: 'id-reserved',
      about: { id: 'smtp', variable: 'BINDELED_SMTP_PASSWORD' },
    });
    await expect(services.shops.add({ ...no, id: 'no2' })).rejects.toMatchObject({
      kind: 'address-taken',
      about: { shop: 'no', url: 'https://no.example' },
    });
    await expect(services.shops.change(dk.id, { url: 'https://no.example' })).rejects.toMatchObject({
      kind: 'address-taken',
    });
    await expect(services.shops.add({ ...no, id: 'x', platform: 'osCommerce' })).rejects.toMatchObject({
      kind: 'bad-value',
    });
    await expect(services.shops.add({ ...no, id: 'x', url: 'no url' })).rejects.toMatchObject({
      about: { field: 'url', problem: 'not-a-url' },
    });
    await expect(services.shops.change(toShopId('no'), { options: { languge: 'da' } })).rejects.toMatchObject({
      kind: 'bad-value',
      about: { field: 'option', value: expect.stringMatching(/^languge \(.*\blang\b/) },
    });
    // It would be kept, shown and passed over.
    const proxy = 'http://mette:hemmelig@proxy:3128';
    const refused = services.shops.change(toShopId('no'), { options: { proxy } });
    await expect(refused).rejects.toMatchObject({ about: { field: 'option', value: 'proxy' } });
    expect(await services.shops.change(toShopId('no'), { paused: true, name: 'Norge' })).toMatchObject({
      name: 'Norge',
      paused: true,
      owner: { name: 'Fjord' },
    });
    // What was emptied is gone, an owner with the postfix of its numbers; a shop without a name goes by its id.
    const emptied = await services.shops.change(toShopId('no'), { name: '', country: '', owner: '' });
    expect([emptied.name, emptied.country, emptied.owner]).toEqual(['no', undefined, undefined]);
    expect(emptied.paused).toBe(true);
    expect(await services.shops.remove(dk.id)).toEqual({ linksRemoved: 2 });
    expect(await linkedIn('A-1')).toEqual(['se']);
    expect(await linkedIn('A-2')).toEqual([]);
    expect(await harness.store.tombstonesOn(dk.id)).toMatchObject([
      { because: 'shop-removed' },
      { because: 'shop-removed' },
    ]);
    expect(await harness.store.listingsOn(dk.id)).toEqual([]);
    const health = new Map((await services.shops.list()).map((one) => [one.shop.id as string, one.health]));
    expect(Object.fromEntries(health)).toEqual({ no: 'paused', se: 'good' });
  });

  it('are tested without anything being saved', async () => {
    const before = await harness.store.shops();
    const thought = { id: 'se', platform: 'woocommerce', url: 'https://se.example' };
    expect(await services.shops.test(thought, undefined, never)).toMatchObject({ ok: true });
    harness.catalogue('se').trouble = 'forbidden';
    expect(await services.shops.test(thought, undefined, never)).toMatchObject({
      ok: false,
      trouble: { kind: 'forbidden' },
    });
    expect(await harness.store.shops()).toEqual(before);
    await expect(services.shops.test({ ...thought, id: 'fi' }, undefined, never)).rejects.toMatchObject({
      kind: 'no-credentials',
    });
  });
});

describe('marks', () => {
  it('are written over, taken away, and both can be undone', async () => {
    const productId = await idOf('A-1');
    await later(
      services.marks.add({ productId, shopId: dk.id, kind: 'ticked', until: instant('2026-12-24T00:00:00Z') }),
    );
    expect(await harness.store.marksOf([productId])).toMatchObject([{ kind: 'ticked', by: 'mette' }]);
    await later(services.marks.remove({ productId, shopId: dk.id, kind: 'ticked' }));
    expect(await harness.store.marksOf([productId])).toEqual([]);
    await later(services.history.undo());
    expect(await harness.store.marksOf([productId])).toHaveLength(1);
    await expect(services.marks.add({ productId, kind: 'note', text: ' ' })).rejects.toMatchObject({
      kind: 'bad-value',
    });
  });
});

describe('fetching one product', () => {
  const fetchIn = (asked: string, shop = dk) =>
    services.fetch.run({ asked: [asked], shopIds: [shop.id] }, never).then(([result]) => result!);

  it('I7: fetching twice leaves one link and says so', async () => {
    expect(await fetchIn('A-1')).toMatchObject({ outcome: 'already-linked', productId: await idOf('A-1') });
    expect(await linkedIn('A-1')).toEqual(['dk', 'se']);
  });

  it('tells inactive, gone, never there and not answering apart', async () => {
    show(thing('dk', 1, { activity: 'archived' }));
    expect(await fetchIn('A-1')).toMatchObject({
      outcome: 'inactive-in-shop',
      after: { linked: false, activity: 'archived' },
    });
    expect(await fetchIn('A-2')).toMatchObject({ outcome: 'gone-from-shop' });
    expect(await fetchIn('A-2', se)).toMatchObject({ outcome: 'never-in-shop' });
    harness.catalogue('se').trouble = 'unreachable';
    expect(await fetchIn('A-1', se)).toMatchObject({ outcome: 'unreachable', trouble: { kind: 'unreachable' } });
    expect(await linkedIn('A-1')).toEqual(['se']);
    expect((await services.shops.list()).find(({ shop }) => shop.id === 'se')?.health).toBe('trouble');
  });

  it('finds what nobody knew yet, by the number or the item number that the shop gave it', async () => {
    show(thing('dk', 1), thing('dk', 2), thing('dk', 7), thing('dk', 8));
    expect(await fetchIn('7')).toMatchObject({ outcome: 'linked', productId: await idOf('A-7') });
    expect(await fetchIn('A-8')).toMatchObject({ outcome: 'linked', productId: await idOf('A-8') });
    expect(await fetchIn('404')).toMatchObject({ outcome: 'never-in-shop' });
  });

  it('shows the conflict, and heals when the copy gets an id of its own', async () => {
    show(thing('dk', 1), thing('dk', 1, { sku: toSku('KOPI') }));
    expect(await fetchIn('1')).toMatchObject({ outcome: 'already-linked' });
    expect(await fetchIn('KOPI')).toMatchObject({ outcome: 'conflict', productId: await idOf('KOPI') });
    show(thing('dk', 1), thing('dk', 5, { sku: toSku('KOPI') }));
    expect(await fetchIn('KOPI')).toMatchObject({ outcome: 'linked' });
    expect(await harness.store.conflictsOn(dk.id)).toEqual([]);
  });

  it('notes each fetch, and goes through a list with a result for every one', async () => {
    const seen: string[] = [];
    const results = await services.fetch.run(
      { asked: ['A-1', 'A-2'], onResult: ({ outcome }, done, total) => seen.push(`${outcome} ${done}/${total}`) },
      never,
    );
    expect(results.map(({ shopId, outcome }) => `${shopId} ${outcome}`)).toEqual([
      'dk already-linked',
      'se already-linked',
      'dk already-linked',
      'se never-in-shop',
    ]);
    expect(seen).toHaveLength(4);
    expect(await harness.store.history({ types: ['product-fetched'], limit: 9 })).toHaveLength(4);
  });
});
