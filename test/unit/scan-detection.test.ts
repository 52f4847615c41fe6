import { expect, test } from 'vitest';
import { parseScan, scanTimeout } from '../../src/views/keyboard/scan-detection.ts';

test.each([
  ['5701234567890\r', '5701234567890'],
  ['5701234567890\t', '5701234567890'],
  ['SKO-41B\r\n', 'SKO-41B'],
  ['STØVLE-41\r', 'STØVLE-41'],
  ['12345\r', undefined],
  ['jjjjjjjj\r', undefined],
  ['5701234567890', undefined],
  ['two words\r', undefined],
])('the burst %j holds the code %j', (burst, code) => {
  expect(parseScan(burst)?.text).toBe(code);
});

test('two scans in one burst are two, and what follows a scan is left over', () => {
  expect(parseScan('5701234567890\r5709876543210\t')).toEqual({
    text: '5701234567890',
    rest: '5709876543210\t',
  });
});

test.each([
  ['a digit', '5', true],
  ['a capital', 'S', true],
  ['digits and signs', '57-A', true],
  ['several different letters at once', 'sko-', true],
  ['a letter', 'j', false],
  ['a held letter', 'jjjjj', false],
  ['a blank in it', '57 A', false],
])('%s may be the beginning of a scan: %s', (_, burst, may) => {
  expect(scanTimeout(burst) > 0).toBe(may);
});

test('a part that no hand could type at once is waited for longer than a single character', () => {
  expect(scanTimeout('570123')).toBeGreaterThan(scanTimeout('5'));
});
