import { expect, test } from 'vitest';
import { exportedOf } from '../../src/views/list/export-rows.ts';
import type { Column } from '../../src/views/list/table.ts';

type Row = { readonly item: string; readonly onHand: string };
const columns: readonly Column<Row>[] = [
  { id: 'sku', title: 'Item number', rank: 0, min: 1, text: ({ item }) => item },
  { id: 'onHand', title: 'On hand', rank: 0, min: 1, align: 'right', text: ({ onHand }) => onHand },
];

test.each([
  '1.234',
  '1,234',
  '-1.234',
  '12.345.678',
])('the figure %s goes into a file without marks, an item number stays', (shown) => {
  const exported = exportedOf(columns, [{ item: '1.234', onHand: shown }]);
  const plain = shown.replaceAll(/[.,]/g, '');
  expect(exported.csv()).toBe(`\ufeffItem number;On hand\r\n1.234;${plain}\r\n`);
  expect(JSON.parse(exported.json())).toEqual([{ sku: '1.234', onHand: plain }]);
});
