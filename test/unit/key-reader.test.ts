import { StringDecoder } from 'node:string_decoder';
import { expect, test } from 'vitest';
import { readKeys } from '../../components/terminal/key-reader.ts';
import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { fieldOf, textOf, typed } from '../../src/views/keyboard/text-input.ts';

const named = (key: Key): string => (key.kind === 'key' ? key.name : `${key.kind}:${key.text}`);

/** What comes out of these reads when they follow each other at once and then nothing more comes. */
function heard(...reads: readonly string[]): readonly string[] {
  const keys: string[] = [];
  const reader = readKeys((key) => keys.push(named(key)));
  for (const read of reads) reader.feed(read);
  reader.flush();
  reader.stop();
  return keys;
}

test.each<[string, readonly string[], readonly string[]]>([
  ['a scan in one read', ['5701234567890\r'], ['scan:5701234567890']],
  ['a scan a character at a time', [...'5701234567890\r'], ['scan:5701234567890']],
  ['a scan split between two reads', ['570123', '4567890\t'], ['scan:5701234567890']],
  ['a scan that begins with a capital', ['S', 'KO-017\r'], ['scan:SKO-017']],
  ['a scan in small letters, split', ['sko-', '017\r'], ['scan:sko-017']],
  ['a scan whose LF comes late', ['5701234567890\r', '\n', 'j'], ['scan:5701234567890', 'j']],
  ['two scans in one read', ['5701234567890\r5709876543210\r'], ['scan:5701234567890', 'scan:5709876543210']],
  ['an arrow and a scan in one read', ['\u001b[B5701234567890\r'], ['down', 'scan:5701234567890']],
  ['a short word, Enter and a scan', ['jj\r5701234567890\r'], ['j', 'j', 'enter', 'scan:5701234567890']],
  ['a digit on its own', ['5'], ['5']],
  ['a capital, then a letter', ['S', 'j'], ['S', 'j']],
  ['a held key', ['jjjjj'], ['j', 'j', 'j', 'j', 'j']],
  ['Esc and a letter', ['\u001bj'], ['escape', 'j']],
  ['an arrow cut in two', ['\u001b[', 'B'], ['down']],
  ['a paste cut in two', ['\u001b[200~linje 1\nlin', 'je 2\u001b[201~j'], ['paste:linje 1\nlinje 2', 'j']],
  ['Danish letters', ['æøå'], ['æ', 'ø', 'å']],
  ['a letter and its ring', ['a\u030a'], ['å']],
])('%s', (_, reads, keys) => {
  expect(heard(...reads)).toEqual(keys);
});

test('a letter whose bytes come in two reads is one letter', () => {
  const bytes = Buffer.from('ø');
  const decoder = new StringDecoder('utf8');
  expect(heard(decoder.write(bytes.subarray(0, 1)), decoder.write(bytes.subarray(1)))).toEqual(['ø']);
});

test('a ring that comes after its letter is composed in the field', () => {
  const keys = heard('bla', '\u030a').map((name): Key => ({ kind: 'key', name }));
  const field = keys.reduce((line, key) => typed(line, key) ?? line, fieldOf(''));
  expect(textOf(field)).toBe('blå');
});
