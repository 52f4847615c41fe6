import { expect, test } from 'vitest';
import {
  actionOf,
  actions,
  changesThings,
  footActions,
  keyOfAction,
  shownKeysOf,
} from '../../src/views/input/keymap.ts';

test('a key has one meaning', () => {
  const keys = actions.flatMap((action) => action.keys);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
});

test('nothing is bound to keys that terminals, tmux or a Danish keyboard keep for themselves', () => {
  const taken = ['ctrl-a', 'ctrl-b', 'ctrl-s', 'ctrl-q', 'ctrl-z', 'f10', 'f11'];
  expect(actions.flatMap((action) => action.keys).filter((key) => taken.includes(key))).toEqual([]);
  const onlyByAltGr = actions.filter((action) => action.keys.every((key) => '[]{}\\@|'.includes(key)));
  expect(onlyByAltGr).toEqual([]);
});

test('enter only opens', () => {
  expect(actionOf('enter')).toBe('open');
  expect(changesThings('open')).toBe(false);
});

test('the foot line has the actions that work now, the most useful first', () => {
  expect(footActions(['help', 'up', 'fetch', 'open'])).toEqual(['open', 'fetch', 'help']);
});

test('keys are shown as they stand on the keyboard', () => {
  expect(keyOfAction('up')).toBe('↑');
  expect(keyOfAction('up', true)).toBe('Up');
  expect(shownKeysOf('page-down')).toEqual(['PgDn', 'Ctrl-D']);
});
