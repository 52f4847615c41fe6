import { expect, test } from 'vitest';
import {
  chosenIds,
  cursorId,
  emptyList,
  hiddenMarks,
  type ListAction,
  type ListState,
  lineOf,
  listAt,
  listReducer,
} from '../../src/views/list/list-state.ts';

const letters = [...'abcdefghijklmnopqrst'];
const after = (start: ListState, ...actions: readonly ListAction[]): ListState => actions.reduce(listReducer, start);
const list = after(emptyList, { type: 'height', height: 6 }, { type: 'rows', ids: letters });

test('the cursor stays inside the list', () => {
  expect(cursorId(after(list, { type: 'move', by: -3 }))).toBe('a');
  expect(cursorId(after(list, { type: 'move', by: 99 }))).toBe('t');
  expect(cursorId(after(list, { type: 'bottom' }, { type: 'top' }))).toBe('a');
});

test('at the edge the list moves on by half a page', () => {
  const edge = after(list, { type: 'move', by: 5 });
  expect(edge.top).toBe(0);
  expect(after(edge, { type: 'move', by: 1 }).top).toBe(4);
});

test('the cursor follows its row when rows come above it, and keeps its place on the screen', () => {
  const at = after(list, { type: 'to', id: 'c' });
  const grown = after(at, { type: 'rows', ids: ['x', 'y', ...letters] });
  expect(cursorId(grown)).toBe('c');
  expect(grown.index - grown.top).toBe(at.index - at.top);
});

test('when its row is gone the cursor takes the next one, and at the end the one before', () => {
  const at = after(list, { type: 'to', id: 'c' });
  expect(cursorId(after(at, { type: 'rows', ids: letters.filter((id) => id !== 'c') }))).toBe('d');
  expect(cursorId(after(list, { type: 'bottom' }, { type: 'rows', ids: letters.slice(0, 5) }))).toBe('e');
});

test('marks are bound to rows, not to places, and hidden ones are counted', () => {
  const marked = after(list, { type: 'mark' }, { type: 'mark' });
  expect(chosenIds(marked)).toEqual(['a', 'b']);
  expect(cursorId(marked)).toBe('c');
  const filtered = after(marked, { type: 'rows', ids: ['b', 'c'] });
  expect(chosenIds(filtered)).toEqual(['a', 'b']);
  expect(hiddenMarks(filtered)).toBe(1);
});

test('a range is marked from the last mark to the cursor', () => {
  const marked = after(list, { type: 'mark' }, { type: 'move', by: 2 }, { type: 'mark-range' });
  expect(chosenIds(marked)).toEqual(['a', 'b', 'c', 'd']);
});

test('where nothing is marked, a range is marked from the first row', () => {
  const marked = after(list, { type: 'move', by: 2 }, { type: 'mark-range' });
  expect(chosenIds(marked)).toEqual(['a', 'b', 'c']);
});

test('marking all again takes the marks away', () => {
  const all = after(list, { type: 'mark-all' });
  expect(all.marks.size).toBe(letters.length);
  expect(after(all, { type: 'mark-all' }).marks.size).toBe(0);
});

test('a long list is walked beyond the loaded window, and the row is known when its window comes', () => {
  const window = after(emptyList, { type: 'height', height: 6 }, { type: 'rows', ids: letters, total: 1000 });
  const beyond = after(window, { type: 'bottom' });
  expect(beyond.index).toBe(999);
  expect(cursorId(beyond)).toBeUndefined();
  const loaded = after(beyond, { type: 'rows', ids: ['y', 'z'], offset: 998, total: 1000 });
  expect(cursorId(loaded)).toBe('z');
});

test('a remembered row is found where it stood on the screen, also in a window of a long list', () => {
  const height = { type: 'height', height: 6 } as const;
  const left = after(
    emptyList,
    height,
    { type: 'rows', ids: letters },
    { type: 'move', by: 9 },
    { type: 'move', by: -1 },
  );
  const memory = { cursor: cursorId(left), line: lineOf(left) };
  const back = after(listAt(memory), height, { type: 'rows', ids: letters });
  expect([back.index, back.top]).toEqual([left.index, left.top]);
  expect(lineOf(left)).toBeGreaterThan(0);
  const window = after(listAt(memory), height, { type: 'rows', ids: letters, offset: 300, total: 1000 });
  expect([window.index, window.top]).toEqual([300 + left.index, 300 + left.top]);
  // In a lower window of the terminal it is seen all the same.
  const low = after(listAt({ ...memory, line: 20 }), { type: 'height', height: 3 }, { type: 'rows', ids: letters });
  expect(low.index - low.top).toBeLessThan(3);
});

test('a remembered row is found again', () => {
  const back = after(listAt({ cursor: 'k', marks: ['b'] }), { type: 'rows', ids: letters });
  expect(cursorId(back)).toBe('k');
  expect(chosenIds(back)).toEqual(['b']);
});
