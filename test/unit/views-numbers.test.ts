import { describe, expect, test } from 'vitest';
import { instantOf, later, toShopId } from '../../src/domain/ids.ts';
import { decimal, money, number, roundMoney } from '../../src/views/format/numbers.ts';
import { formatRef, parseRef } from '../../src/views/format/refs.ts';
import { age, ago, daysBetween, exactLocalTime, localTime, span, utcTime } from '../../src/views/format/times.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const [da, en] = [wordsOf('da'), wordsOf('en')];

describe('figures', () => {
  test.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1000, '1.000', '1,000'],
    [-1234567, '-1.234.567', '-1,234,567'],
  ])('%i', (value, danish, english) => {
    expect([number(value, da), number(value, en)]).toEqual([danish, english]);
  });

  test('a nought that was a little less than nought has no sign', () => {
    expect([decimal(-0.4, 0, da), decimal(-1234.5, 1, da), decimal(0.05, 1, en)]).toEqual(['0', '-1.234,5', '0.1']);
  });

  test.each([
    [{ minor: 123_450, currency: 'DKK' }, '1.234,50 DKK', '1,234.50 DKK', '1.235 DKK'],
    [{ minor: -5, currency: 'EUR' }, '-0,05 EUR', '-0.05 EUR', '0 EUR'],
    [{ minor: 500, currency: 'JPY' }, '500 JPY', '500 JPY', '500 JPY'],
    [{ minor: 1_500, currency: 'KWD' }, '1,500 KWD', '1.500 KWD', '2 KWD'],
  ])('%o', (amount, danish, english, round) => {
    expect([money(amount, da), money(amount, en), roundMoney(amount, da)]).toEqual([danish, english, round]);
  });
});

describe('ages', () => {
  const now = instantOf(Date.UTC(2026, 10, 24, 4, 6, 7));

  test.each([
    [0, '0 sek', '0 s'],
    [340, '0,3 sek', '0.3 s'],
    [45_000, '45 sek', '45 s'],
    [3 * 60_000, '3 min', '3 min'],
    [5 * 3_600_000, '5 t', '5 h'],
    [12 * 86_400_000, '12 d', '12 d'],
  ])('%i ms', (milliseconds, danish, english) => {
    expect([span(milliseconds, da), span(milliseconds, en)]).toEqual([danish, english]);
  });

  test('just now, some time ago, and never before it happened', () => {
    expect(ago(later(now, -5_000), now, da)).toBe('lige nu');
    expect(ago(later(now, -180_000), now, da)).toBe('for 3 min siden');
    expect(ago(later(now, -180_000), now, en)).toBe('3 min ago');
    expect(age(later(now, 60_000), now, en)).toBe('now');
  });

  test('the hour that comes twice when winter time begins is told apart by its zone', () => {
    const [first, second] = [instantOf(Date.UTC(2026, 9, 25, 0, 30)), instantOf(Date.UTC(2026, 9, 25, 1, 30))];
    expect(exactLocalTime(first, 'Europe/Copenhagen')).toBe('2026-10-25 02:30:00 GMT+2');
    expect(exactLocalTime(second, 'Europe/Copenhagen')).toBe('2026-10-25 02:30:00 GMT+1');
  });

  test('local and UTC', () => {
    expect([localTime(now, 'Europe/Copenhagen'), utcTime(now)]).toEqual([
      '2026-11-24 05:06',
      '2026-11-24 04:06:07 UTC',
    ]);
    expect(daysBetween(later(now, -86_400_000 * 3 - 1), now)).toBe(3);
  });
});

describe('references', () => {
  const dk = toShopId('dk');

  test.each(['10234', '10234/7', 'gid://shopify/Product/1'])('%s is read and shown the same', (text) => {
    const ref = parseRef(dk, text);
    expect(ref === undefined ? undefined : formatRef(ref)).toBe(text);
  });

  test.each(['', ' ', '/7', '10/'])('"%s" names nothing', (text) => {
    expect(parseRef(dk, text)).toBeUndefined();
  });
});
