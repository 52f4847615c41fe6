import { expect, test } from 'vitest';
import { cell, clean, cleanName, cut, padLeft, padRight, widthOf, wrap } from '../../src/views/text/cell-text.ts';

test.each([
  ['Skovstøvler ÆØÅ', 15],
  ['a\u030a', 1],
  ['漢字', 4],
  ['', 0],
])('%j takes %i cells', (text, cells) => {
  expect(widthOf(text)).toBe(cells);
});

test.each([
  ['short', 10, 'short'],
  ['Skovstøvler', 6, 'Skovs…'],
  ['漢字漢字', 5, '漢字…'],
  ['漢字漢字', 4, '漢…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('%j cut to %i cells is %j', (text, width, expected) => {
  expect(cut(text, width)).toBe(expected);
  expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
});

test('a cell is exactly as wide as asked, on either side', () => {
  expect(cell('Rød', 5)).toBe('Rød  ');
  expect(cell('12', 5, 'right')).toBe('   12');
  expect(cell('Skovstøvler', 5)).toBe('Skov…');
  expect(padRight('漢', 4)).toBe('漢  ');
  expect(padLeft('漢', 4)).toBe('  漢');
});

test.each([
  ['a\u001b[31mred\u001b[0m', 'ared'],
  ['a\u001b]52;c;Zm9v\u0007b', 'ab'],
  ['a\u001b]0;title\u001b\\b', 'ab'],
  ['two\r\nlines', 'two lines'],
  ['bell\u0007', 'bell'],
  ['\u202etxt.exe', 'txt.exe'],
  ['zero\u200bwidth', 'zerowidth'],
  ['\u009b31mx', 'x'],
  ['a\u009d52;c;eA==\u009cb', 'ab'],
  ['never ended \u001b]52;c;x, and our words', 'never ended 52;c;x, and our words'],
  ['half \ud83d', 'half \ufffd'],
  ['hidden \u3164\u{e0041}\ufff9letters', 'hidden letters'],
  [`Z${'\u0301'.repeat(40)}!`, `Z${'\u0301'.repeat(6)}!`],
])('%j is drawn as %j', (text, expected) => {
  expect(clean(text)).toBe(expected);
});

test('a name loses the pictures that terminals measure differently, and keeps its letters', () => {
  expect(cleanName('Blå sko 🚚 ⚠️ str. 41')).toBe('Blå sko str. 41');
  expect(cleanName('a\u030arhus')).toBe('århus');
});

test('long texts are broken between words, and words only when they must', () => {
  expect(wrap('the shop does not know it', 10)).toEqual(['the shop', 'does not', 'know it']);
  expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  expect(wrap('', 4)).toEqual(['']);
});
