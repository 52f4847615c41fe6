import { expect, test } from 'vitest';
import { type Dialog, dialogBody, dialogHeight, dialogLines } from '../../components/context/dialog.ts';
import { widthOf } from '../../src/views/text/cell-text.ts';

const long = 'Stock to the shop stops now, and what is in its orders is counted there until somebody counts it here.';
const confirm = (lines: readonly { readonly text: string }[], questions = 0): Extract<Dialog, { kind: 'confirm' }> => ({
  kind: 'confirm',
  title: 'Sure?',
  lines,
  yes: 'Yes',
  questions: Array.from({ length: questions }, () => ({ label: 'Type 3', answer: '3' })),
  onYes: () => undefined,
});

test('the lines of a question are wrapped, no word of them is lost, and the room is counted with them', () => {
  const dialog = confirm([{ text: long }]);
  const body = dialogBody(dialog, 60);
  expect(body.map(({ text }) => text).join(' ')).toBe(long);
  expect(Math.max(...body.map(({ text }) => widthOf(text)))).toBeLessThanOrEqual(52);
  expect(dialogHeight(dialog, 60)).toBe(body.length + 2);
});

test('what no window has room for ends in a sign, and the questions keep their lines', () => {
  const dialog = confirm(
    Array.from({ length: 12 }, () => ({ text: long })),
    2,
  );
  const body = dialogBody(dialog, 60);
  expect(body).toHaveLength(dialogLines - 2);
  expect(body.at(-1)?.text).toMatch(/ …$/);
});

test('an indented line goes on where it began, and an address stays whole', () => {
  const link = `http://127.0.0.1/${'a'.repeat(80)}`;
  const body = dialogBody({ lines: [{ text: `  ${long}` }, { text: link, link }] }, 60);
  expect(body.slice(0, -1).every(({ text }) => /^ {2}\S/.test(text))).toBe(true);
  expect(body.at(-1)?.text).toBe(link);
});
