import { expect, test } from 'vitest';
import { flushTokens, type Key, tokenize } from '../../src/views/keyboard/key-tokens.ts';

const named = (keys: readonly Key[]): readonly string[] =>
  keys.map((key) => (key.kind === 'key' ? key.name : `${key.kind}:${key.text}`));

test.each<[string, string, readonly string[]]>([
  ['a held key', 'jjj', ['j', 'j', 'j']],
  ['arrows in one read', '\u001b[B\u001b[B\u001bOA', ['down', 'down', 'up']],
  ['esc and a letter', '\u001bj', ['escape', 'j']],
  ['two escapes and a letter', '\u001b\u001bq', ['escape', 'escape', 'q']],
  ['danish letters', 'æøÅ', ['æ', 'ø', 'Å']],
  ['a letter of two code points', 'a\u030ab', ['\u00e5', 'b']],
  ['enter inside', 'a\rb\n', ['a', 'enter', 'b', 'enter']],
  ['a windows line end', 'a\r\nb', ['a', 'enter', 'b']],
  ['tab and back-tab', '\t\u001b[Z', ['tab', 'shift-tab']],
  ['function keys', '\u001bOP\u001b[15~\u001b[[A', ['f1', 'f5', 'f1']],
  [
    'home, end and paging',
    '\u001b[1~\u001b[4~\u001b[5~\u001b[6~\u001b[H',
    ['home', 'end', 'pageup', 'pagedown', 'home'],
  ],
  ['a key with a modifier', '\u001b[1;5B', ['down']],
  ['control letters', '\u0003\u0015', ['ctrl-c', 'ctrl-u']],
  ['a paste with line breaks', '\u001b[200~a\nb\u001b[201~x', ['paste:a\nb', 'x']],
  [
    'the wheel and a click, let go of',
    '\u001b[<64;1;1M\u001b[<65;1;1M\u001b[<0;3;4M\u001b[<0;3;4m',
    ['wheel-up', 'wheel-down', 'click'],
  ],
  ['a wheel turned with Ctrl held', '\u001b[<80;1;1M', ['wheel-up']],
  ['other buttons and drags', '\u001b[<2;1;1M\u001b[<32;1;1M\u001b[<35;1;1M', []],
  ['a mouse report in the old form, and a key', '\u001b[M !dj', ['j']],
  ['a focus report', '\u001b[I', []],
])('%s', (_, text, expected) => {
  expect(named(tokenize(text).keys)).toEqual(expected);
  expect(tokenize(text).rest).toBe('');
});

test.each([
  '\u001b',
  '\u001b[',
  '\u001b[1;',
  '\u001bO',
  '\u001b[200~half',
  '\u001b[M !',
  '\u001b[<0;1',
])('%j may go on', (text) => {
  expect(tokenize(`k${text}`)).toEqual({ keys: [{ kind: 'key', name: 'k' }], rest: text });
});

test('esc that nothing follows is esc, and a paste without an end is a paste', () => {
  expect(named(flushTokens('\u001b'))).toEqual(['escape']);
  expect(named(flushTokens('\u001b['))).toEqual(['escape', '[']);
  expect(named(flushTokens('\u001b[200~half'))).toEqual(['paste:half']);
  expect(flushTokens('')).toEqual([]);
});
