import { expect, test } from 'vitest';
import { fitsFacets, parseFacets } from '../../src/views/input/facets.ts';

const row = { words: 'Skovstøvle Grøn 10234-41', fields: { shop: 'no', status: 'missing', stock: 12 } };

test.each([
  ['skovstøvle', true],
  ['SKOVSTØVLE grøn', true],
  ['sandal', false],
  ['!sandal', true],
  ['!grøn', false],
  ['shop:no', true],
  ['shop:se', false],
  ['!shop:se', true],
  ['stock:>0', true],
  ['stock:>=12 stock:<13', true],
  ['stock:0', false],
  ['stock:12', true],
  ['status:miss stock:>0 !demo', true],
  ['"støvle grøn"', true],
  ['"grøn støvle"', false],
  ['', true],
  ['shop:', true],
  ['http://x', false],
  ['nofield:x', false],
])('%j fits the row: %s', (text, fits) => {
  expect(fitsFacets(parseFacets(text, ['shop', 'status', 'stock']), row)).toBe(fits);
});
