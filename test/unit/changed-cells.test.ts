import { expect, test } from 'vitest';
import { changedCells } from '../../src/views/list/changed-cells.ts';
import type { Column } from '../../src/views/list/table.ts';

type Row = { readonly state: string; readonly stock: number; readonly read: string };
const columns: readonly Column<Row>[] = [
  { id: 'state', title: 'State', rank: 1, min: 4, text: (row) => row.state },
  { id: 'stock', title: 'Stock', rank: 1, min: 4, text: (row) => String(row.stock) },
  { id: 'read', title: 'Read', rank: 1, min: 4, ages: true, text: (row) => row.read },
];
const before = {
  ids: ['a', 'b', 'c'],
  rows: [
    { state: 'linked', stock: 3, read: '5 min' },
    { state: 'linked', stock: 4, read: '5 min' },
    { state: 'missing', stock: 5, read: '5 min' },
  ],
};
const found = (...after: readonly (readonly [string, Row])[]): Readonly<Record<string, readonly string[]>> => {
  const standing = { ids: after.map(([id]) => id), rows: after.map(([, row]) => row) };
  return Object.fromEntries([...changedCells(before, standing, columns)].map(([id, cells]) => [id, [...cells]]));
};

test('exactly the cells whose text is another are told, wherever the row stands now', () => {
  expect(
    found(
      ['c', { state: 'linked', stock: 9, read: '5 min' }],
      ['a', { state: 'linked', stock: 2, read: '5 min' }],
      ['b', { state: 'linked', stock: 4, read: '5 min' }],
    ),
  ).toEqual({ a: ['stock'], c: ['state', 'stock'] });
});

test('an age is no news, and a row that is new has no cell that changed', () => {
  expect(
    found(['a', { state: 'linked', stock: 3, read: 'just now' }], ['d', { state: 'linked', stock: 1, read: '' }]),
  ).toEqual({});
});
