import { StringDecoder } from 'node:string_decoder';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
  ['a list that was pasted unmarked', ['SKO-1\nSKO-2\nNOPE-3'], ['paste:SKO-1\nSKO-2\nNOPE-3']],
  ['a code of several fields', ['SKO-017\tf\tS\tP\tO\tstk\r', 'j'], ['scan:SKO-017', 'j']],
  ['a code of several lines', ['SKO-017\rf\rSort\rS\r'], ['scan:SKO-017']],
  ['the same a character at a time', [...'SKO-017\r\nf\r\nSort\r\nS\r\n'], ['scan:SKO-017']],
  ['a scan, moves and Enter in one read', ['SKO-017\rjj\r'], ['scan:SKO-017', 'j', 'j', 'enter']],
  ['an arrow and a scan in one read', ['\u001b[B5701234567890\r'], ['down', 'scan:5701234567890']],
  ['a short word, Enter and a scan', ['jj\r5701234567890\r'], ['j', 'j', 'enter', 'scan:5701234567890']],
  ['a scan that ends in Tab and CR', ['5701234567890\t\r', 'j'], ['scan:5701234567890', 'j']],
  ['a scan whose CR comes late behind its Tab', ['5701234567890\t', '\r', 'j'], ['scan:5701234567890', 'j']],
  ['a scan between STX and ETX', ['\u00025701234567890\u0003'], ['scan:5701234567890']],
  ['the same with CR, in two reads', ['\u00025701234567890\u0003', '\r', 'j'], ['scan:5701234567890', 'j']],
  ['the same a character at a time', [...'\u0002a-pu-d1\u0003\r'], ['scan:a-pu-d1']],
  ['STX alone before a scan', ['\u0002', 'xpud-1\r'], ['scan:xpud-1']],
  ['Ctrl-B and Ctrl-C of a hand', ['\u0002', '\u0003'], ['ctrl-b', 'ctrl-c']],
  ['letters and Ctrl-C in one read', ['pud\u0003'], ['p', 'u', 'd', 'ctrl-c']],
  [
    'a key, and a scan between STX and ETX in the same read',
    ['8u\u00025701234567890\u0003'],
    ['8', 'u', 'scan:5701234567890'],
  ],
  ['a scan that ends in ETX', ['xpUd-10\u0003', 'j'], ['scan:xpUd-10', 'j']],
  ['a scan that ends in EOT and CR', ['xpUd-10\u0004\r', 'j'], ['scan:xpUd-10', 'j']],
  [
    'a code of ISO 15434',
    ['[)>\u001e06\u001dPdOx-17\u001dQ10\u001e\u0004'],
    ['scan:[)>\u001e06\u001dPdOx-17\u001dQ10\u001e'],
  ],
  [
    'the same a character at a time',
    [...'[)>\u001e06\u001dPdOx-17\u001dQ10\u001e\u0004\r'],
    ['[', 'scan:[)>\u001e06\u001dPdOx-17\u001dQ10\u001e'],
  ],
  ['a code in other alphabets', ['Лампа dPu 1\r'], ['scan:Лампа dPu 1']],
  ['a code with a sign beyond', ['\u{1f4a1}dPu1\r'], ['scan:\u{1f4a1}dPu1']],
  ['a scan that is filled up with zeros', ['\u0000\u0000xpUd-10\u0000\r\u0000'], ['scan:xpUd-10']],
  ['a code with a control sign in its middle', ['xpUd\u0001-10\r', 'j'], ['j']],
  ['a scan that ends in an arrow', ['pud-x1\u001b[B'], ['scan:pud-x1']],
  [
    'a code of GS1 with an arrow for its separator',
    ['010570123456789910AB12\u001b[C17261231\r', 'j'],
    ['scan:010570123456789910AB12\u001d17261231', 'j'],
  ],
  [
    'the same with F8, a character at a time',
    [...'010570123456789910AB12', '\u001b[19~', ...'17261231\r'],
    ['scan:010570123456789910AB12\u001d17261231'],
  ],
  [
    'two codes of GS1 that end in an arrow',
    ['0105701234567899\u001b[C0105701234567899\u001b[C'],
    ['scan:0105701234567899', 'scan:0105701234567899'],
  ],
  ['a scan that ends in F1, in two reads', ['pud-x1', '\u001bOP'], ['scan:pud-x1']],
  ['a scan that ends in page down, cut within it', ['pud-x1\u001b', '[6~j'], ['scan:pud-x1', 'j']],
  ['a scan that ends in Esc', ['pud-x1\u001b'], ['scan:pud-x1']],
  ['a scan with an answer of the terminal in it', ['pud-', '\u001b[?1;2c', 'x1\r'], ['scan:pud-x1']],
  ['moves and an arrow in one read', ['jjkk\u001b[B'], ['j', 'j', 'k', 'k', 'down']],
  ['a word to search and Esc in one read', ['/pud-x1\u001b[B'], ['/', 'p', 'u', 'd', '-', 'x', '1', 'down']],
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

describe('a scan that comes slowly', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const link = 'https://id.gs1.org/01/05701234567899/10/AB7P12/21/1234567890?17=261231&3103=000195';

  /** What is heard when each character comes so many milliseconds after the one before it, and then nothing more. */
  function slowly(
    text: string,
    gapAt: (index: number) => number,
    inField = () => false,
  ): { readonly keys: string[]; readonly unclear: string[] } {
    const keys: string[] = [];
    const unclear: string[] = [];
    let at = 10_000;
    const reader = readKeys((key) => keys.push(named(key)), {
      now: () => at,
      onUnclear: (said) => unclear.push(said),
      inField,
    });
    for (const [index, character] of [...text].entries()) {
      const gap = gapAt(index);
      at += gap;
      vi.advanceTimersByTime(gap);
      reader.feed(character);
    }
    vi.advanceTimersByTime(5_000);
    reader.stop();
    return { keys, unclear };
  }
  const even = (gap: number) => () => gap;
  const withPauses = (index: number): number => (index % 5 === 4 ? 250 : 60);

  test.each([
    ['5701234567890\r', '5701234567890'],
    ['LB7 P200\r', 'LB7 P200'],
    ['PO-4711\t', 'PO-4711'],
    ['p20-x1\n', 'p20-x1'],
    [']d20105701234567899\r', ']d20105701234567899'],
    [`${link}\r`, link],
  ])('%j is one scan at 4 ms, at 60 ms, and at 60 ms with pauses of 250 ms', (typed, code) => {
    for (const gapAt of [even(4), even(60), withPauses]) {
      const { keys } = slowly(typed, gapAt);
      expect(keys.at(-1)).toBe(`scan:${code}`);
      expect(keys.filter((key) => /^[A-Z]$|^[fpxdncmaiSu]$/.test(key))).toEqual([]);
    }
  });

  test('CR and LF of a slow scanner are one Enter, in a field too', () => {
    expect(slowly('x\r\nj', even(300)).keys).toEqual(['x', 'enter', 'j']);
    expect(slowly('\r\r', even(300)).keys).toEqual(['enter', 'enter']);
  });

  test('ETX or EOT that ends a slow code in a field is its Enter; from a hand it is Ctrl-C or Ctrl-D', () => {
    const typed = [...'LB-7210'];
    const inAField = (text: string, gap: number) => slowly(text, even(gap), () => true).keys;
    for (const gap of [40, 70, 95]) {
      expect(inAField('LB-7210\u0003', gap)).toEqual([...typed, 'enter']);
      expect(inAField('LB-7210\u0004\r\nj', gap)).toEqual([...typed, 'enter', 'j']);
    }
    expect(inAField('LB-7210\u0003', 250)).toEqual([...typed, 'ctrl-c']);
    expect(inAField('lygte\u0003', 60)).toEqual([...'lygte', 'ctrl-c']);
  });

  test('a code that never ends is pressed as no key, and it is said', () => {
    expect(slowly('LB7 P200', even(60))).toEqual({ keys: [], unclear: ['LB7 P200'] });
  });

  test('two keys that a hand pressed are two keys', () => {
    expect(slowly('x1', even(250)).keys).toEqual(['x', '1']);
    expect(slowly('jjjp', even(150)).keys).toEqual(['j', 'j', 'j', 'p']);
    expect(slowly('7N', even(180)).keys).toEqual(['7', 'N']);
  });
});
