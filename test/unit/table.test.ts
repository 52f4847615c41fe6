import { expect, test } from 'vitest';
import { type Column, placeColumns, rowPieces, sortRows, titleLine } from '../../src/views/table.ts';

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
  rowPieces(placeColumns(columns, rows, width), row)
    .map((piece) => piece.text)
    .join('');

test('figures lean right, words left, under their titles', () => {
  expect(titleLine(placeColumns(columns, rows, 40), undefined, ['↑', '↓'])).toBe('SKU   Name    Stock');
  expect(line(40, rows[1]!)).toBe('A-10  Ål        120');
});

test('columns drop by rank when the window is narrow, and nothing is wider than it', () => {
  expect(placeColumns(columns, rows, 18).map((placed) => placed.column.id)).toEqual(['sku', 'name']);
  expect(placeColumns(columns, rows, 5).map((placed) => placed.column.id)).toEqual(['sku']);
  for (const width of [12, 14, 19, 30]) expect(line(width, rows[0]!).length).toBeLessThanOrEqual(width);
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
  expect(titleLine(placeColumns(columns, rows, 40), { column: 'stock', down: true }, ['↑', '↓'])).toContain('Stoc↓');
});
