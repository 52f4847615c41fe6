import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  figure,
  flag,
  id,
  imageAddress,
  line,
  money,
  multilineText,
  readRows,
  timestamp,
  title,
  utcTimestamp,
  wholeNumber,
} from '../../src/connectors/decode.ts';
import { stockFigure } from '../../src/connectors/stock-figure.ts';

const oddIds = [
  '../../x',
  '%2e%2e',
  '1;drop',
  "1' or 1",
  'null',
  'NaN',
  '-1',
  '.',
  '..',
  '1/2',
  'a b',
  '1\u200b2',
  '1?x=1',
  '1'.repeat(400),
];

describe('Values as shops write them', () => {
  it.each([
    [12, 12],
    ['12', 12],
    [' 7 ', 7],
    ['3.000000', 3],
    [-2, -2],
    ['+4', 4],
    ['-0', 0],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    [false, undefined],
  ])('54: %j pieces are %j', (written, read) => {
    expect(wholeNumber.parse(written)).toBe(read);
    expect(Object.is(wholeNumber.parse(written), -0)).toBe(false);
  });

  it.each([
    16.5,
    '8.7',
    'abc',
    1e21,
    Number.POSITIVE_INFINITY,
    '12 pcs',
    {},
    [3],
    true,
  ])('54: %j is no number of pieces', (written) => {
    expect(wholeNumber.safeParse(written).success).toBe(false);
  });

  it.each([
    [true, true],
    ['1', true],
    [1, true],
    ['yes', true],
    ['0', false],
    [0, false],
    ['no', false],
    ['', false],
    [false, false],
    [null, undefined],
    ['perhaps', undefined],
  ])('55: %j means %j', (written, read) => {
    expect(flag.parse(written)).toBe(read);
  });

  it.each([
    [7, '7'],
    ['0012', '0012'],
    ['prod_01JQ:x.y~z-1', 'prod_01JQ:x.y~z-1'],
    [9_007_199_254_740_991, '9007199254740991'],
  ])('58: the id %j is %j', (written, read) => {
    expect(id.parse(written)).toBe(read);
  });

  it.each([2 ** 53 + 2, 1.5, 0, '0', '', null, {}, ...oddIds])('58, R18b: %j is no id', (written) => {
    expect(id.safeParse(written).success).toBe(false);
  });

  it.each([
    ['49.95', 'DKK', 4995],
    ['49', 'DKK', 4900],
    ['0', 'DKK', 0],
    ['-1.50', 'DKK', -150],
    ['12,50', 'DKK', 1250],
    ['1.299,00', 'DKK', 129_900],
    ['1,299.00', 'USD', 129_900],
    ['10.799999999999999', 'EUR', 1080],
    ['1.005', 'EUR', 101],
    ['500', 'JPY', 500],
    ['1.234', 'KWD', 1234],
  ])('53: %s %s is %i of the smallest coin', (text, currency, minor) => {
    expect(money(text, currency)).toEqual({ minor, currency });
  });

  it.each([
    ['', 'DKK'],
    [undefined, 'DKK'],
    ['abc', 'DKK'],
    ['12,500', 'DKK'],
    ['5', undefined],
    ['5', 'kroner'],
  ])('53: %j in %j is an unknown price, not nought', (text, currency) => {
    expect(money(text, currency)).toBeUndefined();
  });

  it.each([
    ['2026-11-01T10:00:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01 10:00:00', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01T10:00:00+01:00', '2026-11-01T09:00:00.000Z'],
    ['0000-00-00 00:00:00', undefined],
    ['2026-13-45T10:00:00', undefined],
    ['', undefined],
    [null, undefined],
    [1_700_000_000, undefined],
  ])('42: the moment %j in UTC is %j', (written, read) => {
    expect(utcTimestamp.parse(written)).toBe(read);
  });

  it('41: a moment without a zone is none where a zone is promised', () => {
    expect(timestamp.parse('2026-11-01T10:00:00')).toBeUndefined();
  });

  it.each([
    ['https://cdn.example/a b.jpg', 'https://cdn.example/a%20b.jpg'],
    ['//cdn.example/a.jpg', 'https://cdn.example/a.jpg'],
    ['/img/a.jpg', 'https://shop.example/img/a.jpg'],
    ['img/a.jpg', 'https://shop.example/butik/img/a.jpg'],
    ['no_selection', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://u:p@cdn.example/a.jpg', undefined],
    [undefined, undefined],
  ])('52: the picture %j lies at %j', (source, address) => {
    expect(imageAddress(source, 'https://shop.example/butik')).toBe(address);
  });

  it('57: text that is empty, missing or null is nothing; numbers are text', () => {
    expect([line.parse(''), line.parse(null), line.parse(undefined), line.parse('  \n '), line.parse(123)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      '123',
    ]);
  });

  it('50: names have their entities resolved, and only then are cleaned', () => {
    expect(title.parse('Bowl &amp; spoon &#8211; &quot;blue&quot;')).toBe('Bowl & spoon – "blue"');
    expect(title.parse('&#27;[31mRed &#x1b;[0m&#0;')).toBe('Red \ufffd');
    expect(title.parse('&nosuch; K&oslash;l&hellip; <b>5</b> &lt; 6')).toBe('&nosuch; Køl… 5 < 6');
  });

  it.each([
    ['K&amp;oslash;leskab', 'Køleskab'],
    ['A &amp;amp;amp; B', 'A & B'],
    ['K&oslash leskab', 'Kø leskab'],
    ['T&eacute', 'Té'],
    ['Lego&notes', 'Lego&notes'],
    ['Bed&region', 'Bed&region'],
    ['R&D', 'R&D'],
    ['a &notin; b', 'a ∉ b'],
    ['&#x2013;&#8211;&#150;', '–––'],
    ['5\u00a0kg, 2&nbsp;m, 3\u202fl', '5 kg, 2 m, 3 l'],
    ['<img src=x alt="a>b">cup', 'cup'],
    ['<b title="5>cup', 'cup'],
    ['cup<!-- of <b>tin</b> -->', 'cup'],
    ['<style>p{color:red}</style>cup<script>x()</script>', 'cup'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['&#128512; 👩‍👧 cup', '😀 👩‍👧 cup'],
  ])('C25: the name %j is read as %j', (written, read) => {
    expect(title.parse(written)).toBe(read);
  });

  it.each([
    ['5.0', { value: 5 }],
    ['10.0000', { value: 10 }],
    ['0.000', { value: 0 }],
    [' ', {}],
    [-3, { value: -3 }],
    ['76,5', { unreadable: '76,5' }],
    ['1.000', { unreadable: '1.000' }],
    ['1e3', { unreadable: '1e3' }],
    [true, { unreadable: 'true' }],
    ['１２', { unreadable: '１２' }],
  ])('A5: the figure %j is read as %j, in whole and by field', (written, read) => {
    expect(figure.parse(written)).toEqual(read);
    const { quantity: value, unreadable } = stockFigure(written, 'stock');
    expect([value, unreadable?.field]).toEqual(
      'unreadable' in read ? [undefined, 'stock'] : ['value' in read ? read.value : undefined, undefined],
    );
  });

  it('50: prose keeps its lines and is cut', () => {
    expect(multilineText.parse('<p>a &amp; K&oslash;leskab</p>\r\n\u001b[31mb')).toBe('a & Køleskab\n\nb');
    expect(multilineText.parse('x'.repeat(5000))).toHaveLength(2000);
    expect(multilineText.parse(7)).toBeUndefined();
  });
});

describe('Rows', () => {
  it('28: are read one by one, and what cannot be read is named with its place', () => {
    const schema = z.object({ id, stock: z.object({ quantity: wholeNumber }) });
    const good = { id: 1, stock: { quantity: '3' } };
    expect(readRows(schema, [good, { id: 2, stock: { quantity: 2.5 } }, null, { id: {}, stock: {} }])).toEqual({
      rows: [{ id: '1', stock: { quantity: 3 } }],
      broken: [
        { shopProductId: '2', where: 'stock.quantity', said: 'is "2.5", not a whole number' },
        { where: 'the row', said: expect.stringContaining('object') },
        { where: 'id', said: 'is object, not an id' },
      ],
    });
  });
});

describe('What zod puts around a reader', () => {
  const asks = z.object({
    kept: line.optional(),
    checked: line.refine((text) => text !== 'no'),
    caught: id.catch('0'),
  });

  it('leaves it reading: what may be missing, what is checked once more, what stands in', () => {
    expect(asks.parse({ checked: ' a\u0007 ', caught: '../x' })).toEqual({ checked: 'a', caught: '0' });
    expect(asks.parse({ kept: 7, checked: 'b', caught: 9 })).toEqual({ kept: '7', checked: 'b', caught: '9' });
    expect(asks.safeParse({ checked: ' no ', caught: 1 }).error?.issues[0]?.path).toEqual(['checked']);
  });
});
