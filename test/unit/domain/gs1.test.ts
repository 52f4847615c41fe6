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
