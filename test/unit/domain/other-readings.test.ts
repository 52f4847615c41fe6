import { expect, test } from 'vitest';
import { otherReadings } from '../../../src/domain/lookup/other-readings.ts';

test.each([
  ['a hyphen that an American scanner typed into a Danish computer', 'SKO+42', 'SKO-42'],
  ['a slash typed so', 'SKO-42', 'SKO/42'],
  ['an underscore typed so', 'TE?1', 'TE_1'],
  ['a hyphen the other way round', 'SKO/42', 'SKO-42'],
  ['a Danish letter and a hyphen the other way round', 'R"D/1', 'RØD-1'],
  ['brackets typed so', ')01=05701234567899)10=AB', '5701234567899'],
  ['a prefix typed so', '¨C10105701234567899', '5701234567899'],
  ['a Digital Link typed so', 'httpsÆ--id.gs1.org-01-05701234567899-10-AB', '5701234567899'],
  ['figures on a French keyboard', '(èà&é"\'(-è_çç', '5701234567899'],
  ['figures on a Belgian keyboard', '(èà&é"\'(§è!çç', '5701234567899'],
  ['an item number on a French keyboard', 'QWZ)&é_', 'AZW-128'],
  ['a small one', 'sku)qà&', 'sku-a01'],
  ['an element string on a French keyboard', 'à&à(èà&é"\'(-è_çç&àQB', '5701234567899'],
  ['brackets on a French keyboard', '9à&0à(èà&é"\'(-è_çç', '5701234567899'],
  ['a Digital Link on a French keyboard', 'httpsM!!id:gs&:org!à&!à(èà&é"\'(-è_çç', '5701234567899'],
  ['a hyphen on a German keyboard', 'SKOß42', 'SKO-42'],
  ['Y and Z on a German keyboard', 'LZSßY1', 'LYS-Z1'],
  ['a slash on a German keyboard', 'A-42', 'A/42'],
  ['a French scanner on a Danish computer', '%/=!"#¤%&/())', '5701234567899'],
  ['a French scanner on a German computer', '%/=!"§$%&/())', '5701234567899'],
  ['a French scanner on an American computer', '%&)!@#$%^&*((', '5701234567899'],
  ['a label of ISO 15434', '[)>\u001e06\u001d1PSKO-42\u001dQ10\u001e', 'SKO-42'],
  ['the signs at the ends of Code 39', '*A-1*', 'A-1'],
  ['a label in words', 'EAN: 5701234567899', '5701234567899'],
  ['a label without a blank', 'sku:A-1', 'A-1'],
  ['a separator that was copied too', '5701234567899;', '5701234567899'],
  ['a GS1 code whose check digit is wrong', '0105701234567890', '5701234567890'],
  ['a dash of a text program', 'SKO–42', 'SKO-42'],
  ['a minus', 'SKO−42', 'SKO-42'],
  ['a soft hyphen', 'SKO-\u00ad42', 'SKO-42'],
  ['letters of full width', 'ＳＫＯ－４２', 'SKO-42'],
  ['a blank that does not break', 'LAGER\u00a012', 'LAGER 12'],
  ['a carton of the goods', '15701234567896', '5701234567899'],
  ['an EAN with an issue beside it', '570123456789905', '5701234567899'],
  ['an ISBN with a price beside it', ']E3978014300723454495', '9780143007234'],
  ['the same with a blank', '9780143007234 54495', '9780143007234'],
  ['an EAN-8 with two digits beside it', '5701234612', '57012346'],
  ['UPC-E', '04252614', '0042100005264'],
  ['UPC-E without its check digit', '0425261', '0042100005264'],
  ['UPC-E without anything around it', '425261', '0042100005264'],
  ['an ISBN in words', 'ISBN 9780143007234', '9780143007234'],
  ['an address of a shop', 'https://dk.example/p?a=1&gtin=5701234567899#x', '5701234567899'],
  ['JSON', '{"sku":"LAMP-1/X","qty":3}', 'LAMP-1/X'],
  ['fields', 'LAMP-1/X;12;kolli', 'LAMP-1/X'],
  ['fields of a label', 'LAMP-1/X\t12\tkolli', 'LAMP-1/X'],
  ['a Digital Link typed with Caps Lock', 'HTTPSæ--ID.GS1.ORG-01-05701234567899', '5701234567899'],
  ['a prefix that became one letter', 'Ë05701234567899', '5701234567899'],
  ['a carton in a GS1 code', '(01)15701234567896(10)A', '5701234567899'],
])('%s: %s may be %s', (_, typed, meant) => {
  expect(otherReadings(typed)).toContain(meant);
});

test.each(['5701234567899', 'ABC123', 'Upcycled', 'eannord', '57012346'])('%s is nothing else', (typed) => {
  expect(otherReadings(typed)).toEqual([]);
});
