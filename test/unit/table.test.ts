import { expect, test } from 'vitest';
import { type Column, layoutColumns, rowPieces, sortRows, titleLine } from '../../src/views/list/table.ts';

type Row = { readonly sku: string; readonly name: string; readonly stock: number };
const rows: readonly Row[] = [
  { sku: 'A-9', name: 'Ørred', stock: 3 },
  { sku: 'A-10', name: 'Ål', stock: 120 },
  { sku: 'A-1', name: 'Zebra', stock: 20 },
];
const columns: readonly Column<Row>[] = [
  { id: 'sku', title: 'SKU', rank: 1, min: 4, max: 12, text: (row) => row.sku },
  { id: 'name', title: 'Name', rank: 2, min: 6, text: (row) => row.name },
  {
    id: 'stock',
    title: 'Stock',
    rank: 3,
    min: 5,
    max: 8,
    align: 'right',
    text: (row) => `${row.stock}`,
    sortBy: (row) => row.stock,
  },
];
const line = (width: number, row: Row) =>
  rowPieces(layoutColumns(columns, rows, width), row)
    .map((piece) => piece.text)
    .join('');

test('figures lean right, words left, under their titles', () => {
  expect(titleLine(layoutColumns(columns, rows, 40), undefined, ['↑', '↓'])).toBe('SKU   Name    Stock');
  expect(line(40, rows[1]!)).toBe('A-10  Ål        120');
});

test('columns drop by rank when the window is narrow, and nothing is wider than it', () => {
  expect(layoutColumns(columns, rows, 18).map((placed) => placed.column.id)).toEqual(['sku', 'name']);
  expect(layoutColumns(columns, rows, 5).map((placed) => placed.column.id)).toEqual(['sku']);
  for (const width of [12, 14, 19, 30]) expect(line(width, rows[0]!).length).toBeLessThanOrEqual(width);
});

test('short texts stand where they make room for another column, and nowhere else', () => {
  const shops = [{ shop: 'Nordlys Friluft DK', id: 'dk', name: 'Familietelt' }];
  const both: readonly Column<(typeof shops)[number]>[] = [
    { id: 'shop', title: 'Shop', rank: 1, min: 4, max: 18, text: (row) => row.shop, short: (row) => row.id },
    { id: 'name', title: 'Name', rank: 2, min: 11, text: (row) => row.name },
  ];
  const shown = (width: number) => rowPieces(layoutColumns(both, shops, width), shops[0]!).map(({ text }) => text);
  expect(shown(31)).toEqual(['Nordlys Friluft DK  Familietelt']);
  expect(shown(30)).toEqual(['dk    Familietelt']);
});

test('sorting knows figures, Danish letters and numbers in words', () => {
  const by = (column: string, down = false) =>
    sortRows(rows, columns, { sort: { column, down }, language: 'da' }).map((row) => row.sku);
  expect(by('stock')).toEqual(['A-9', 'A-1', 'A-10']);
  expect(by('stock', true)).toEqual(['A-10', 'A-1', 'A-9']);
  expect(by('sku')).toEqual(['A-1', 'A-9', 'A-10']);
  expect(by('name')).toEqual(['A-1', 'A-9', 'A-10']);
});

test('the sorted column shows which way', () => {
  expect(titleLine(layoutColumns(columns, rows, 40), { column: 'stock', down: true }, ['↑', '↓'])).toContain('Stoc↓');
});

test('what is left over goes to the free columns first, fairly, then to those their most cut short', () => {
  const texts = { a: 'x'.repeat(30), b: 'y'.repeat(30), c: 'z'.repeat(30), d: 'short' };
  const wide: readonly Column<typeof texts>[] = [
    { id: 'a', title: 'A', rank: 1, min: 5, text: (row) => row.a },
    { id: 'b', title: 'B', rank: 1, min: 5, text: (row) => row.b },
    { id: 'c', title: 'C', rank: 1, min: 5, max: 10, text: (row) => row.c },
    { id: 'd', title: 'D', rank: 1, min: 5, text: (row) => row.d },
  ];
  const widths = (width: number) => layoutColumns(wide, [texts], width).map((placed) => placed.width);
  expect(widths(31)).toEqual([5, 5, 10, 5]);
  expect(widths(51)).toEqual([15, 15, 10, 5]);
  expect(widths(91)).toEqual([30, 30, 20, 5]);
  expect(widths(200)).toEqual([30, 30, 30, 5]);
});

test('widths are counted in cells: Danish letters one, ideographs two', () => {
  const words = [{ sku: 'æøå', name: '漢字', stock: 1 }];
  expect(layoutColumns(columns, words, 60).map((placed) => placed.width)).toEqual([4, 6, 5]);
  expect(
    rowPieces(layoutColumns(columns, words, 60), words[0]!)
      .map((piece) => piece.text)
      .join(''),
  ).toBe('æøå   漢字        1');
});

test('a cell that changed is marked in the blank behind it, and nothing beside it moves', () => {
  const placed = layoutColumns(columns, rows, 40);
  const said = (row: Row, ...changed: readonly string[]): string =>
    rowPieces(placed, row, { changed: new Set(changed) })
      .map((piece) => piece.text)
      .join('');
  expect(said(rows[1]!)).toBe('A-10  Ål        120');
  expect(said(rows[1]!, 'sku')).toBe('A-10* Ål        120');
  expect(said(rows[2]!, 'name')).toBe('A-1   Zebra*     20');
  // The last column has no blank behind it: the sign takes one before the figure.
  expect(said(rows[1]!, 'stock')).toBe('A-10  Ål       120*');
  expect(rowPieces(placed, rows[1]!, { changed: new Set(['name']) }).map((piece) => piece.tone)).toEqual([
    undefined,
    'accent',
    undefined,
  ]);
});

test('a figure is never cut: it takes the room that it needs, or its column goes', () => {
  const large = [{ sku: 'A-1', name: 'Screw', stock: 1_234_567_890 }];
  const shown = (width: number): string =>
    rowPieces(layoutColumns(columns, large, width), large[0]!)
      .map((piece) => piece.text)
      .join('');
  expect(shown(40)).toContain('1234567890');
  for (let width = 8; width < 40; width += 1) expect(shown(width)).not.toMatch(/\d…/);
});
