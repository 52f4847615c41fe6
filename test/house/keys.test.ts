import { expect, test } from 'vitest';
import { actions, shownKey } from '../../src/views/keyboard/keymap.ts';

const all = actions.flatMap((action) => action.keys.map((key) => ({ key: key as string, id: action.id as string })));

test('a key has one meaning', () => {
  const twice = all.filter((one) => all.some((other) => other.key === one.key && other.id !== one.id));
  expect(twice).toEqual([]);
});

test('no key is one that terminals, tmux or flow control keep for themselves', () => {
  const kept = ['ctrl-a', 'ctrl-b', 'ctrl-s', 'ctrl-q', 'ctrl-enter', 'shift-enter', 'f10', 'f11'];
  expect(all.filter((one) => kept.includes(one.key) || one.key.startsWith('alt-'))).toEqual([]);
});

test('Ctrl-Z does what it does everywhere else', () => {
  expect(all.find((one) => one.key === 'ctrl-z')?.id).toBe('suspend');
});

test('what a Danish keyboard hides behind AltGr is never the only way', () => {
  const hidden = /^[[\]{}\\@|]$/;
  expect(actions.filter((action) => action.keys.every((key) => hidden.test(key))).map((action) => action.id)).toEqual(
    [],
  );
});

test('Enter only ever opens', () => {
  expect(all.filter((one) => one.key === 'enter').map((one) => one.id)).toEqual(['open']);
});

test('every key has a face', () => {
  expect(all.filter((one) => shownKey(one.key).trim() === '')).toEqual([]);
});
