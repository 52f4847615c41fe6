import { expect, test } from 'vitest';
import {
  actionForKey,
  actions,
  firstKeyOf,
  footerActions,
  isWriteAction,
  shownKeysOf,
} from '../../src/views/keyboard/keymap.ts';

test('a key has one meaning', () => {
  const keys = actions.flatMap((action) => action.keys);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
});

test('nothing is bound to keys that terminals, tmux or a Danish keyboard keep for themselves', () => {
  const taken = ['ctrl-a', 'ctrl-b', 'ctrl-s', 'ctrl-q', 'f10', 'f11'];
  expect(actions.flatMap((action) => action.keys).filter((key) => taken.includes(key))).toEqual([]);
  const onlyByAltGr = actions.filter((action) => action.keys.every((key) => '[]{}\\@|'.includes(key)));
  expect(onlyByAltGr).toEqual([]);
});

test('enter only opens', () => {
  expect(actionForKey('enter')).toBe('open');
  expect(isWriteAction('open')).toBe(false);
});

test('the foot line has the actions that work now, the most useful first', () => {
  expect(footerActions(['help', 'up', 'fetch', 'open'])).toEqual(['open', 'fetch', 'help']);
});

test('keys are shown as they stand on the keyboard', () => {
  expect(firstKeyOf('up')).toBe('↑');
  expect(firstKeyOf('up', true)).toBe('Up');
  expect(shownKeysOf('page-down')).toEqual(['PgDn', 'Ctrl-D']);
});
