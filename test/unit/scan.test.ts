import { expect, test } from 'vitest';
import { mayBecomeScan, scannedCode } from '../../src/views/scan.ts';

test.each([
  ['5701234567890\r', '5701234567890'],
  ['5701234567890\t', '5701234567890'],
  ['SKO-41B\r\n', 'SKO-41B'],
  ['STØVLE-41\r', 'STØVLE-41'],
  ['12345\r', undefined],
  ['jjjjjjjj\r', undefined],
  ['5701234567890', undefined],
  ['two words\r', undefined],
  ['123456\r123456\r', undefined],
])('the burst %j holds the code %j', (burst, code) => {
  expect(scannedCode(burst)).toBe(code);
});

test('a digit may be the beginning of a scan, a letter is a key at once', () => {
  expect(mayBecomeScan('5')).toBe(true);
  expect(mayBecomeScan('57-A')).toBe(true);
  expect(mayBecomeScan('j')).toBe(false);
});
