import { expect, test } from 'vitest';
import { z } from 'zod';
import { id, line, wholeNumber } from '../../src/connectors/decode.ts';
import { fieldReason, shapeReason } from '../../src/views/errors/shape-reason.ts';
import { wordsOf } from '../../src/views/words/words.ts';

/** What a schema itself says of a value: the texts are the library's, and change with it. */
const saidOf = (schema: z.ZodType, value: unknown): string => schema.safeParse(value).error?.issues[0]?.message ?? '';

const cases: readonly (readonly [schema: z.ZodType, value: unknown, english: string, danish: string])[] = [
  [z.boolean(), 'yes', 'must be true or false', 'skal være sand eller falsk (true, false)'],
  [z.number(), 'x', 'must be a number', 'skal være et tal'],
  [z.int(), 1.5, 'must be a whole number', 'skal være et helt tal'],
  [z.string(), 4, 'must be text', 'skal være tekst'],
  [z.string(), undefined, 'is missing', 'mangler'],
  [z.string().min(1), '', 'is missing', 'mangler'],
  [z.string().max(3), 'abcd', 'may have at most 3 letters', 'må højst have 3 tegn'],
  [z.array(z.string()), {}, 'must be a list', 'skal være en liste'],
  [z.object({}), [], 'must be an object', 'skal være et objekt'],
  [z.record(z.string(), z.string()), 4, 'must be an object', 'skal være et objekt'],
  [z.enum(['da', 'en']), 'sv', 'must be one of da, en', 'skal være en af da, en'],
  [z.literal('x'), 'y', 'must be one of x', 'skal være en af x'],
  [z.number().min(1), -3, 'must be at least 1', 'skal være mindst 1'],
  [z.number().max(20), 99, 'may be at most 20', 'må højst være 20'],
  [wholeNumber, '1.5', 'is "1.5", not a whole number', 'er "1.5", ikke et helt tal'],
  [id, '', 'is "", not an id', 'er "", ikke et id'],
  [line, ['a'], 'is a list, not text', 'er en liste, ikke tekst'],
];

test.each(cases)('%#: what a schema refuses is told in both languages', (schema, value, english, danish) => {
  const said = saidOf(schema, value);
  expect(said).not.toBe('');
  expect(shapeReason(said, wordsOf('en'))).toBe(english);
  expect(shapeReason(said, wordsOf('da'))).toBe(danish);
  expect(fieldReason(`rows.0.x: ${said}`, wordsOf('da'))).toBe(`i svaret: rows.0.x ${danish}`);
});

test('what a shop said itself is left as it is', () => {
  for (const said of [
    'Sorry, not today',
    'is closed',
    'Invalid consumer key',
    '76.5',
    'woocommerce_rest_cannot_view: no',
  ])
    expect([shapeReason(said, wordsOf('da')), fieldReason(said, wordsOf('da'))]).toEqual([undefined, undefined]);
});
