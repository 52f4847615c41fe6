import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { csvText } from '../../src/cli/output/csv.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { brokenRowText } from '../../src/views/warehouse/broken-row.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { stockFileDrop } from '../../src/warehouses/files/driver.ts';
import { withWarehouseRetry } from '../../src/warehouses/with-retry.ts';
import { readAll } from '../contract/warehouse.contract.ts';
import { mette } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const forever = new AbortController().signal;
const clock = makeClock();

async function open(options: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-drop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return {
    folder,
    warehouse: connect(folder, options),
    /** Writes a file that was last touched so many seconds ago. */
    drop: async (name: string, text: string, secondsAgo = 60): Promise<void> => {
      await writeFile(join(folder, name), text);
      const at = new Date(Date.parse(clock.now()) - secondsAgo * 1_000);
      await utimes(join(folder, name), at, at);
    },
  };
}

const connect = (address: string, options: Readonly<Record<string, string>> = {}): Warehouse =>
  stockFileDrop.connect({
    clock,
    store: memoryStore(),
    actor: mette,
    address,
    secrets: {},
    options: stockFileDrop.options.parse(options),
  });

const products = (warehouse: Warehouse) => readAll((cursor) => warehouse.products({ cursor }, forever));

test('several files that name the same products are no list that repeats itself: the newest has the last word', async () => {
  const { warehouse, drop, folder } = await open();
  const patient = withWarehouseRetry(warehouse, { clock, chance: () => 0 });
  for (let count = 0; count < 6; count += 1) await drop(`${count}.csv`, `sku;antal\nA;${count}\nB;1\n`, 600 - count);
  const rows = await products(patient);
  expect(rows.filter(({ sku }) => sku === 'A').map(({ level }) => level?.onHand)).toEqual([0, 1, 2, 3, 4, 5]);
  await patient.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['taken']);
});

test('one bad line and nothing of the file is taken; every bad line is named', async () => {
  const { warehouse, drop, folder } = await open();
  await drop('lager.csv', 'sku;antal\nA;3\nB;mange\n;4\nC;1.000\nA;5\n');
  const page = await warehouse.products({}, forever);
  expect(page.rows).toEqual([]);
  expect(page.broken.map(({ where }) => where)).toEqual([
    'lager.csv, line 3, onHand',
    'lager.csv, line 4, sku',
    'lager.csv, line 5, onHand',
    'lager.csv, line 6, sku',
  ]);
  await warehouse.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['lager.csv']);
});

test('thousands are read as a spreadsheet shows them; one mark and three digits are told as what they may be', async () => {
  const { warehouse, drop } = await open();
  await drop('lager.csv', "sku;antal\nA;1\u202f000\nB;1.000.000\nC;1'000,50\nD;-0\nE;12 stk.\n");
  expect((await products(warehouse)).map(({ level }) => level?.onHand)).toEqual([1000, 1_000_000, 1000.5, 0, 12]);
  await drop('lager.csv', 'sku;antal\nA;1,000\nB;1.00.000\n');
  const { broken } = await warehouse.products({}, forever);
  expect(broken.map(({ said }) => said)).toEqual(['unclear-thousands: 1,000', 'not-a-figure: 1.00.000']);
});

test('a file is moved aside when it was taken in, and not before', async () => {
  const { warehouse, drop, folder } = await open();
  await drop('lager.csv', 'sku;antal\nA;3\n');
  expect(await products(warehouse)).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['lager.csv']);
  await warehouse.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['taken']);
  expect(await readdir(join(folder, 'taken'))).toEqual(['lager.csv']);
  await drop('lager.csv', 'sku;antal\nA;4\n', 30);
  await products(warehouse);
  await warehouse.acknowledge?.(forever);
  expect(await readdir(join(folder, 'taken'))).toHaveLength(2);
});

test('a file that was written anew after it was read stays to be read again', async () => {
  const { warehouse, drop, folder } = await open();
  await drop('lager.csv', 'sku;antal\nA;3\n');
  await products(warehouse);
  await drop('lager.csv', 'sku;antal\nA;4\n', 20);
  await warehouse.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['lager.csv']);
});

test('a half-written file is left until it rests; an empty one too, and what office programs lay beside an open file', async () => {
  const { warehouse, drop } = await open();
  await drop('ny.csv', 'sku;antal\nA;3\n', 2);
  await drop('tom.csv', '');
  for (const name of ['~$lager.csv', '.~lock.lager.csv#', '.lager.csv', 'lager.csv.part']) await drop(name, 'mette');
  expect(await warehouse.products({}, forever)).toMatchObject({ rows: [], broken: [] });
});

test('the newest file has the last word', async () => {
  const { warehouse, drop } = await open();
  await drop('b.csv', 'sku;antal\nA;3\n', 600);
  await drop('a.json', '[{"sku":"A","available":8,"reserved":2}]', 60);
  const read = await products(warehouse);
  expect(read.map(({ level }) => level?.available)).toEqual([3, 8]);
  expect(read.at(-1)?.level).toMatchObject({ onHand: 10, reserved: 2 });
});

test('columns are read by the titles that were saved', async () => {
  const { warehouse, drop } = await open({ sku: 'Artikel', onHand: 'Bestand' });
  await drop('lager.csv', 'Artikel;Antal;Bestand\nA;1;7,5\n');
  expect(await products(warehouse)).toMatchObject([{ sku: 'A', level: { onHand: 7.5 } }]);
});

test('what our exports guard against formulas comes back as it was, out of CSV and out of JSON', async () => {
  const { warehouse, drop } = await open();
  const skus = ['=A-1', "'=B-1", '="007"', '+45', '-D', "'E"];
  const rows = skus.map((sku) => ({ sku, name: `@${sku}`, onHand: 3 }));
  const form = { delimiter: ';', decimal: ',', bom: true } as const;
  await drop('a.csv', await csvText([['sku', 'name', 'on hand'], ...rows.map(Object.values)], form));
  await drop('b.json', JSON.stringify(rows));
  const read = (await products(warehouse)).map(({ sku, name }) => ({ sku, name, onHand: 3 }));
  expect(read).toEqual([...rows, ...rows]);
});

test('a single file is read and stays', async () => {
  const { drop, folder } = await open();
  await drop('lager.csv', 'sku;antal\n="00123";3\n');
  const one = connect(join(folder, 'lager.csv'));
  expect(await products(one)).toMatchObject([{ sku: '00123' }]);
  await one.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['lager.csv']);
});

test('a folder that is not there is told', async () => {
  const gone = connect('/nowhere/at/all');
  await expect(gone.test(forever)).rejects.toMatchObject({ kind: 'unreachable' });
});

test('a fault of the program is told as one, and no file of the warehouse is blamed for it', async () => {
  const buggy = withWarehouseRetry(connect(undefined as unknown as string), { clock });
  await expect(buggy.products({}, forever)).rejects.toMatchObject({
    kind: 'unintelligible',
    detail: { shop: 'warehouse', reason: 'program-fault' },
  });
});

test('a file that cannot be set aside is told, and the rest is', async () => {
  const { warehouse, drop, folder } = await open();
  await writeFile(join(folder, 'taken'), 'a file where the folder is to be');
  await drop('lager.csv', 'sku;antal\nA;3\n');
  await products(warehouse);
  await expect(warehouse.acknowledge?.(forever)).rejects.toMatchObject({
    kind: 'refused',
    detail: { doing: 'setting files aside', saidBy: 'us' },
  });
  await rm(join(folder, 'taken'));
  await products(warehouse);
  await warehouse.acknowledge?.(forever);
  expect(await readdir(folder)).toEqual(['taken']);
});

test.each([
  ['lager.csv', 'sku;antal\n"A;3\nB;4\n', 'linje 2: her begynder et anførselstegn, som ikke afsluttes'],
  ['lager.csv', 'sku;antal;antal\nA;3;4\n', 'linje 1, på lager: to kolonner betyder det samme: "antal, antal"'],
  ['lager.csv', 'vare;antal\nA;3\n', 'linje 1, varenummer: kolonnen mangler: "vare, antal"'],
  ['lager.csv', 'sku;antal\nA;mange\n', 'linje 2, på lager: ikke et tal: "mange"'],
  ['lager.csv', 'sku;til salg\nA;mange\n', 'linje 2, til salg: ikke et tal: "mange"'],
  ['lager.csv', 'sku;antal\n;3\n', 'linje 2, varenummer: varenummeret mangler'],
  ['lager.csv', 'sku;antal\nA;\n', 'linje 2, på lager: værdien mangler'],
  ['lager.csv', 'sku;antal\nA;3\nA;4\n', 'linje 3, varenummer: varenummeret står to gange i filen: "A"'],
  ['lager.csv', 'sku;antal\nA;3\nI alt;3\n', 'linje 3, varenummer: en linje med en sum'],
  ['lager.csv', 'sku;antal\n5,70123E+12;3\n', 'linje 2, varenummer: et regneark har omskrevet varenummeret'],
  ['lager.csv', 'sku;antal\n#NAVN?;3\n', 'linje 2, varenummer: et regneark har omskrevet varenummeret'],
  ['lager.csv', '<table><tr><td>sku</td></tr></table>', 'ikke en CSV-fil'],
  ['lager.csv', '\n;;\n', 'linje 1: der står ikke noget i den'],
  ['lager.json', '{"sku":"A"}', 'skal indeholde en liste af objekter'],
  ['lager.json', '[{"sku":"A",\n"antal":}]', 'linje 2: passer ikke; filen er ikke JSON herfra'],
  ['lager.json', '[{"sku":"A","antal":1,"antal":2}]', 'linje 1, på lager: to kolonner betyder det samme: "antal"'],
])('what is wrong with %s is told in words: %j', async (name, text, told) => {
  const { warehouse, drop } = await open();
  await drop(name, text);
  const { broken } = await warehouse.products({}, forever);
  expect(broken.map((row) => brokenRowText(row, wordsOf('da'))).join('\n')).toContain(`${name}, ${told}`);
  expect(brokenRowText(broken[0] ?? { where: '', said: '' }, wordsOf('en'))).not.toMatch(/[a-z]-[a-z]+-|quote-open/);
});
