import { expect, test } from 'vitest';
import { stableOrder } from '../../src/views/list/stable-order.ts';

const order = (rows: string, before: string): string => stableOrder([...rows], (row) => row, [...before]).join('');

test.each([
  ['nothing changed', 'abcd', 'abcd', 'abcd'],
  ['a row would rise', 'dabc', 'abcd', 'abcd'],
  ['a row is gone', 'abd', 'abcd', 'abd'],
  ['a new first row', 'xabc', 'abc', 'xabc'],
  ['a new row in the middle', 'abxc', 'abc', 'abxc'],
  ['a new row behind one that would rise', 'cxab', 'abc', 'abcx'],
  ['two new rows in a row', 'axyb', 'ab', 'axyb'],
  ['nothing stood there', 'cab', '', 'cab'],
])('%s: the rows that stand there keep their places', (_, rows, before, expected) => {
  expect(order(rows, before)).toBe(expected);
});
