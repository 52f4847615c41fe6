import { expect, test } from 'vitest';
import { gtinInGs1, scannedText } from '../../../src/domain/lookup/gs1.ts';

test.each([
  ['an element string', '0105701234567899'],
  ['with a lot and its end', '010570123456789910AB12\u001d1726123'],
  ['with a symbology prefix', ']C10105701234567899'],
  ['with the sign that begins GS1 data', '\u001d0105701234567899'],
  ['behind a date', '172612310105701234567899'],
  ['behind a lot', '10AB12\u001d0105701234567899'],
  ['as people read it', '(01)05701234567899(10)AB12'],
  ['a Digital Link', 'https://id.gs1.org/01/05701234567899'],
  ['a long Digital Link of a brand', 'https://nordlys.example/da/01/05701234567899/10/AB7P12?17=261231'],
  ['a Digital Link in words', 'http://nordlys.example/gtin/5701234567899'],
])('%s carries its GTIN', (_, code) => {
  expect(gtinInGs1(code)).toBe('05701234567899');
  expect(scannedText(code)).toBe('5701234567899');
});

test.each([
  '5701234567899',
  'LB7 P200',
  '0105701234567890',
  'https://nordlys.example/shop/1234',
  '01',
])('%s carries none', (code) => {
  expect(gtinInGs1(code)).toBeUndefined();
  expect(scannedText(code)).toBe(code);
});

test('a prefix is no part of a plain code', () => {
  expect(scannedText(']E05701234567899')).toBe('5701234567899');
  expect(scannedText(']A0SKO-17')).toBe('SKO-17');
});

test.each([
  ['the goods in a carton', '(02)05701234567899(37)24'],
  ['the same, as scanned, behind the carton itself', '0035701234000000001902057012345678993712'],
  ['behind a place, which needs no separator', '41012345678901280105701234567899'],
  ['behind a number that a separator ends', '8005123456\u001d0105701234567899'],
  ['a separator that is written', '<GS>0105701234567899{GS}21AB'],
  ['a separator as a control picture', ']d2␝0105701234567899␝10A'],
  ['a Digital Link without its scheme', 'id.gs1.org/01/05701234567899/21/9'],
  [
    'a Digital Link with a serial number of every sign',
    'HTTPS://ID.GS1.ORG/01/05701234567899/21/A%2FB-._~?17=261231&x=01',
  ],
  ['as people read it, with blanks', '(01) 05701234567899 (17) 271231'],
  ['as people read it, of thirteen digits', '(01)5701234567899'],
  ['a separator of a label program', '~10105701234567899~110AB'],
  ['an envelope of ISO 15434', '[)>\u001e05\u001d0105701234567899\u001d10AB\u001e\u0004'],
  ['a Digital Link with a sign as a number', 'https://nordlys.example/01/%305701234567899'],
  ['a Digital Link with attributes in its path', 'https://nordlys.example/01/05701234567899;10=AB'],
  ['a Digital Link of the first form', 'https://nordlys.example/p?10=A&01=05701234567899'],
])('%s', (_, code) => {
  expect(scannedText(code)).toBe('5701234567899');
});

test.each([
  ['a quantity that belongs to nothing', '372400'],
  ['what a carton holds, of which nothing says how many', '0205701234567899'],
  ['a carton alone', '00357012340000000019'],
  ['a page that ends in a number', 'shop.example/1/5701234567899'],
])('%s names no goods', (_, code) => {
  expect(gtinInGs1(code)).toBeUndefined();
});
