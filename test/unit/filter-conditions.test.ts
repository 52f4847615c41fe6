import { expect, test } from 'vitest';
import {
  fieldPrefixes,
  filterFields,
  matchesConditions,
  parseConditions,
  unknownFields,
} from '../../src/views/list/filter-conditions.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const english = filterFields(['shop', 'status', 'stock'], wordsOf('en'));
const danish = filterFields(['shop', 'status', 'stock', 'value'], wordsOf('da'));
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
  expect(matchesConditions(parseConditions(text, english), row)).toBe(fits);
});

test.each([
  ['tilstand:mangler', true],
  ['TILSTAND:Mangler lager:>0', true],
  ['status:missing stock:>0', true],
  ['tilstand:missing', true],
  ['tilstand:koblet', false],
  ['værdi:>=900', true],
  ['!tilstand:mangler', false],
])("a Danish reader types the words on the screen, or the program's: %j fits: %s", (text, fits) => {
  const fields = { shop: 'no', status: 'missing mangler', stock: 12, value: 900 };
  expect(matchesConditions(parseConditions(text, danish), { words: '', fields })).toBe(fits);
});

test('the names of fields are told in the language of the reader, and both are known', () => {
  expect(fieldPrefixes(danish)).toBe('shop: tilstand: lager: værdi:');
  expect(unknownFields('tilstand:x stock:1 farve:rød', danish)).toEqual(['farve']);
  expect(unknownFields('tilstand:x', english)).toEqual(['tilstand']);
});
