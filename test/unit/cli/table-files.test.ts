import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAmount, readPieces, stockLines } from '../../../src/cli/commands/stock/stock-import.ts';
import { encodingNote, readTable } from '../../../src/cli/files/csv-file.ts';
import { readObjects } from '../../../src/cli/files/json-file.ts';
import { csvText } from '../../../src/cli/output/csv.ts';
import { jsonDocument } from '../../../src/cli/output/json.ts';
import { maxFileBytes } from '../../../src/files/decode-text.ts';
import { tableOfJson } from '../../../src/files/json-table.ts';
import { lesserStockColumns, stockColumns } from '../../../src/files/stock-columns.ts';
import { problemLine } from '../../../src/views/errors/file-lines.ts';
import { safeCell } from '../../../src/views/text/safe-cell.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const words = wordsOf('en');
/** As UTF-32 writes it, without its mark. */
const wide = (text: string): Buffer => {
  const bytes = Buffer.alloc(text.length * 4);
  for (const [at, sign] of [...text].entries()) bytes.writeUInt32LE(sign.codePointAt(0) ?? 0, at * 4);
  return bytes;
};
/** As Windows-1251 writes it. */
const cyrillic = (text: string): Buffer =>
  Buffer.from(
    text.replace(/[А-я]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x350)),
    'latin1',
  );
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
    ['\n=1', "' =1"],
    [' =1', "' =1"],
    ['\u00a0+1', "'\u00a0+1"],
    ['\u3164=1', "'=1"],
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
  const name = '\u001b[2J\u009b31m\u202egnip\u200f\ufffa\u{e0001}\u00ad\ud83d æøå 👟';
  const text = jsonDocument('x', { name });
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  expect(text).toContain('æøå 👟');
  expect(JSON.parse(text)).toEqual({ bindeled: 1, kind: 'x', name });
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

  test('a long file is read in pieces: cells over their borders are whole, lines keep their numbers, and it can be ended', async () => {
    const count = 90_000;
    const row = (place: number) => `"Å-${place}";"${place % 1_000 === 0 ? 'to\nlinjer' : 'én'}";${place}\n`;
    const file = join(folder, 'long.csv');
    writeFileSync(file, `sku;navn;stock\n${Array.from({ length: count }, (_, place) => row(place)).join('')}`);
    const shares: number[] = [];
    const between = async (share: number) => void shares.push(share);
    const table = await readTable(file, { names, needed: ['sku'] }, words, between);
    expect(table.problems).toEqual([]);
    const wrong = table.lines.filter(({ line, cells }, place) => {
      const breaks = Math.floor((place + 999) / 1_000);
      return line !== place + 2 + breaks || cells.sku !== `Å-${place}` || cells.onHand !== String(place);
    });
    expect([table.lines.length, wrong.slice(0, 3), shares.length]).toEqual([count, [], 1]);
    const ended = readTable(file, { names, needed: ['sku'] }, words, async () => {
      throw new DOMException('interrupted', 'AbortError');
    });
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a line with more cells than the heading is named by its number', async () => {
    const table = await read('sku,stock\nA,1\nB,1,5\n');
    expect(table.problems).toEqual([{ line: 3, what: 'too-many-cells' }]);
  });

  test.each([
    ['rows of separators alone', 'sku;navn;stock\r\nA;Lampe;1\r\n;;\r\n;;\r\n'],
    ['blank lines before the heading and after the last', '\n\nsku,stock\n\nA,1\n\n\n'],
    ['the line that names the separator', 'sep=|\r\nsku|stock\r\nA|1\r\n'],
    ['lines that end as on an old Mac', 'sku;stock\rA;1\r'],
    ['the marks of a hand-held terminal', '\u0002sku;stock\r\nA;1\r\n\u0003\u001a'],
    ['two byte order marks', '\ufeff\ufeffsku;stock\nA;1\n'],
    ['cells that are shown as text', 'sku;stock\n="A";="1"\n'],
    ['separators behind the last cell', 'sku;stock;;\nA;1;;;;\n'],
    ['a title and a date above the heading', 'Lagerliste, 28-11-2026\n\nsku;navn;stock\nA;Lampe;1\n'],
    ['a comment with other separators above the heading', '# exported, by, x\nsku|stock\nA|1\n'],
    ['titles with a colon, or spelled in parts', 'Vare\u00ADnummer:;Beholdning:\nA;1\n'],
    ['cells padded with zeros', 'sku;stock\nA\u0000\u0000;1\u0000\n'],
    ['UTF-16 without its mark', Buffer.from('sku\tstock\r\nA\t1\r\n', 'utf16le')],
    ['UTF-16 the other way round, without its mark', Buffer.from('sku\tstock\r\nA\t1\r\n', 'utf16le').swap16()],
    ['UTF-16, as "Unicode text" is saved', Buffer.from('\ufeffsku\tstock\r\nA\t1\r\n', 'utf16le')],
  ])('%s: read without guessing', async (_name, text) => {
    const table = await read(text);
    expect(table.problems).toEqual([]);
    expect(table.lines.map(({ cells }) => cells)).toEqual([{ sku: 'A', onHand: '1' }]);
  });

  test.each([
    ['sku;stock\nA;1\u00002\n', 'onHand'],
    ['sku;stock\nA\u0000B;1\n', 'sku'],
    ['sku;stock\nA\u001dB;1\n', 'sku'],
    ['sku;stock\nA;1\u007f2\n', 'onHand'],
    ['sku;stock\nA\u009bB;1\n', 'sku'],
    ['sku;stock\nA\ufffdB;1\n', 'sku'],
  ])('a sign that no text holds makes a cell unreadable, not shorter: %j', async (text, column) => {
    expect((await read(text)).problems).toEqual([{ line: 2, column, what: 'unreadable-signs' }]);
  });

  test.each([
    ['varenummer;beholdning;stock\nA;120;1\n', 1, 'beholdning, stock'],
    ['\n\nsku;stock;On hand\nA;120;1\n', 3, 'stock, On hand'],
    ['sep=;\nsku;SKU;stock\nA;B;1\n', 2, 'sku, SKU'],
  ])('two columns that mean the same are refused by name and line: %j', async (text, line, value) => {
    const table = await read(text);
    expect(table.lines).toEqual([]);
    expect(table.problems).toMatchObject([{ line, what: 'column-twice', value }]);
  });

  test('line numbers are those of the file: behind blank lines, a named separator and a cell of several lines', async () => {
    const table = await read('sep=;\n\nsku;stock;navn\n\nA;1\nB;2;"x\ny"\nC;3;;4\n');
    expect(table.lines.map(({ line }) => line)).toEqual([5, 6, 8]);
    expect(table.problems).toEqual([{ line: 8, what: 'too-many-cells' }]);
  });

  const rows = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, at) => `R-${from + at};1\n`).join('');
  test.each([
    ['in the first of many lines', `sku;stock\n"A;1\n${rows(3, 5000)}`, 2, 'quote-open'],
    ['in the last of many lines', `sku;stock\n${rows(2, 4999)}"A;1\n`, 5000, 'quote-open'],
    ['behind blank lines and a cell of several lines', 'sku;stock;navn\nA;1;"x\ny"\n\n\n"B;1\nC;2\n', 6, 'quote-open'],
    ['closed by the mark that opens the next cell', 'sku;stock\nA;1\n"B;2\nC;3\n"D";4\n', 3, 'quote-open'],
    ['closed at the end of another line', 'sku;stock\nA;1\n"B;2\nC;3\nD";4\n', 3, 'line-break'],
  ])('a quotation mark too many is named by the line on which it stands: %s', async (_name, text, line, what) => {
    expect((await read(text)).problems).toMatchObject([{ line, what }]);
  });

  test('an item number in JSON that goes over several lines is refused', async () => {
    expect((await readJson('[\n{"sku":"A\\nB","stock":1}]')).problems).toEqual([
      { line: 2, column: 'sku', what: 'line-break' },
    ]);
  });

  test.each([
    ['today', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0])],
    ['before 2007', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ])('a workbook as Excel saves it %s is called one', async (_name, bytes) => {
    await expect(read(bytes)).rejects.toThrow('workbook');
  });

  test.each([
    ['a page that is called a workbook', '<html><table><tr><td>sku</td></tr></table>', 'web page'],
    ['XML', '\ufeff<?xml version="1.0"?><Workbook/>', 'web page'],
    ['a PDF', '%PDF-1.7\nsku;stock\n', 'document'],
    ['RTF', '{\\rtf1\\ansi sku;stock}', 'document'],
    ['JSON', '[\n {"sku":"A","stock":1}]', 'JSON'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x81]), 'picture'],
    ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'archive'],
    ['an archive with a list in it', Buffer.from('PK\u0003\u0004\u0014\u0000stock.csv'), 'archive'],
  ])('%s is called what it is', async (_name, text, called) => {
    await expect(read(text)).rejects.toThrow(called);
  });

  test('a missing column is told with the titles that stand there', async () => {
    expect((await read('Artikel;Bestand\nA;1\n')).problems).toEqual([
      { line: 1, column: 'sku', what: 'column-missing', value: 'Artikel, Bestand' },
    ]);
  });

  test.each([
    ['Navision', 'Nummer;Beskrivelse;Lager', 'A;x;7'],
    ['Dinero', 'Varenummer;Navn;Lagerstatus', 'A;x;7'],
    ['Uniconta', 'Vare;Varenavn;Lagerbeholdning;Disponibel', 'A;x;7;5'],
    ['C5', 'Varekode;Varenavn;Lager', 'A;x;7'],
    ['Shopify', 'Handle,Variant SKU,Variant Inventory Qty', 'x,A,7'],
    ['WooCommerce', 'ID,SKU,"In stock?",Stock', '1,A,0,7'],
    ['a Danish WooCommerce', 'Varenummer (SKU);Navn;På lager?;Lager', 'A;x;1;7'],
    ['PrestaShop', '"Product ID",Name,Reference,Quantity', '1,x,A,7'],
    ['a surer title of the same file', 'Nummer;Vare;Varenr.;Antal;Lagerstatus', '1;x;A;7;på lager'],
    ['a surer heading further down', 'Vare;Lager\nVarenr.;Antal', 'A;7'],
  ])('a list of %s is read', async (_program, titles, row) => {
    const columns = { names: stockColumns, lesser: lesserStockColumns, needed: ['sku', 'onHand'] };
    const file = join(folder, 'list.csv');
    writeFileSync(file, `${titles}\n${row}\n`);
    expect(await readTable(file, columns, words)).toMatchObject({
      problems: [],
      lines: [{ cells: { sku: 'A', onHand: '7' } }],
    });
  });

  test.each([
    ['Nummer;Navn;Reference;Antal', 'sku', 'Nummer, Reference'],
    ['Vare;Antal', 'sku', 'Vare, Antal'],
    ['SKU;On hand (current);On hand (new)', 'onHand', 'On hand (current), On hand (new)'],
    ['SKU;In stock?', 'onHand', 'SKU, In stock?'],
  ])('which title of %s is meant, or whether any is, is for a person to say', async (titles, column, value) => {
    const columns = { names: stockColumns, lesser: lesserStockColumns, needed: ['sku', 'onHand'] };
    const file = join(folder, 'list.csv');
    writeFileSync(file, `${titles}\nA;1;2\n`);
    expect((await readTable(file, columns, words)).problems).toMatchObject([{ column, value }]);
  });

  test('of a JSON list the first object decides how sure a title must be', async () => {
    const columns = { names: stockColumns, lesser: lesserStockColumns, needed: ['sku', 'onHand'] };
    const read = (list: readonly object[]) => tableOfJson(JSON.stringify(list), columns, (text) => text);
    expect(await read([{ reference: 'A', name: 'x', quantity: 1 }])).toMatchObject({
      lines: [{ cells: { sku: 'A' } }],
    });
    const both = await read([
      { reference: 'x', name: 'x', sku: 'A', quantity: 1 },
      { reference: 'B', name: 'x', quantity: 2 },
    ]);
    expect(both).toMatchObject({ problems: [] });
    expect(typeof both === 'object' && 'lines' in both && both.lines.map(({ cells }) => cells)).toEqual([
      { sku: 'A', onHand: '1' },
      { onHand: '2' },
    ]);
  });

  test('a key that one object holds twice is named; JSON alone would take the last', async () => {
    const file = join(folder, 'twice.json');
    writeFileSync(file, '[{"sku":"A","stock":1},\n{"sku":"B","stock":1,"stock":2}]');
    expect((await readObjects(file, { names, needed: ['sku'] }, words)).problems).toEqual([
      { line: 2, column: 'onHand', what: 'column-twice', value: 'stock' },
    ]);
  });

  test.each([
    'Artikelnummer;Lagersaldo',
    'Art.nr.;Bestand',
    'ItemNo;Available in stock',
    'Varenummer*;Antal (stk.)',
    'Art.-Nr.;Menge',
    'VARE-NR.;Lager beholdning',
    'Artikelnr;Antal i lager',
    'Product code;Qty on hand',
    'SKU;Qty (pcs)',
  ])('the titles %s are known', async (titles) => {
    const file = join(folder, 'titles.csv');
    writeFileSync(file, `${titles}\nA;1\n`);
    const { lines, problems } = await readTable(file, { names: stockColumns, needed: ['sku', 'onHand'] }, words);
    expect([problems, lines]).toEqual([[], [{ line: 2, cells: { sku: 'A', onHand: '1' } }]]);
  });

  test('of a very long text in a cell the beginning is shown', () => {
    const problem = { line: 2, column: 'sku', what: 'unknown-product', value: 'A'.repeat(5_000) } as const;
    expect(problemLine(problem, words).length).toBeLessThan(130);
  });

  test('an empty file is in no old encoding', async () => {
    expect(await read('')).toMatchObject({ encoding: undefined, problems: [{ line: 1, what: 'file-empty' }] });
    expect(await read('\n ;;\n')).toMatchObject({ problems: [{ what: 'file-empty' }] });
  });

  test('lines of two encodings in one file are refused rather than half read', async () => {
    const both = Buffer.concat([Buffer.from('sku;stock\n\u00e6-1;1\n', 'latin1'), Buffer.from('\u00f8-1;2\n')]);
    await expect(read(both)).rejects.toThrow(/UTF-8/);
  });

  test.each(['=1+1', '-2', "'=x", "''@y", "'A", '+45', '@sum'])('%j goes out and comes back unchanged', async (sku) => {
    const table = await read(
      await csvText(
        [
          ['sku', 'stock'],
          [sku, 1],
        ],
        form,
      ),
    );
    expect(table.lines.map(({ cells }) => cells.sku)).toEqual([sku]);
  });

  test.each(["'=x", '="007"', '-2'])('%j in JSON, which no spreadsheet opens, is read as it stands', async (sku) => {
    expect((await readJson(JSON.stringify([{ sku, stock: 1 }]))).lines.map(({ cells }) => cells.sku)).toEqual([sku]);
  });

  test('what a Danish Excel writes is read where it is clearly that, and said', async () => {
    const table = await read(Buffer.from('sku;beholdning\nR\xd8D-\xc5;1\n', 'latin1'));
    expect(table).toMatchObject({ encoding: 'windows-1252', lines: [{ cells: { sku: 'RØD-Å', onHand: '1' } }] });
    expect(encodingNote(table, words)).toContain('"RØD-Å"');
  });

  test.each([
    ['a DOS code page', Buffer.from([0x73, 0x6b, 0x75, 0x3b, 0x73, 0x0a, 0x52, 0x9d, 0x44, 0x3b, 0x31, 0x0a])],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x73, 0, 0, 0])],
    ['UTF-32 without its mark', wide('sku;stock\nRØD;1\n')],
    ['UTF-32 of another machine', wide('sku;stock\nRØD;1\n').swap32()],
    ['Russian', cyrillic('sku;navn;stock\nA-1;Лампа;1\n')],
    ['one Russian letter', cyrillic('sku;stock\nБ-12;1\n')],
    ['Polish', Buffer.from('sku;stock\nsto\xb3owa;1\n', 'latin1')],
    ['Czech', Buffer.from('sku;stock\nK\xd9\xd2;1\n', 'latin1')],
    ['Mac Roman', Buffer.from('sku;stock\nR\xafD, sm\xbfr;1\n', 'latin1')],
    ['Chinese', Buffer.from('sku;stock\n\xb5\xc6\xc5\xdd;1\n', 'latin1')],
  ])('%s is refused rather than read wrongly', async (_name, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/UTF-8/);
  });

  test.each([
    'ÆØÅæøå',
    'Crème brûlée',
    'Cañón pequeñín',
    'théâtre créée',
    'Häälahja',
    '10 á 25 kr. på Ærø',
    'Levi´s blå 501',
    '½ m³ grød, 20 °C',
  ])('"%s" of a Danish Excel is read', async (name) => {
    const table = await read(Buffer.from(`sku;navn;stock\nA;${name};1\n`, 'latin1'));
    expect(table).toMatchObject({ encoding: 'windows-1252', problems: [] });
  });

  test('UTF-16 without its mark is told by its line breaks where no letter is Latin', async () => {
    expect(await read(Buffer.from('артикул;sku;stock\nЛАМПА;А-1;1\n', 'utf16le'))).toMatchObject({
      encoding: 'utf-16',
      lines: [{ cells: { sku: 'А-1', onHand: '1' } }],
    });
  });

  test('letters that were ruined before the file was saved are told', async () => {
    expect((await read('sku;stock\nrÃ¸d;1\n')).problems).toEqual([{ line: 2, column: 'sku', what: 'ruined-letters' }]);
    expect((await read('sku;stock\nBLÅ«1»;1\n')).problems).toEqual([]);
  });

  test('exports that were put together: the same heading is passed over, another one is refused', async () => {
    const same = await read('sku;stock\nA;1\nSKU;On hand\nB;2\n');
    expect(same).toMatchObject({ problems: [], lines: [{ line: 2 }, { line: 4, cells: { sku: 'B', onHand: '2' } }] });
    expect((await read('sku;stock\nA;1\nstock;sku\n2;B\n')).problems).toEqual([
      { line: 3, what: 'heading-again', value: 'stock, sku' },
    ]);
  });

  test('standard input is named', async () => {
    await expect(readTable('-', { names, needed: ['sku'] }, words)).rejects.toThrow('Standard input');
  });

  test('a device, a pipe, a folder and a giant are refused at once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of ['/dev/zero', pipe, folder]) {
      await expect(readTable(file, { names, needed: ['sku'] }, words)).rejects.toThrow(/ordinary file|cannot be read/);
    }
    const giant = join(folder, 'giant.csv');
    writeFileSync(giant, 'sku;stock\n');
    truncateSync(giant, maxFileBytes + 1);
    await expect(readTable(giant, { names, needed: ['sku'] }, words)).rejects.toThrow('128 MB');
  });

  const readJson = async (text: string) => {
    const file = join(folder, 'x.json');
    writeFileSync(file, text);
    return readObjects(file, { names, needed: ['sku'] }, words);
  };

  test('a JSON file keeps every digit and names the line of the file', async () => {
    const table = await readJson(
      '\ufeff[\n  { "sku": 9007199254740993, "stock": 1 },\n\n  {\n "sku": "B", "onHand": 2 }, 3]',
    );
    expect(table.lines).toEqual([
      { line: 2, cells: { sku: '9007199254740993', onHand: '1' } },
      { line: 4, cells: { sku: 'B', onHand: '2' } },
    ]);
    expect(table.problems).toEqual([{ line: 5, what: 'not-a-row' }]);
  });

  test('JSON Lines are read as a list, each with the line of the file; a line that does not fit is named', async () => {
    const table = await readJson('{"sku":"A-1","stock":3}\n\n{"sku":"B","onHand":2}\n');
    expect(table.lines).toEqual([
      { line: 1, cells: { sku: 'A-1', onHand: '3' } },
      { line: 3, cells: { sku: 'B', onHand: '2' } },
    ]);
    const twice = await readJson('{"sku":"A-1","stock":3}\n{"sku":"B","stock":2,"stock":3}');
    expect(twice.problems).toMatchObject([{ line: 2, column: 'onHand', what: 'column-twice' }]);
    await expect(readJson('{"sku":"A-1"}\n{"sku":}')).rejects.toThrow('line 2 does not fit');
    await expect(readJson('{"sku":"A-1",\n"stock":3}')).rejects.toThrow('list of objects');
  });

  test('a JSON object that says the same twice, or an object where a value was due, is refused', async () => {
    const table = await readJson('[{ "sku": "A", "stock": 1, "onHand": 2 },\n{ "sku": { "x": 1 }, "stock": [2] }]');
    expect(table.problems).toMatchObject([
      { line: 1, column: 'onHand', what: 'column-twice', value: 'stock, on Hand' },
      { line: 2, column: 'sku', what: 'not-a-value' },
      { line: 2, column: 'onHand', what: 'not-a-value' },
    ]);
  });

  test('a file of a heading alone, or an empty list, is told and is no import of nothing', async () => {
    await expect(readJson('[]')).rejects.toThrow('holds no rows');
    const file = join(mkdtempSync(join(tmpdir(), 'bindeled-')), 'lager.csv');
    writeFileSync(file, 'Lagerliste\n\nVarenummer;Beholdning\n;\n\n');
    try {
      const reading = readTable(file, { names: stockColumns, needed: ['sku', 'onHand'] }, words);
      await expect(reading).rejects.toThrow('holds no rows');
    } finally {
      rmSync(join(file, '..'), { recursive: true });
    }
  });

  test('JSON nested without end is no JSON to us', async () => {
    await expect(readJson('['.repeat(200_000))).rejects.toThrow('not JSON');
    await expect(readJson('[{"sku":"A",\n"stock":1},\n]')).rejects.toThrow('line 3');
  });

  test.each([
    ['12,00', 12],
    ['12.0', 12],
    ['-3', -3],
    ['-0', 0],
    ['\u22123', -3],
    ['1 000', 1000],
    ['1\u00a0000', 1000],
    ['1\u202f000,00', 1000],
    ["12'345'678", 12_345_678],
    ['1\u2019000.00', 1000],
    ['1.000.000', 1_000_000],
    ['1,000,000.00', 1_000_000],
    ['1.000,00', 1000],
    ['-1,000.00', -1000],
    ['1.000,000', 1000],
    ['1234,000', 1234],
    ['0,00000', 0],
    ['12.0000', 12],
    ['12 stk.', 12],
    ['12pcs', 12],
    ['１２', 12],
  ])('%s pieces are %i', (text, value) => expect(readPieces('onHand', text)).toEqual({ value }));

  test.each([
    ['1.000', 'unclear-thousands'],
    ['-12,345', 'unclear-thousands'],
    ['1.000,50', 'decimal-number'],
    ['0.125', 'decimal-number'],
    ['1 00', 'not-a-whole-number'],
    ['1 000 00', 'not-a-whole-number'],
    ['1 000.125', 'not-a-whole-number'],
    ['1.000,000,000', 'not-a-whole-number'],
    ["1'000 000", 'not-a-whole-number'],
    ['1½', 'decimal-number'],
    ['(5)', 'not-a-whole-number'],
    ['5-', 'not-a-whole-number'],
    ['12 kolli', 'not-a-whole-number'],
    ['0 100', 'not-a-whole-number'],
    ['1.000.000.000.000', 'not-a-whole-number'],
  ])('"%s" is refused as %s', (text, what) =>
    expect(readPieces('onHand', text)).toEqual({ problem: { column: 'onHand', what, value: text } }));

  test.each(['3,5', '3.5', '1.000', 'x', '1e3', ' 1'])('"%s" is no number of pieces', (text) => {
    expect(readPieces('onHand', text)).toMatchObject({ problem: { column: 'onHand', value: text } });
  });

  test.each([
    ['12,50', 1250],
    ['12.5', 1250],
    ['1.234,50', 123_450],
    ['99', 9900],
    ['1\u00a0234,50', 123_450],
    ['1,234.50', 123_450],
    ["1'234.5", 123_450],
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

  test('a good line keeps the line of its file, for what is found out about it later', () => {
    const { lines } = stockLines([{ line: 7, cells: { sku: 'A', onHand: '1' } }]);
    expect(lines).toEqual([{ line: 7, sku: 'A', onHand: 1, reserved: undefined, cost: undefined }]);
  });

  test('a near item number that looks the same is shown with what parts the two', () => {
    const problem = { line: 2, column: 'sku', what: 'near-product', value: 'AB-1', near: 'A\u00adB-1' } as const;
    expect(problemLine(problem, words)).toMatch(/^line 2, .*"AB-1".*A‹U\+00AD›B-1/);
    expect(problemLine({ ...problem, near: 'LAGER 1' }, words)).toContain('LAGER 1');
  });
});

describe('a long list in JSON', () => {
  const columns = { names: stockColumns, needed: ['sku', 'onHand'] };
  const as = (text: string): string => text;
  const row = (number: number): string => `{\n"sku": "A\\"],{${number}\\\\", "onHand": 12345678901234567890 }`;
  const rows = Array.from({ length: 30_000 }, (_, number) => row(number));

  test('is read in pieces, and each item keeps its line and every digit', async () => {
    const shares: number[] = [];
    const table = await tableOfJson(
      ` [\n${rows.join(',\n')}\n] `,
      columns,
      as,
      async (share) => void shares.push(share),
    );
    if (table === 'not-array' || 'notJson' in table) throw new Error('not read');
    expect(table.problems).toEqual([]);
    expect(table.lines).toHaveLength(rows.length);
    for (const number of [0, 1, 19_999, 20_000, 29_999])
      expect(table.lines[number]).toEqual({
        line: 2 + 2 * number,
        cells: { sku: `A"],{${number}\\`, onHand: '12345678901234567890' },
      });
    expect(shares.length).toBeGreaterThan(1);
  });

  test('is ended between two pieces', async () => {
    const stop = new Error('stop');
    await expect(tableOfJson(`[${rows.join()}]`, columns, as, () => Promise.reject(stop))).rejects.toBe(stop);
  });

  // Longer than a piece with few items.
  const long = rows.slice(0, 30).map((one) => one.replace('"sku"', `"note": "${'x'.repeat(40_000)}", "sku"`));

  test.each([
    ['a comma too many', `[${long.join(',\n')},\n]`],
    ['a comma too few', `[${long.join(',\n')}\n${row(1)}]`],
    ['something behind it', `[${long.join(',\n')}\n]\n]`],
    ['no end', `[${long.join(',\n')}\n`],
    ['the end of an object', `[${long.join(',\n')}\n}`],
  ])('with %s is refused, with the line', async (_, text) => {
    const table = await tableOfJson(text, columns, as);
    expect(table).toEqual({ notJson: expect.any(Number) });
    expect(Object(table).notJson).toBeGreaterThan(2 * long.length - 3);
  });
});
