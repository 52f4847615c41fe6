import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Changes, TableName, Tables } from '../../src/domain/changes.ts';
import { noChanges } from '../../src/domain/changes.ts';
import type { StoredEvent } from '../../src/domain/event.ts';
import { toPlanId, toProductId, toSku } from '../../src/domain/ids.ts';
import { writeGeneration } from '../../src/stores/compaction/compaction.ts';
import { noManifest } from '../../src/stores/compaction/open-generation.ts';
import { encodeLine } from '../../src/stores/disk/checksummed-line.ts';
import { writeSegments } from '../../src/stores/history/history-write.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { compactStore, checkStore as readWhole } from '../../src/stores/maintenance/store-admin.ts';
import { applyUnchecked, makeTables, tableNames } from '../../src/stores/tables/tables.ts';
import {
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
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';
import { trouble } from './rejected-with.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-shapes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => jsonStore({ folder, clock: systemClock });
const checked = () => readWhole({ folder, clock: systemClock });
const fileOf = (pattern: RegExp, at = folder): string => join(at, readdirSync(at).find((name) => pattern.test(name))!);
const contentsOf = (file: string): string => readFileSync(file, 'latin1');

/** Whole records, each with one field of another type than it must be: its table, its key, the field. */
const wrongRecords: readonly (readonly [TableName, key: string, field: string, record: object])[] = [
  ['shops', 'dk', 'paused', { ...makeShop(), paused: 'no' }],
  ['shopStates', 'dk', 'run.status', { ...makeShopState(), run: { ...makeShopState().run, status: 7 } }],
  ['products', 'p1', 'stock.onHand', { ...makeProduct(), stock: { onHand: '12', reserved: 2 } }],
  ['stockLevels', 'p1 A-1', 'reserved', { ...makeLocationStock(), reserved: '1' }],
  ['listings', 'dk 101', 'stock.tracked', { ...makeListing(), stock: { tracked: 'yes' } }],
  ['integrations', 'p1 dk', 'pushed.quantity', { ...makeIntegration(), pushed: { quantity: '3', at: morning } }],
  ['integrations', 'p1 dk', 'by.kind', { ...makeIntegration(), by: { kind: 'robot', name: 'x' } }],
  ['products', 'p1', 'formerSkus.0', { ...makeProduct(), formerSkus: [7] }],
  ['listings', 'dk 101', 'barcode', { ...makeListing(), barcode: 7 }],
  ['marks', 'p1 note', 'by', { ...makeMark(), by: mette }],
  ['tombstones', 'p1 dk', 'integration.pushed.at', makeWrongTombstone()],
  ['conflicts', 'dk 101', 'since', { ref: refTo('dk', '101'), since: 7, kind: 'sku-changed', holder: 'p1', sku: 'B' }],
  ['rulings', 'dk 101 not-the-same p1', 'by', { ...ruling(), by: 7 }],
  ['sales', 'dk 101', 'sku', { ...makeSale(), sku: 7 }],
  ['marks', 'p1 note', 'until', { ...makeMark(), until: 7 }],
  ['shops', 'dk', 'options.location', { ...makeShop(), options: { location: 7 } }],
  ['shopStates', 'dk', 'sales.to', { ...makeShopState(), sales: { from: morning, to: 7 } }],
  [
    'shopStates',
    'dk',
    'run.counts.linked',
    { ...makeShopState(), run: { ...makeShopState().run, counts: { linked: '7' } } },
  ],
  ['products', 'p1', 'warehouse.key', { ...makeProduct(), warehouse: { source: 'peakwms', key: 7 } }],
  ['products', 'p1', 'stock.available', { ...makeProduct(), stock: { onHand: 1, reserved: 0, available: '1' } }],
  ['listings', 'dk 101', 'unbuyable.0.why', { ...makeListing(), unbuyable: [{ why: 7, shopSays: 'x' }] }],
  [
    'listings',
    'dk 101',
    'stock.unreadable.field',
    { ...makeListing(), stock: { tracked: true, unreadable: { field: 7 } } },
  ],
  ['plans', 'plan-1', 'rows.0.productId', { id: toPlanId('plan-1'), madeAt: morning, rows: [{ productId: 7 }] }],
];
function makeWrongTombstone(): object {
  return { ...makeTombstone(), integration: { ...makeIntegration(), pushed: { quantity: 3 } } };
}
function ruling(): object {
  return { ref: refTo('dk', '101'), at: morning, by: 'mette', kind: 'not-the-same', productId: 'p1' };
}
const linked = (integration: object): StoredEvent =>
  ({ seq: 1, at: morning, by: mette, type: 'integration-created', integration }) as StoredEvent;

/** A store as a program would leave it that made such records and such a past: every checksum is right. */
async function writtenWith(records: { readonly [table: string]: readonly object[] }, past: readonly StoredEvent[]) {
  const tables = makeTables();
  applyUnchecked(tables, { put: records as Changes['put'], drop: {} });
  async function* events() {
    yield* past;
  }
  const watch = { onLine: () => undefined };
  await writeGeneration(
    folder,
    { manifest: noManifest, tables, lastSeq: past.length },
    { refresh: () => undefined, history: (generation) => writeSegments({ folder, generation, watch }, 1, events()) },
  );
}

/** A store whose journal holds one line, with another text in it; the line’s own checksum is right. */
async function journalWith(line: { readonly put?: object; readonly events?: readonly object[] }): Promise<string> {
  const store = await open();
  await store.change(async () => numberedChange('a'));
  await store.close();
  const journal = fileOf(/^journal-\d+\.jsonl$/);
  const written = readFileSync(journal, 'utf8');
  const body = JSON.parse(written.slice(written.indexOf('{')));
  writeFileSync(journal, encodeLine({ ...body, ...line }));
  rmSync(`${journal}.confirmed`);
  return journal;
}

test('every kind of record is among those that are tried', () => {
  expect(new Set(wrongRecords.map(([table]) => table))).toEqual(new Set(tableNames));
});

test.each(
  wrongRecords,
)('a snapshot with a wrong field in %s, %s: %s is told with it, and left as it is', async (table, key, field, record) => {
  await writtenWith({ marks: [makeMark({ productId: toProductId('first') })], [table]: [record] }, []);
  const snapshot = fileOf(/^snapshot-/);
  const before = contentsOf(snapshot);
  const told = await trouble(open());
  expect(told).toMatchObject({ kind: 'damaged', place: expect.stringContaining(`${snapshot}, line `) });
  expect(told.detail.replace('  ', ' ')).toContain(`${table}, ${key}: ${field}: `);
  expect(await checked()).toMatchObject({ ok: false, trouble: { place: told.place, detail: told.detail } });
  expect(contentsOf(snapshot)).toBe(before);
});

test.each(
  wrongRecords,
)('a journal with a wrong field in %s, %s: %s is told with it, and left as it is', async (table, key, field, record) => {
  const journal = await journalWith({ put: { [table]: [record] } });
  const before = contentsOf(journal);
  const told = await trouble(open());
  expect(told).toMatchObject({ kind: 'damaged', place: `${journal}, line 1, byte 0` });
  expect(told.detail.replace('  ', ' ')).toContain(`${table}, ${key}: ${field}: `);
  expect(await checked()).toMatchObject({ ok: false, trouble: { place: told.place, detail: told.detail } });
  expect(contentsOf(journal)).toBe(before);
});

test('an event of a wrong shape in the journal is told with file, line, number and field', async () => {
  const journal = await journalWith({ events: [linked({ ...makeIntegration(), createdAt: 7 })] });
  expect(await trouble(open())).toMatchObject({
    kind: 'damaged',
    place: `${journal}, line 1, byte 0`,
    detail: expect.stringContaining('events, 1: integration.createdAt: '),
  });
});

test('an event of a wrong shape in the history is told when it is read, and by a check of everything', async () => {
  const past = [linked(makeIntegration()), { ...linked({ ...makeIntegration(), createdAt: 7 }), seq: 2 }];
  await writtenWith({}, past);
  const history = fileOf(/jsonl$/, join(folder, 'history'));
  const byte = contentsOf(history).indexOf('\n') + 1;
  const wrong = {
    kind: 'damaged',
    place: `${history}, line 2, byte ${byte}`,
    detail: expect.stringContaining('events, 2: integration.createdAt: '),
  };
  const store = await open();
  expect(await trouble(store.history({ limit: 9 }))).toMatchObject(wrong);
  expect(await trouble(store.events([2]))).toMatchObject(wrong);
  expect(await store.events([1])).toHaveLength(1);
  await store.close();
  expect(await checked()).toMatchObject({ ok: false, trouble: wrong });
  expect(await trouble(compactStore({ folder, clock: systemClock }))).toMatchObject(wrong);
});

test('fields that this version does not know stay, through the journal and a new snapshot', async () => {
  const product = { ...makeProduct(), later: { colour: 'red' }, content: { ...makeProduct().content, later: [1] } };
  await journalWith({ put: { products: [product] }, events: [{ ...linked(makeIntegration()), later: true }] });
  for (const round of ['journal', 'snapshot']) {
    const store = await open();
    expect(await store.products([product.id]), round).toEqual([JSON.parse(JSON.stringify(product))]);
    expect(await store.history({ limit: 1 }), round).toMatchObject([{ later: true }]);
    await store.close();
    await compactStore({ folder, clock: systemClock });
  }
});

test('a change that could not be read again is refused alone, and the store still opens', async () => {
  const store = await open();
  const noNumber: Tables['products'] = makeProduct({ stock: { onHand: Number.NaN, reserved: 0, at: morning } });
  const wrongEvent = linked({ ...makeIntegration(), createdAt: 7 });
  const [refused, kept, untold] = await Promise.all([
    trouble(store.change(async () => ({ ...noChanges, put: { products: [noNumber] } }))),
    store.change(async () => ({ ...noChanges, put: { products: [makeProduct({ sku: toSku('KEPT') })] } })),
    trouble(store.change(async () => ({ ...noChanges, put: { marks: [makeMark()] }, events: [wrongEvent] }))),
  ]);
  expect(refused).toMatchObject({
    kind: 'wrong-shape',
    detail: expect.stringContaining('products, p1: stock.onHand: '),
  });
  expect(untold).toMatchObject({ kind: 'wrong-shape', detail: expect.stringContaining('integration.createdAt: ') });
  expect(kept.put.products).toHaveLength(1);
  await store.close();
  const again = await open();
  expect(await again.products([toProductId('p1')])).toMatchObject([{ sku: 'KEPT' }]);
  expect(await again.marksOf([toProductId('p1')])).toEqual([]);
  await again.close();
});
