import { expect, test } from 'vitest';
import { completed, completionOf } from '../../src/views/list/filter-completion.ts';
import { emptyList } from '../../src/views/list/list-state.ts';
import { positionOf } from '../../src/views/list/position.ts';
import { pastedList } from '../../src/views/lookup/pasted-list.ts';
import { cutMiddle, widthOf } from '../../src/views/text/cell-text.ts';
import { highlighted } from '../../src/views/text/highlight.ts';
import { wordsOf } from '../../src/views/words/words.ts';

test.each([
  ['Vindjakke Herre Skovgrøn XL', 20, 'Vindjakke…ovgrøn XL'],
  ['Vindjakke Blå M', 20, 'Vindjakke Blå M'],
  ['Vindjakke Blå M', 6, 'Vindj…'],
])('a name loses its middle, not its colour and size: %s in %i', (name, width, expected) => {
  expect(cutMiddle(name, width)).toBe(expected);
  expect(widthOf(cutMiddle(name, width))).toBeLessThanOrEqual(width);
});

test.each([
  ['A-1\nA-2\r\nA-1\n', ['A-1', 'A-2']],
  ['A-1;A-2', ['A-1', 'A-2']],
  ['A-1, A-2', ['A-1', 'A-2']],
  ['Boots, green', undefined],
  ['A-1\n', undefined],
  ['', undefined],
])('a pasted list is told from one text: %j', (text, expected) => {
  expect(pastedList(text)).toEqual(expected);
});

test('the words that were looked for stand out, wherever they are, and nothing is lost', () => {
  const pieces = highlighted('Vindjakke Blå', ['jakke', 'blå', 'vindj']);
  expect(pieces.map(({ text }) => text).join('')).toBe('Vindjakke Blå');
  expect(pieces.filter(({ tone }) => tone === 'accent').map(({ text }) => text)).toEqual(['Vindj', 'akke', 'Blå']);
});

test('a list that is on the screen as a whole says its number, a longer one where one is', () => {
  const words = wordsOf('en');
  expect(positionOf({ ...emptyList, total: 8, height: 10 }, words)).toBe('8');
  expect(positionOf({ ...emptyList, total: 1000, height: 17, top: 60 }, words)).toBe('61-77 of 1,000');
  expect(positionOf({ ...emptyList, total: 70, height: 17, top: 60 }, words)).toBe('61-70 of 70');
});

const fields = [
  { id: 'status', name: 'tilstand' },
  { id: 'stock', name: 'lager' },
];
const values = (): readonly string[] => ['mangler', 'mangler helt', 'koblet'];

test.each([
  ['boots til', ['tilstand:'], 'boots tilstand:'],
  ['tilstand:m', ['tilstand:mangler', 'tilstand:"mangler helt"'], undefined],
  ['!status:k', ['tilstand:koblet'], '!tilstand:koblet '],
  ['farve:r', undefined, undefined],
  ['', undefined, undefined],
])('what is typed completes to fields and values: %j', (text, options, next) => {
  const found = completionOf(text, fields, values);
  expect(found?.options).toEqual(options);
  expect(completed(text, found)).toBe(next);
});
