import { describe, expect, test, vi } from 'vitest';
import { instantOf, millisecondsOf, toShopId, toShopProductId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { conflictLines } from '../../src/views/conflicts/conflict-lines.ts';
import { explainLines } from '../../src/views/diagnosis/explain-lines.ts';
import { noteLines } from '../../src/views/diagnosis/link-note-lines.ts';
import { fetchLine } from '../../src/views/fetch/fetch-lines.ts';
import { eventSentence } from '../../src/views/history/event-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { kroner, makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = toShopId('dk');
const thing = (id: string, sku: string | undefined, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo('dk', id), sku: sku === undefined ? undefined : toSku(sku), ...over });
const variant = (id: string, of: string, sku: string, over: Partial<Listing> = {}): Listing =>
  thing(of, sku, { ref: refTo('dk', of, id), ...over });
const parent = (id: string, over: Partial<Listing> = {}): Listing =>
  thing(id, undefined, { sellable: 'parent', ...over });

async function opened(listings: readonly Listing[]): Promise<TestHarness> {
  const harness = await makeTestHarness([makeShop()], [makeCatalogue('dk', listings)]);
  await read(harness);
  return harness;
}
async function read(harness: TestHarness, full = true) {
  harness.clock.advance(60_000);
  return (await harness.services.sync.run({ full }, never))[0]!;
}
const show = (harness: TestHarness, listings: readonly Listing[]): void => {
  harness.catalogue('dk').listings = listings;
};
const changedNow = (harness: TestHarness) => ({ changedAt: instantOf(millisecondsOf(harness.clock.now())) });
const idOf = async (harness: TestHarness, sku: string) => (await harness.services.lookup.identify(sku))[0]!.id;
const top = async (harness: TestHarness, sku: string) => {
  const [diagnosis] = await harness.services.diagnosis.explain(await idOf(harness, sku), dk);
  return diagnosis?.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
};
const english = (harness: TestHarness) => ({
  words: wordsOf('en'),
  now: harness.clock.now(),
  timeZone: 'Europe/Copenhagen',
  shopName: (id: string) => id,
  productName: (id: string) => id,
  sourceName: (id: string) => id,
});

describe('what became of it', () => {
  test.each([
    [undefined, 'activate-in-shop-by-hand'],
    ['in-trash', 'restore-from-trash-in-shop'],
    ['scheduled', 'await-date-in-shop'],
    ['product-off', 'activate-parent-in-shop-by-hand'],
    ['not-in-website', 'put-into-website-by-hand'],
  ] as const)('the shop does not sell it, %s: %s', async (offBecause, next) => {
    const harness = await opened([thing('1', 'A'), thing('9', 'Z')]);
    const off = { activity: 'disabled', shopSays: 'off, product: FUTURE-TRASH Enabled' } as const;
    show(harness, [thing('1', 'A', off), thing('9', 'Z')]);
    await read(harness);
    expect(await top(harness, 'A')).toMatchObject({ next: 'activate-in-shop-by-hand' });
    show(harness, [thing('1', 'A', { ...off, offBecause }), thing('9', 'Z')]);
    await read(harness);
    expect(await top(harness, 'A')).toMatchObject({ cause: 'inactive-in-shop', next });
  });

  test('made variable: sold as variants now, not deleted', async () => {
    const harness = await opened([thing('1', 'A')]);
    show(harness, [parent('1'), variant('2', '1', 'A-S')]);
    await read(harness);
    expect((await harness.store.tombstonesOn(dk))[0]?.because).toBe('became-parent');
    expect(await top(harness, 'A')).toMatchObject({ cause: 'now-has-variants', next: 'link-a-variant' });
  });

  test('made simple again: a reading of changes settles the variants that it had', async () => {
    const harness = await opened([thing('1', 'A', { sellable: 'parent' }), variant('2', '1', 'A-S'), thing('9', 'Z')]);
    harness.clock.advance(3_600_000);
    show(harness, [thing('1', 'A', changedNow(harness)), thing('9', 'Z')]);
    const { run } = await read(harness, false);
    expect([run?.kind, run?.counts.unlinked]).toEqual(['changes', 1]);
    expect(await top(harness, 'A-S')).toMatchObject({ cause: 'variant-missing' });
  });

  test('a deleted variant does not advise the fetch that has just been made', async () => {
    const harness = await opened([parent('1'), variant('2', '1', 'A'), variant('3', '1', 'B')]);
    show(harness, [parent('1'), variant('3', '1', 'B')]);
    await harness.services.fetch.run({ asked: ['A'] }, never);
    expect(await top(harness, 'A')).toMatchObject({ cause: 'variant-missing', next: 'put-up-again-in-shop' });
  });

  test('a product that was deleted is to be put up again, linked by hand or marked; it is told how old that is', async () => {
    const harness = await opened([thing('1', 'A'), ...['2', '3', '4'].map((id) => thing(id, `B-${id}`))]);
    show(harness, harness.catalogue('dk').listings.slice(1));
    await read(harness);
    expect(await top(harness, 'A')).toMatchObject({ cause: 'gone-from-shop', next: 'put-up-again-in-shop' });
    const [diagnosis] = await harness.services.diagnosis.explain(await idOf(harness, 'A'), dk);
    const lines = explainLines(diagnosis!, { onHand: 0, expected: true }, english(harness)).map(({ pieces }) =>
      pieces.map(({ text }) => text).join(''),
    );
    expect(lines[1]).toBe('● confirmed: deleted in the shop  (just now)');
  });

  test('what a sync takes away names the sync, and not the one who started it', async () => {
    const harness = await opened([thing('1', 'A')]);
    show(harness, [thing('1', 'A', { activity: 'draft' })]);
    await read(harness);
    const [event] = await harness.store.history({ types: ['integration-removed'], limit: 1 });
    expect(event?.by).toEqual({ kind: 'program', name: 'sync' });
    const [run] = await harness.store.history({ types: ['run-finished'], limit: 1 });
    expect(run?.by.kind).toBe('person');
  });

  test('a family that a reading of changes showed whole settles the variants that it left out', async () => {
    const harness = await opened([parent('1'), variant('2', '1', 'A'), variant('3', '1', 'B')]);
    harness.clock.advance(3_600_000);
    show(harness, [parent('1', changedNow(harness)), variant('3', '1', 'B')]);
    const { run } = await read(harness, false);
    expect([run?.kind, run?.counts.unlinked]).toEqual(['changes', 1]);
    expect((await harness.store.integrationsOn(dk)).map(({ ref }) => ref.shopVariantId)).toEqual(['3']);
  });
});

describe('conflicts', () => {
  const twins = [
    thing('1', 'A', { content: makeContent({ name: 'Kop, blå' }) }),
    thing('2', 'A', { content: makeContent({ name: 'Kopp, blå' }) }),
  ];

  test('both sides are named as the shop names them', async () => {
    const harness = await opened(twins);
    const [card] = await harness.services.conflicts.list();
    const names = conflictLines(card!, english(harness)).contenders.map(({ name }) => name);
    expect(names).toEqual(['A  Kop, blå', 'A  Kopp, blå']);
  });

  test('a translation is called one, and one answer keeps all of them', async () => {
    const more = ['3', '5', '7'].flatMap((id) => {
      const other = String(Number(id) + 1);
      return [
        thing(id, `T-${id}`),
        thing(other, `T-${id}`, { translation: { language: 'sv', others: [toShopProductId(id)] } }),
      ];
    });
    const harness = await opened([...twins, ...more]);
    const cards = await harness.services.conflicts.list();
    expect(cards.length).toBe(4);
    const translated = cards.find(({ translation }) => translation !== undefined)!;
    expect(conflictLines(translated, english(harness)).sentence).toContain('It is the Swedish translation of');
    const [note] = (await harness.services.diagnosis.explain(await idOf(harness, 'T-3'), dk)).flatMap((diagnosis) =>
      noteLines(diagnosis, english(harness)),
    );
    expect(note).toMatch(/which is already linked to 3\. It is the Swedish translation of 3 \(/);
    expect((await harness.services.conflicts.keepAll({ shopId: dk, translationsOnly: true })).length).toBe(3);
    await read(harness);
    expect((await harness.services.conflicts.list()).length).toBe(1);
    expect((await harness.services.conflicts.keepAll({})).length).toBe(1);
    await read(harness);
    expect(await harness.services.conflicts.list()).toEqual([]);
  });

  test("a choice that is undone gives the other product's name and price back as well", async () => {
    const harness = await opened([thing('1', 'A'), thing('2', 'B', { content: makeContent({ name: 'Fad' }) })]);
    const b = await idOf(harness, 'B');
    const before = (await harness.store.products([b]))[0]!.content;
    show(harness, [
      thing('1', 'A'),
      thing('1', 'B', { content: makeContent({ name: 'Kopi', price: kroner(1) }), listedAt: harness.clock.now() }),
    ]);
    await read(harness);
    const [card] = await harness.services.conflicts.list();
    expect(card?.conflict.kind).toBe('shop-id-taken');
    await harness.services.conflicts.resolve(card!.conflict.ref, 'move-the-link');
    expect((await harness.store.products([b]))[0]?.content.name).toBe('Kopi');
    await harness.services.history.undo();
    expect((await harness.store.products([b]))[0]?.content).toEqual(before);
  });
});

describe('said with its age, and nothing without a word', () => {
  test('what does not get through says since when', async () => {
    const harness = await opened([thing('1', 'A')]);
    harness.catalogue('dk').trouble = 'unauthorized';
    await read(harness);
    harness.clock.advance(37 * 60_000);
    const [diagnosis] = await harness.services.diagnosis.explain(await idOf(harness, 'A'), dk);
    expect(diagnosis).toMatchObject({ stale: 'connection-down' });
    const [heading] = explainLines(diagnosis!, { onHand: 1, expected: true }, english(harness));
    expect(heading?.pieces.map(({ text }) => text).join('')).toContain('37 min ago');
  });

  test('a run that goes on after a pause took as long as it was worked on', async () => {
    const harness = await opened([thing('1', 'A'), thing('2', 'B'), thing('3', 'C'), thing('4', 'D')]);
    harness.catalogue('dk').stopAtPage = 1;
    await read(harness);
    harness.clock.advance(30 * 60_000);
    const { run } = await read(harness);
    expect(millisecondsOf(run!.endedAt!) - millisecondsOf(run!.startedAt)).toBeGreaterThan(30 * 60_000);
    expect(run!.workedMs).toBeLessThan(60_000);
  });

  test('what took a moment took a moment, also where the clock of the machine was set meanwhile', async () => {
    for (const [from, to] of [
      ['2026-11-24T08:00:00Z', '2029-11-24T08:00:00Z'],
      ['2029-11-24T08:00:00Z', '2026-11-24T08:00:00Z'],
    ]) {
      const harness = await opened([thing('1', 'A'), thing('2', 'B')]);
      harness.clock.set(instantOf(Date.parse(from!)));
      const said: (number | undefined)[] = [];
      const [result] = await harness.services.sync.run(
        {
          shopIds: [dk],
          onProgress: ({ secondsLeft }) => {
            harness.clock.advance(1_000);
            harness.clock.set(instantOf(Date.parse(to!)));
            said.push(secondsLeft);
          },
        },
        new AbortController().signal,
      );
      expect(result?.run?.workedMs).toBeGreaterThanOrEqual(1_000);
      expect(result?.run?.workedMs).toBeLessThan(60_000);
      expect(Math.max(...said.map((left) => left ?? 0))).toBeLessThan(60);
    }
  });

  test('asking tells what it changed, also about others that the shop showed with it', async () => {
    const harness = await opened([parent('1'), variant('2', '1', 'A'), variant('3', '1', 'B')]);
    show(harness, [
      parent('1'),
      variant('2', '1', 'A'),
      variant('3', '1', 'B', { activity: 'draft' }),
      variant('4', '1', 'C'),
    ]);
    const productId = await idOf(harness, 'A');
    await harness.services.stock.set(productId, 3);
    const [result] = await harness.services.inactive.verify([{ productId, shopId: dk }], never);
    expect(result?.changes?.map(({ kind, ref }) => `${kind} ${ref.shopVariantId}`).toSorted()).toEqual([
      'created 4',
      'linked 4',
      'unlinked 3',
    ]);
    expect(fetchLine(result!, english(harness)).text).toContain('lost its link to 1/3');
    const [again] = await harness.services.inactive.verify([{ productId, shopId: dk }], never);
    expect(again?.changes).toBeUndefined();
  });

  test('a figure that stood there already is not said to be sent', async () => {
    const harness = await opened([thing('1', 'A')]);
    await harness.services.stock.set(await idOf(harness, 'A'), 10);
    const plan = await harness.services.push.plan({});
    await harness.services.push.apply({ planId: plan.id }, never);
    const [event] = await harness.store.history({ types: ['stock-pushed'], limit: 1 });
    expect(eventSentence(event!, english(harness))).toContain('already had 10');
  });
});
