import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure, id, line, wholeNumber } from '../../src/connectors/decode.ts';
import { makeJsonScanner } from '../../src/connectors/json/json-limits.ts';
import { idNumber, jsonText, readJson } from '../../src/connectors/json/read-json.ts';
import { bothOf } from '../../src/connectors/json/two-values.ts';
import { shapeReason } from '../../src/views/errors/shape-reason.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const value = (text: string): unknown => {
  const read = readJson(text);
  if (!read.ok) throw new Error(read.wrong);
  return read.value;
};

describe('The JSON in an answer', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[]', []],
    ['  {"a":[{"b":"}]"}]}  ', { a: [{ b: '}]' }] }],
    ['<br />\n<b>Notice</b>: x in p.php on line 7<br />\n[{"a":1}]', [{ a: 1 }]],
    ['[24-Nov-2026] PHP Warning: {x}\n{"a":1}', { a: 1 }],
    ['{"a":1}\n<!-- W3 Total Cache [{"x":1} -->', { a: 1 }],
    ['Notice: undefined key [0] in p.php\n[]', []],
    ['<script>var a = [1];</script>{"a":1}', { a: 1 }],
    ['<!-- cache hit {"a":1,"b":2} -->[]', []],
    ['<!-- [1] --><!-- {"x":[2]} -->\n[]\n<!-- [{"y":1}] -->', []],
    ['/* served by {"node":[1,2]} */[]', []],
    ['<b>Deprecated</b>: Foo::bar([1,2]) in x.php on line 3<br />[]', []],
    ['Array\n(\n    [0] => 1\n    [1] => {x}\n)\n[{"a":1}]', [{ a: 1 }]],
    ['array(1) {\n  [0]=>\n  int(5)\n}\n{"a":1}', { a: 1 }],
    ['[]{"debug":[1,2,3]}', []],
    [')]}\',\n{"a":1}', { a: 1 }],
    ['{"a":"<!-- wp:paragraph -->["}', { a: '<!-- wp:paragraph -->[' }],
    ['{"a":"]\\"}]"}<!-- [ -->', { a: ']"}]' }],
    ['{"a":"]\\\\","b":["\\\\\\"}"]}<!-- [ -->', { a: ']\\', b: ['\\"}'] }],
  ])('%j is read', (text, read) => {
    expect(value(text)).toEqual(read);
  });

  it.each([
    ['', 'an empty answer'],
    ['<!doctype html><script>{"id":1}</script>', '<!doctype html>'],
    ['[{"id":1},{"id":', 'breaks off'],
    ['[{"id":1},{"id":x}]', '{"id":x}'],
    ['nothing here', 'nothing here'],
    ['[]\n[{"id":1}]', 'an empty answer and another one'],
    [`[{"id":1,"n":NaN,"x":"${'x'.repeat(500)}"}]`, 'NaN'],
    ['\u001f\u008b\u0008\u0000', 'no text'],
  ])('%j is none, and the part that is wrong is told', (text, said) => {
    expect(readJson(text)).toMatchObject({ ok: false, wrong: expect.stringContaining(said) });
  });

  it.each([
    ['[{"id":1,"stock":5,"stock":7}]', 'stock', '5 / 7'],
    ['[{"id":9007199254740993,"stock":5,"stock":7}]', 'stock', '5 / 7'],
    ['{"a":1}<!-- [x] -->', 'stock', undefined],
    ['[{"stock":"5","\\u0073tock":"7"}]', 'stock', '"5" / "7"'],
    ['<br />Notice: {a: 1} in p.php: 7\n[{"stock":5,"b":{"c":[{"d":":"}]},"stock":null}]', 'stock', '5 / null'],
    ['[{"stock":5,"stock":5}]', 'stock', undefined],
    ['[{"stock":{"at":1},"stock":{"at":2}}]', 'stock', '… / …'],
    ['[{"a":"x:y","stock":5},{"stock":7}]', 'stock', undefined],
  ])('what %j says twice under one key is neither of the two', (text, key, both) => {
    const [row] = [value(text)].flat();
    expect(bothOf(Object(row)[key])).toBe(both);
  });

  it('nobody reads a value that stands there twice, and what is there is told', () => {
    const [row] = [
      value('[{"id":1,"id":2,"sku":"A","sku":"B","stock":5,"stock":7,"of":{},"of":{"a":1},"all":[],"all":[1]}]'),
    ].flat();
    const schema = z.object({ id, sku: line, stock: wholeNumber, of: z.object({}), all: z.array(z.unknown()) });
    const issues = schema.safeParse(row).error?.issues ?? [];
    expect(issues.map(({ path }) => path[0])).toEqual(['id', 'sku', 'stock', 'of', 'all']);
    expect(issues[0]?.message).toBe('is two values (1 / 2), not an id');
    expect(shapeReason(issues[2]?.message ?? '', wordsOf('da'))).toBe('er der to gange (5 / 7), ikke et helt tal');
    expect(figure.parse(Object(row).stock)).toEqual({ unreadable: 'two values (5 / 7)' });
  });

  it('R9, R10: keeps every digit of large ids, and does not make infinity of a figure', () => {
    expect(
      value(
        '{"id":9007199254740993,"as":9007199254740993.0,"or":9.007199254740993e15,"n":1e400,"e":1e5,"small":12,"price":10.799999999999999,"text":"9007199254740993"}',
      ),
    ).toEqual({
      id: '9007199254740993',
      as: '9007199254740993.0',
      or: '9.007199254740993e15',
      n: '1e400',
      e: 100_000,
      small: 12,
      price: 10.799999999999999,
      text: '9007199254740993',
    });
    expect(jsonText({ update: [{ id: idNumber('9007199254740993') }, { id: idNumber('7') }] })).toBe(
      '{"update":[{"id":9007199254740993},{"id":7}]}',
    );
  });
});

describe('R8: an answer as it comes in', () => {
  const push = (text: string, size = 1000): void => {
    const scanner = makeJsonScanner({ depth: 10, entries: 50, textBytes: 100 });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  };

  it.each([1, 7, 1000])('is given up when too deep, too wide or too long (pieces of %i)', (size) => {
    expect(() => push(`${'['.repeat(11)}`, size)).toThrow(/deeper than 10/);
    expect(() => push(`[${'1,'.repeat(50)}1]`, size)).toThrow(/more than 50 rows/);
    expect(() => push(`["${'x'.repeat(101)}"]`, size)).toThrow(/longer than 100 bytes/);
  });

  it.each([1, 1000])('is let through when it is none of that, whatever its texts hold (pieces of %i)', (size) => {
    push(`[${'{"a":"[[[[[[[[[[[[,,,,\\\\"},'.repeat(40)}{"b":"\\"[[[[[[[[[[["}]`, size);
    push(`<html>${'[,'.repeat(500)}`, size);
  });
});
