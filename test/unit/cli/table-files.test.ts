import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAmount, readPieces, stockLines } from '../../../src/cli/commands/stock/stock-import.ts';
import { csvText, safeCell } from '../../../src/cli/output/csv.ts';
import { jsonDocument } from '../../../src/cli/output/json.ts';
import { readTable } from '../../../src/cli/read-table-file.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

const words = wordsOf('en');
const form = { delimiter: ';', decimal: ',', bom: false } as const;

describe('CSV that goes out', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+45 12', "'+45 12"],
    ['-2', "'-2"],
    ['@sum', "'@sum"],
    ['\t=1', "' =1"],
    ['\r=1', "' =1"],
    ['\u0000=1', "'=1"],
    ['＝1', "'＝1"],
    ['\u001b[31mrød', 'rød'],
    ['SOK-1', 'SOK-1'],
  ])('%j becomes %j', (text, safe) => {
    expect(safeCell(text)).toBe(safe);
  });

  test('figures stay figures, in the form of the language; quotes, semicolons and line breaks are kept in their cell', async () => {
    const text = await csvText(
      [
        ['a', 'b'],
        [-1.5, 'x;"y"'],
        [undefined, 'to\nlinjer'],
      ],
      form,
    );
    expect(text).toBe('a;b\r\n-1,5;"x;""y"""\r\n;to linjer\r\n');
  });

  test('a byte order mark comes first when asked for', async () => {
    expect((await csvText([['æøå']], { ...form, bom: true })).startsWith('\ufeffæøå')).toBe(true);
  });
});

test('JSON that goes out holds no character that steers a terminal', () => {
  const text = jsonDocument('x', { name: '\u001b[2J\u009b31m\u202egnip' });
  expect(text).not.toMatch(/[\u001b\u009b\u202e]/);
  expect(JSON.parse(text)).toEqual({ bindeled: 1, kind: 'x', name: '\u001b[2J\u009b31m\u202egnip' });
});

describe('stock that comes in', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bindeled-csv-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const names = { sku: ['varenummer', 'sku'], onHand: ['beholdning', 'on hand', 'stock'] };
  const read = async (text: string | Buffer) => {
    const file = join(folder, 'x.csv');
    writeFileSync(file, text);
    return readTable(file, { names, needed: ['sku'] }, words);
  };

  test.each([
    ['semicolons and a byte order mark', '\ufeffVarenummer;Beholdning\r\nA;1\r\n'],
    ['commas', 'sku,stock\nA,1\n'],
    ['tabs, and a title written otherwise', 'SKU\tOn_Hand\nA\t1'],
  ])('%s', async (_name, text) => {
    const table = await read(text);
    expect(table.problems).toEqual([]);
    expect(table.lines).toEqual([{ line: 2, cells: { sku: 'A', onHand: '1' } }]);
  });

  test('a line with more cells than the heading is named by its number', async () => {
    const table = await read('sku,stock\nA,1\nB,1,5\n');
    expect(table.problems).toEqual([{ line: 3, what: 'too-many-cells' }]);
  });

  test('a file that is not UTF-8 is refused rather than read wrongly', async () => {
    await expect(read(Buffer.from('sku,stock\nR\xd8D,1\n', 'latin1'))).rejects.toThrow('UTF-8');
  });

  test.each(['3,5', '3.5', '1.000', 'x', '1e3', ' 1'])('"%s" is no number of pieces', (text) => {
    expect(readPieces('onHand', text)).toMatchObject({ problem: { column: 'onHand', value: text } });
  });

  test.each([
    ['12,50', 1250],
    ['12.5', 1250],
    ['1.234,50', 123_450],
    ['99', 9900],
  ])('%s is an amount', (text, minor) => {
    expect(readAmount('cost', text, 'DKK')).toEqual({ value: { minor, currency: 'DKK' } });
  });

  test('every bad line is named, in order, and an item number twice is one of them', () => {
    const line = (at: number, sku: string, onHand: string) => ({ line: at, cells: { sku, onHand } });
    const { problems } = stockLines([line(2, 'A', '1'), line(3, '', 'x'), line(4, 'A', '2')]);
    expect(problems.map(({ line: at, what }) => [at, what])).toEqual([
      [3, 'sku-missing'],
      [3, 'not-a-whole-number'],
      [4, 'sku-twice'],
    ]);
  });
});
