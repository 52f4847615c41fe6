import { expect, onTestFinished, test, vi } from 'vitest';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type FakeRequest, type FakeResponse, serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { type PeakModel, peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { boundedPages } from '../../src/warehouses/bounded-pages.ts';
import { peakWms } from '../../src/warehouses/peakwms/driver.ts';
import { withWarehouseRetry } from '../../src/warehouses/with-retry.ts';
import { readAll } from '../contract/warehouse.contract.ts';
import { instant, mette } from '../support/builders.ts';
import { type ManualClock, makeClock } from '../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Opened = {
  readonly model: PeakModel;
  readonly server: FakeShop;
  readonly warehouse: Warehouse;
  readonly clock: ManualClock;
  /** May answer in the place of PeakWMS. */
  readonly around: { answer?: (request: FakeRequest) => FakeResponse | undefined };
};

const forever = new AbortController().signal;

async function open(options: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const clock = makeClock({ auto: true });
  const model = peakModel({ now: () => Date.parse(clock.now()) });
  const server = fakeShop({ name: 'peakwms' });
  const dialect = makePeakWmsDialect(model);
  const around: Opened['around'] = {};
  const answer: typeof dialect.answer = (request, shop) => around.answer?.(request) ?? dialect.answer(request, shop);
  const served = await serve(server, { ...dialect, answer });
  onTestFinished(() => served.close());
  const warehouse = peakWms.connect({
    clock,
    store: memoryStore(),
    actor: mette,
    address: `${served.url}/api/integration/v1`,
    secrets: { key: model.key },
    options: peakWms.options.parse(options),
  });
  return { model, server, clock, around, warehouse: withWarehouseRetry(warehouse, { clock, chance: () => 0 }) };
}

const lots = (...quantities: readonly number[]) =>
  quantities.map((quantity, place) => ({ locationCode: `A${place + 1}`, quantity }));
const products = ({ warehouse }: Opened) => readAll((cursor) => warehouse.products({ cursor }, forever));

test('the figure is what is for sale, not what lies in rows: blocked goods are in the rows only', async () => {
  const opened = await open();
  opened.model.add({
    sku: 'SOK-1',
    name: 'Sokker',
    ordered: 2,
    lots: [...lots(10), { locationCode: 'RETUR', quantity: 5, blocked: true }],
  });
  const [product] = await products(opened);
  expect(product?.level).toMatchObject({ available: 8, onHand: 10, reserved: 2 });
  const rows = await readAll((cursor) => opened.warehouse.stock({ cursor }, forever));
  expect(rows.map(({ onHand }) => onHand)).toEqual([10, 5]);
});

test('rows of stock are decimals, by location', async () => {
  const opened = await open();
  opened.model.add({ sku: 'KABEL', name: 'Kabel', lots: lots(2.5) });
  const rows = await readAll((cursor) => opened.warehouse.stock({ cursor }, forever));
  expect(rows).toMatchObject([{ location: 'A1', onHand: 2.5, available: 2.5 }]);
});

test("the host's ids come along, as texts, and a product that no host made has a key of its own", async () => {
  const opened = await open();
  opened.model.add({ sku: 'A', name: 'A', productId: '10411', variantId: '0077' });
  opened.model.add({ sku: 'B', name: 'B', productId: null });
  const [host, own] = await products(opened);
  expect(host).toMatchObject({ key: '10411/0077', hostProductId: '10411', hostVariantId: '0077' });
  expect(own?.key).toBe('#2');
  expect(own?.hostProductId).toBeUndefined();
});

test('a short page in the middle is not the end', async () => {
  const opened = await open();
  for (let count = 0; count < 20; count += 1) opened.model.add({ sku: `S-${count}`, name: 'S' });
  opened.server.temper.shortPages = true;
  expect(await products(opened)).toHaveLength(20);
});

test('a product that goes while pages are read takes no other with it', async () => {
  const opened = await open();
  const goods = Array.from({ length: 600 }, (_, count) => opened.model.add({ sku: `S-${count}`, name: 'S' }));
  let pages = 0;
  opened.server.temper.beforeAnswer = () => {
    pages += 1;
    if (pages === 2) opened.model.remove(goods[10]!);
  };
  expect(new Set((await products(opened)).map(({ sku }) => sku)).size).toBe(600);
});

test('the same page for ever is told, not read for ever', async () => {
  const opened = await open();
  for (let count = 0; count < 300; count += 1) opened.model.add({ sku: `S-${count}`, name: 'S' });
  opened.server.temper.forgetPage = true;
  await expect(products(opened)).rejects.toMatchObject({
    kind: 'unintelligible',
    detail: { said: 'the same page came again' },
  });
});

test('rows without end are read as far as is believed, and further where more is known here', async () => {
  const endless = (known: number) => {
    let last = 0;
    const ask = async () => {
      const rows = Array.from({ length: 9_000 }, (_, at) => ({ key: `k${last + at}` }));
      last += rows.length;
      return { rows, broken: [], next: `${last}`, asOf: instant('2026-11-24T08:30:00.000Z') };
    };
    const page = boundedPages(ask, { known: async () => known, doing: 'reading products' });
    return readAll((cursor) => page({ cursor }, forever)).catch((thrown: unknown) => thrown);
  };
  const said = (limit: number) =>
    expect.stringMatching(new RegExp(`more than it has: page \\d+ goes over ${limit} rows`));
  expect(await endless(0)).toMatchObject({ kind: 'unintelligible', detail: { said: said(200_000) } });
  expect(await endless(1_000)).toMatchObject({ detail: { said: said(230_000) } });
});

/** What a PeakWMS without end shows in place of a list, a page a call. */
type Endless = (call: number, query: URLSearchParams) => unknown;
const goods = (ids: readonly number[]) =>
  ids.map((id) => ({ id, productId: `p${id}`, sku: `S-${id}`, description: 'S', availableToSell: 1 }));
const range = (length: number, from = 1) => Array.from({ length }, (_, at) => from + at);

test.each<[string, Endless, string | undefined, RegExp]>([
  [
    'one page of changes again and again',
    () => goods(range(100)),
    '2026-11-01T00:00:00.000Z',
    /repeats itself at page 2/,
  ],
  [
    'three pages of changes in turn',
    (call) => goods(range(100, (call % 3) * 100 + 1)),
    '2026-11-01T00:00:00.000Z',
    /repeats itself at page [4-7]/,
  ],
  [
    'rows without an id',
    () => goods(range(3)).map(({ id: _, ...row }) => row),
    undefined,
    /no row of the page has an id/,
  ],
  ['texts where rows are due', () => ['a', 'b'], undefined, /no row of the page has an id/],
  ['no list', () => ({ rows: 3 }), undefined, /no list called data/],
])('%s end by themselves, and say so', async (_name, show, since, said) => {
  const opened = await open();
  let call = 0;
  opened.around.answer = ({ query }) => {
    call += 1;
    return { status: 200, body: show(call, query) };
  };
  const request = since === undefined ? {} : { since: instant(since) };
  const error = await readAll((cursor) => opened.warehouse.products({ ...request, cursor }, forever)).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ kind: 'unintelligible', detail: { said: expect.stringMatching(said) } });
});

test('nulls, dates of no known form and unknown keys do no harm', async () => {
  const opened = await open();
  opened.model.add({ sku: null, name: 'Uden varenummer' });
  opened.model.faults.nullVendors = true;
  opened.model.faults.extraKeys = true;
  const page = await opened.warehouse.products({}, forever);
  expect(page.broken).toEqual([]);
  expect(page.rows).toMatchObject([{ name: 'Uden varenummer', level: { available: 0 } }]);
  expect(page.rows[0]?.active).toBeUndefined();
  expect(page.rows[0]?.cost).toBeUndefined();
});

test('fields that are left out are not told, and the row is read all the same', async () => {
  const opened = await open();
  opened.model.add({ sku: 'A', name: 'A', lots: lots(4) });
  opened.model.faults.sparse = true;
  const page = await opened.warehouse.products({}, forever);
  expect(page.broken).toEqual([]);
  expect(page.rows).toMatchObject([{ sku: 'A', level: { available: 4 } }]);
  const stock = await opened.warehouse.stock({}, forever);
  expect(stock.broken).toEqual([]);
  expect(stock.rows).toMatchObject([{ onHand: 4, available: 4 }]);
  expect(stock.rows[0]?.location).toBeUndefined();
});

test('a row that nobody can read is named and is not nought', async () => {
  const opened = await open();
  opened.model.add({ sku: 'A', name: 'A', lots: lots(4) });
  const bad = opened.model.add({ sku: 'B', name: 'B', lots: lots(4) });
  opened.server.temper.brokenRows.add(String(bad.id));
  const page = await opened.warehouse.products({}, forever);
  expect(page.rows.map(({ sku }) => sku)).toEqual(['A']);
  expect(page.broken).toMatchObject([{ shopProductId: String(bad.id), sku: 'B', where: 'availableToSell' }]);
});

test('a row of stock that tells no quantity is unknown; one that names no product is of nobody', async () => {
  const opened = await open();
  const own = opened.model.add({ sku: 'A', name: 'A', productId: null });
  const row = { id: own.id, productId: null, variantId: null, itemNumber: 'B', locationCode: 'A1', quantity: 7 };
  opened.around.answer = ({ path, query }) => {
    if (!path.endsWith('stock/keySet')) return undefined;
    const rows = [row, { ...row, id: own.id + 1, productId: '10411', quantity: null }];
    return { status: 200, body: { data: query.get('LastId') === '0' ? rows : [] } };
  };
  const page = await opened.warehouse.stock({}, forever);
  // The number of a row of stock is no product's, though a product may have the same.
  expect(page.rows).toEqual([]);
  expect(page.broken).toEqual([{ shopProductId: '10411', where: 'quantity', said: 'is missing' }]);
});

test('"slow down" is waited out for a minute, and more than its calls are never asked for', async () => {
  const opened = await open({ per_minute: '240' });
  opened.model.add({ sku: 'A', name: 'A' });
  const started = Date.parse(opened.clock.now());
  opened.server.temper.throttleEvery = 2;
  expect(await products(opened)).toHaveLength(1);
  expect(Date.parse(opened.clock.now()) - started).toBeGreaterThanOrEqual(60_000);
});

test('"slow down" without end is told as that', async () => {
  const opened = await open();
  opened.server.temper.throttleEvery = 1;
  await expect(products(opened)).rejects.toMatchObject({ kind: 'rate-limited' });
});

test('calls keep to half the limit, so that 300 of them meet no refusal', async () => {
  const opened = await open();
  const started = Date.parse(opened.clock.now());
  for (let count = 0; count < 300; count += 1) await opened.warehouse.products({}, forever);
  expect(Date.parse(opened.clock.now()) - started).toBeGreaterThanOrEqual(149_000);
  expect(opened.server.memory.throttled).toBe(0);
});

test('a page of HTML is no answer, and says no figure', async () => {
  const opened = await open();
  opened.server.temper.htmlPage = true;
  await expect(products(opened)).rejects.toMatchObject({ kind: 'unintelligible' });
});

test("PeakWMS's own sentence and number are told", async () => {
  const opened = await open();
  opened.model.faults.refusal = 'The integration is paused';
  await expect(products(opened)).rejects.toMatchObject({
    kind: 'refused',
    detail: { status: 400, said: 'The integration is paused (4148)' },
  });
});

test('what changed since a moment is read alone; where the list is gone, that is told', async () => {
  const opened = await open();
  const good = opened.model.add({ sku: 'A', name: 'A', lots: lots(1) });
  opened.model.add({ sku: 'B', name: 'B', lots: lots(1) });
  opened.clock.advance(3_600_000);
  const since = instant('2026-11-24T08:30:00.000Z');
  opened.model.count(good, 9);
  const changed = await readAll((cursor) => opened.warehouse.products({ since, cursor }, forever));
  expect(changed).toMatchObject([{ sku: 'A', level: { available: 9 } }]);
  opened.model.faults.noChangedList = true;
  await expect(opened.warehouse.products({ since }, forever)).rejects.toMatchObject({ kind: 'refused' });
});

test('the key goes in the header and is in no error', async () => {
  const opened = await open();
  await products(opened);
  expect(opened.server.memory.requests.every(({ credentials }) => credentials === 'header')).toBe(true);
  opened.server.temper.firewall = true;
  const error: unknown = await products(opened).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(opened.model.key);
});
