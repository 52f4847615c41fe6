import { expect, test, vi } from 'vitest';
import { type ProductId, parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { diagnosisHeadline } from '../../src/views/diagnosis/diagnosis-lines.ts';
import { explainLines } from '../../src/views/diagnosis/explain-lines.ts';
import { noteLines } from '../../src/views/diagnosis/link-note-lines.ts';
import {
  figureText,
  shopFigures,
  shopState,
  shopStateLine,
  shopStateSign,
} from '../../src/views/diagnosis/shop-state-lines.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { linkRemarks, rowState } from '../../src/views/integrations/integration-columns.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = toShopId('dk');
const words = wordsOf('en');
const gtin = parseGtin('4006381333931');

const thing = (id: string, sku: string, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo('dk', id), sku: toSku(sku), stock: { tracked: true, quantity: 7 }, ...over });
const counted = (quantity: number) => ({ tracked: true, quantity });

/** What the shop has at first: a thing for every situation, by the item number that names it. */
const before: readonly Listing[] = [
  ...['EQUAL', 'NEVER-SENT', 'OURS-CHANGED', 'SHOP-CHANGED', 'DRAFTED', 'DELETED', 'VARIED', 'UNLINKED', 'MARKED'].map(
    (sku, place) => thing(String(10 + place), sku),
  ),
  thing('30', 'NOUGHT', { stock: counted(0) }),
  thing('31', 'UNCOUNTED', { stock: { tracked: false } }),
  thing('32', 'SOLD-OUT', { stock: { tracked: false, outOfStock: true } }),
  thing('33', 'ON-PARENT', { stock: { tracked: true, heldByParent: true, quantity: 40 } }),
  thing('34', 'UNREADABLE', { stock: { tracked: true, unreadable: { field: 'stock_quantity', value: '7.5' } } }),
  thing('35', 'HIDDEN', { offShow: true, stock: counted(20) }),
  thing('36', 'NO-PRICE', { unbuyable: [{ why: 'no-price', shopSays: 'price: null' }], stock: counted(20) }),
  thing('37', 'TWICE', { stock: counted(20) }),
  thing('38', 'COPIED', { stock: counted(20) }),
  thing('39', 'BY-EAN', { gtin, stock: counted(20) }),
  thing('40', 'GIFT-CARD', { sellable: 'not-stocked', stock: { tracked: false } }),
];

/** What became of it. */
function after(): readonly Listing[] {
  const kept = before.filter(({ sku }) => sku !== 'DELETED');
  const changed = kept.map((one): Listing => {
    if (one.sku === 'SHOP-CHANGED') return { ...one, stock: counted(3) };
    if (one.sku === 'OURS-CHANGED') return { ...one, stock: counted(20) };
    if (one.sku === 'DRAFTED') return { ...one, activity: 'draft', shopSays: 'draft' };
    if (one.sku === 'VARIED') return { ...one, sellable: 'parent' };
    return one.sku === 'EQUAL' ? { ...one, stock: counted(20) } : one;
  });
  return [
    ...changed,
    thing('50', 'TWICE', { stock: counted(1) }),
    thing('38', 'COPY', { content: makeContent({ name: 'The copy' }), stock: counted(1) }),
  ];
}

async function world(): Promise<TestHarness> {
  const shops = [makeShop(), makeShop({ id: toShopId('se'), name: 'Nordlys SE', url: 'http://127.0.0.1:2' })];
  const other = [
    thing('90', 'EAN-OURS', { gtin, ref: refTo('se', '90') }),
    thing('91', 'NEVER-HERE', { ref: refTo('se', '91') }),
  ];
  const harness = await makeTestHarness(shops, [makeCatalogue('dk', []), makeCatalogue('se', other)]);
  const { services } = harness;
  const read = async () => {
    harness.clock.advance(60_000);
    await services.sync.run({ full: true }, never);
  };
  await read();
  harness.catalogue('dk').listings = before;
  await read();
  for (const product of await harness.store.products(await allIds(harness))) await services.stock.set(product.id, 20);
  const sent = await Promise.all(['OURS-CHANGED', 'SHOP-CHANGED'].map((sku) => idOf(harness, sku)));
  const plan = await services.push.plan({ productIds: sent, shopIds: [dk] });
  await services.push.apply({ planId: plan.id, yes: { firsts: 2 } }, never);
  harness.catalogue('dk').listings = after();
  await read();
  await services.stock.set(sent[0]!, 25);
  await services.integrations.remove(await idOf(harness, 'UNLINKED'), dk, 'a mistake');
  await services.integrations.remove(await idOf(harness, 'MARKED'), dk, 'not sold there');
  await services.marks.add({ kind: 'not-for-this-shop', productId: await idOf(harness, 'MARKED'), shopId: dk });
  return harness;
}

const idOf = async ({ services }: TestHarness, sku: string): Promise<ProductId> =>
  (await services.lookup.identify(sku))[0]!.id;

async function allIds({ services }: TestHarness): Promise<readonly ProductId[]> {
  const asked = [...before.map(({ sku }) => sku ?? ''), 'EAN-OURS', 'NEVER-HERE', 'COPY'];
  const { hits } = await services.lookup.many(asked);
  return hits.flatMap(({ product }) => product?.id ?? []);
}

test('a paused shop is stuck on the card and in its list alike', async () => {
  const harness = await world();
  const { services } = harness;
  await services.shops.change(dk, { paused: true });
  const { rows } = await services.integrations.list(dk, { filter: 'linked', offset: 0, limit: 100 });
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const card = (await services.lookup.product(row.product!.id))!;
    const state = shopState(card.places.find(({ shop }) => shop.id === dk)!, card.product);
    const said = rowState(row);
    expect([said.sign, said.word(words)], card.product.sku).toEqual([shopStateSign(state), words.domain.place.stale]);
    expect(linkRemarks(row, words)).toContain('shop is paused');
  }
});

test('the card, why, list, find, push, compare and report tell of each situation alike', async () => {
  const harness = await world();
  const { services } = harness;
  const ids = await allIds(harness);
  const list = await services.integrations.list(dk, { filter: 'all', offset: 0, limit: 100 });
  const plan = await services.push.plan({ productIds: ids });
  const report = await services.inactive.list({ shopIds: [dk] });
  const compared = await services.diagnosis.compareStock({ shopId: dk }, never);
  const told: Record<string, unknown> = {};
  for (const id of ids) {
    const card = (await services.lookup.product(id))!;
    const place = card.places.find(({ shop }) => shop.id === dk)!;
    const sku = card.product.sku ?? '?';
    const about = `at ${sku}`;
    const [diagnosis] = await services.diagnosis.explain(id, dk);
    expect(diagnosis, about).toEqual(place.diagnosis);
    const state = shopState(place, card.product);
    const figures = shopFigures(place, card.product);
    const [hit] = (await services.lookup.many([sku])).hits;
    const found = hit?.places.find(({ shopId }) => shopId === dk);
    expect([found?.state, found?.wanted, found?.shopHas], about).toEqual([state, figures.wanted, figures.shopHas]);
    const isLinked = place.integration !== undefined;
    const row = list.rows.find((one) => one.product?.id === id && (one.integration !== undefined) === isLinked);
    const sent = plan.rows.find((one) => one.productId === id && one.shopId === dk);
    const live = compared.find((one) => one.productId === id);
    if (row !== undefined) expect(rowState(row).sign, about).toBe(shopStateSign(state));
    if (isLinked) {
      expect([row?.wanted, row?.shopHas, row?.stockDiffers], about).toEqual([
        figures.wanted,
        figures.shopHas,
        figures.stockDiffers,
      ]);
      expect([sent?.willBe, sent?.shopHad], about).toEqual([figures.wanted, figures.shopHas]);
      expect([live?.wanted, live?.shopNow], about).toEqual([figures.wanted, figures.shopHas]);
      const differing = place.diagnosis.verdict === 'integrated' ? (place.diagnosis.notes ?? []) : [];
      expect(
        differing.some(({ kind }) => kind === 'stock-differs'),
        about,
      ).toBe(figures.stockDiffers);
      expect(sent?.kind === 'send' || live?.brokeAt === 'nowhere' || !figures.stockDiffers, about).toBe(true);
    } else if (place.expected) {
      expect(row?.diagnosis ?? row?.conflict, about).toBeDefined();
      if (row?.diagnosis !== undefined) expect(row.diagnosis, about).toEqual(place.diagnosis);
      expect(sent, about).toMatchObject({ kind: 'skip' });
    }
    const cannotBeSold = place.expected && card.product.stock.onHand > 0 && (!isLinked || state === 'unbuyable');
    const rung = report.rows.find(({ productId }) => productId === id)?.rung ?? 'probably-slow-seller';
    expect(rung !== 'probably-slow-seller', about).toBe(cannotBeSold);
    const format = formatContext(
      { words: wordsOf('en'), now: harness.clock.now(), timeZone: 'Europe/Copenhagen' },
      { products: [card.product, ...card.named] },
    );
    const heading = explainLines(diagnosis!, { onHand: 1, expected: place.expected }, format)[0]!.pieces;
    expect(heading[0]?.text.trim(), about).toBe(shopStateSign(state));
    if (live?.shopFigure !== undefined)
      expect(figureText(live.shopFigure, format.words), about).toBe(shopStateLine(place, card.product, format).shopHas);
    const [note = ''] = state === 'stale' ? [] : noteLines(place.diagnosis, format);
    told[sku] = `${state}: ${diagnosisHeadline(place.diagnosis, format)} ${note.replace(/ \([^()]*\)$/, '')}`.trim();
  }
  expect(told).toEqual({
    COPIED: 'linked: Linked to 38. a conflict is open: Product id 38 is held by COPIED; COPY wants it too',
    COPY: 'conflict: Its product id in the shop already belongs to another product, most likely because it is a copy.',
    DELETED: 'missing: The shop no longer knows it.',
    DRAFTED: 'inactive: It is not active in the shop, so its product integration was taken away there.',
    'EAN-OURS': 'linked: Linked to 39. linked by EAN alone: we call it EAN-OURS, the shop calls it BY-EAN',
    EQUAL: 'linked: Linked to 10.',
    'GIFT-CARD':
      'linked: Linked to 40. the shop keeps no stock figure of its own for it, so none is sent (it says "publish")',
    HIDDEN: `unbuyable: Linked to 35. ${cannotBeBought('hidden from customers', 'publish')}`,
    MARKED: 'unexpected: Somebody marked it as not meant for this shop.',
    'NEVER-HERE': 'missing: A full sync of the shop did not find it.',
    'NEVER-SENT': 'differs: Linked to 11. the shop has 7 and ought to have 20: no figure was ever sent',
    'NO-PRICE': `unbuyable: Linked to 36. ${cannotBeBought('no price', 'price: null')}`,
    NOUGHT: 'differs: Linked to 30. the shop has 0 and ought to have 20: no figure was ever sent',
    'ON-PARENT': 'linked: Linked to 33. its stock is counted on the parent, not on the variant, so none is sent',
    'OURS-CHANGED': 'differs: Linked to 12. the shop has 20 and ought to have 25: ours changed since last sent',
    'SHOP-CHANGED': 'differs: Linked to 13. the shop has 3 and ought to have 20: changed there since last sent',
    'SOLD-OUT': `unbuyable: Linked to 32. ${cannotBeBought('sold out', 'out of stock')}`,
    TWICE:
      'linked: Linked to 37. a conflict is open: 50 carries the item number of TWICE, which is already linked to 37',
    UNCOUNTED: 'linked: Linked to 31. the shop does not count its stock, so none is sent',
    UNLINKED: 'missing: A person deleted the product integration.',
    UNREADABLE: "stale: Linked to 34, but stock does not get through: the shop's figure cannot be read (just now).",
    VARIED: `missing: The shop used to sell it by itself and now sells it through variants. None of them is known to be ours.`,
  });
});

const cannotBeBought = (why: string, said: string): string =>
  `it is active, but nobody can buy it: ${why} (the shop says "${said}")`;
