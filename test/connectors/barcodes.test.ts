import { describe, expect, it } from 'vitest';
import { barcodeIn, carries, spellingsOf } from '../../src/connectors/driver-parts/barcodes.ts';
import { availableOf, figure } from '../../src/connectors/driver-parts/figures.ts';
import { parseGtin } from '../../src/domain/ids.ts';

describe('Barcode fields', () => {
  it('give the first GTIN among them, and the first that says anything else', () => {
    const gtin = parseGtin('5701234567899');
    expect(barcodeIn('SHELF 7', undefined, '5701234567899')).toEqual({ gtin, barcode: 'SHELF 7' });
    expect(barcodeIn('5701234567899', '036000291452')).toEqual({ gtin, barcode: '036000291452' });
    expect(barcodeIn('5701234567899', '05701234567899', undefined)).toEqual({ gtin });
    expect(barcodeIn(undefined, 'SHELF 7')).toEqual({ barcode: 'SHELF 7' });
    expect(barcodeIn(undefined)).toEqual({});
  });

  it('are asked for in every way that the number is written', () => {
    expect(spellingsOf('5701234567899')).toEqual(['5701234567899', '05701234567899']);
    expect(spellingsOf('036000291452')).toEqual(['0036000291452', '036000291452', '00036000291452']);
    expect(spellingsOf('SHELF 7')).toEqual(['SHELF 7']);
  });

  it('carry a number whatever its zeros, and a text as it is', () => {
    expect(carries({ gtin: parseGtin('05701234567899') }, '5701234567899')).toBe(true);
    expect(carries({ barcode: 'SHELF 7' }, 'shelf 7')).toBe(false);
    const two = barcodeIn('5701234567899', '036000291452');
    expect(['5701234567899', '0036000291452', 'SHELF 7'].map((asked) => carries(two, asked))).toEqual([
      true,
      true,
      false,
    ]);
    expect(carries(barcodeIn('SHELF 7', '5701234567899'), 'SHELF 7')).toBe(true);
  });
});

describe('A figure', () => {
  it.each([
    [7, 7],
    ['7', 7],
    [null, undefined],
    [2.5, { unreadable: '2.5' }],
    ['a few', { unreadable: 'a few' }],
    [Number.NaN, { unreadable: 'NaN' }],
    [{}, { unreadable: 'object' }],
  ])('%j is read as %j', (written, read) => {
    expect(figure.parse(written)).toEqual(read);
  });

  it('that cannot be read makes the sum unknown, and never nought', () => {
    expect(
      availableOf(
        [
          { onHand: 5, held: 2 },
          { onHand: 1, held: undefined },
        ],
        'stock',
      ),
    ).toEqual({ quantity: 4 });
    expect(
      availableOf(
        [
          { onHand: 5, held: 0 },
          { onHand: { unreadable: '2.5' }, held: 0 },
        ],
        'stock',
      ),
    ).toEqual({
      unreadable: { field: 'stock', value: '2.5' },
    });
  });
});
