import { describe, expect, it } from 'vitest';
import { parseGtin } from '../../../src/domain/ids.ts';
import { isWorldwide } from '../../../src/domain/reconcile/gtin-scope.ts';

describe('A8: whether a GTIN names the same thing in every shop', () => {
  it.each([
    ['a common EAN-13', '5701234567899', true],
    ['a UPC', '036000291452', true],
    ['an EAN-8', '96385074', true],
    ['a case of a common article', '15712345678906', true],
    ['one digit over and over', '1111111111116', false],
    ['four digits over and over', '1234123412344', true],
    ['two digits over and over', '1212121212128', false],
    ['digits in their order', '1234567890128', false],
    ['a prefix and noughts', '5700000000004', false],
    ['the number of a textbook', '5901234123457', false],
    ['another one', '5012345678900', false],
    ["GS1's prefix for examples", '9521101530001', false],
    ["a shop's own range", '2012345678903', false],
    ["the other range of a shop's own", '0412345678903', false],
    ["a case of a shop's own article", '12012345678900', false],
    ['weighed goods as a UPC', '212345678992', false],
  ])('%s: %s', (_name, text, worldwide) => {
    const gtin = parseGtin(text);
    expect(gtin && isWorldwide(gtin)).toBe(worldwide);
  });
});
