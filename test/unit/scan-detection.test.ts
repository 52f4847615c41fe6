import { expect, test } from 'vitest';
import { type Burst, parseScan, scanTimeout } from '../../src/views/keyboard/scan-detection.ts';

test.each([
  ['5701234567890\r', '5701234567890'],
  ['5701234567890\t', '5701234567890'],
  ['SKO-41B\r\n', 'SKO-41B'],
  ['STØVLE-41\r', 'STØVLE-41'],
  ['123\r', undefined],
  ['12345\r', '12345'],
  ['LB7 P200\r', 'LB7 P200'],
  [':list no\r', undefined],
  ['jj kk\r', undefined],
  ['010570123456789910AB12\u001d1726123\r', '010570123456789910AB12\u001d1726123'],
  [']C1010570123456789\n', ']C1010570123456789'],
  ['jjjjjjjj\r', undefined],
  ['5701234567890', undefined],
])('the burst %j holds the code %j', (burst, code) => {
  expect(parseScan(burst)?.text).toBe(code);
});

test('two scans in one burst are two, and what follows a scan is left over', () => {
  expect(parseScan('5701234567890\r5709876543210\t')).toEqual({
    text: '5701234567890',
    rest: '5709876543210\t',
  });
});

const burst = (held: string, over: Partial<Burst> = {}): Burst => ({
  held,
  before: '',
  gap: Number.POSITIVE_INFINITY,
  field: false,
  changes: (key) => key === 'p',
  ...over,
});

test.each<[string, Burst, boolean]>([
  ['a digit', burst('5'), true],
  ['a capital', burst('S'), true],
  ['a key that changes something', burst('p'), true],
  ['digits and signs', burst('57-A'), true],
  ['several different letters at once', burst('sko-'), true],
  ['a blank in it', burst('57 A'), true],
  ['a letter', burst('w'), false],
  ['a letter that came at once after another', burst('w', { before: 'h', gap: 60 }), true],
  ['a letter that came a while after another', burst('w', { before: '', gap: 600 }), false],
  ['a held letter', burst('jjjjj'), false],
  ['a search that is opened and typed', burst('/boots'), false],
  ['a small letter in a field', burst('p', { field: true }), false],
])('%s may be a part of a scan: %s', (_, what, may) => {
  expect(scanTimeout(what) > 0).toBe(may);
});

test('what no hand could type is waited for longer than a single character', () => {
  expect(scanTimeout(burst('570123'))).toBeGreaterThan(scanTimeout(burst('5')));
});
