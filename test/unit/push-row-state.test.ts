import { expect, test } from 'vitest';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import { type PushPlan, type PushRow, type PushRowResult, pushRowKey } from '../../src/domain/push-plan.ts';
import { filterablePush, planHead } from '../../src/views/push/push-columns.ts';
import { rowState } from '../../src/views/push/row-state.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const words = wordsOf('en');
const about = { productId: toProductId('p1'), shopId: toShopId('dk') };
const asks: PushRow = {
  ...about,
  name: 'Lamp',
  onHand: 0,
  reserved: 0,
  available: 0,
  willBe: 0,
  kind: 'send',
  guards: ['zero'],
};
const ended = (over: object): ReadonlyMap<string, PushRowResult> =>
  new Map([[pushRowKey(asks), { ...about, wanted: 0, ...over } as PushRowResult]]);

test.each([
  [{ kind: 'sent' }, '✓ sent', 'good'],
  [{ kind: 'already-there' }, '✓ unchanged', 'good'],
  [{ kind: 're-read' }, '◐ not sent', 'waiting'],
  [{ kind: 're-read', written: true, now: 3 }, '◐ sent', 'waiting'],
  [{ kind: 'held-by-guard', guard: 'zero' }, '◐ held back', 'waiting'],
  [{ kind: 'superseded' }, '· not sent', 'quiet'],
  [{ kind: 'refused', why: 'no-permission' }, '✗ refused', 'wrong'],
])('a row that asked and ended as %j says how it ended', (over, shown, tone) => {
  const state = rowState(asks, ended(over), words);
  expect([`${state.sign} ${state.text}`, state.tone]).toEqual([shown, tone]);
  expect(filterablePush(ended(over))(asks, words).fields.status).toContain(state.text);
});

test('a row that had no turn before it was broken off is not sent', () => {
  const other = new Map([['another', { ...about, wanted: 1, kind: 'sent' } as PushRowResult]]);
  expect(rowState(asks, other, words)).toEqual({ sign: '◐', text: 'not sent', tone: 'waiting' });
  expect(rowState(asks, new Map(), words).text).toBe('asks');
});

test('what the shops had already is not left over', () => {
  const plan = { rows: [asks] } as unknown as PushPlan;
  const said = (over: object): string =>
    planHead(plan, words, ended(over))
      .map((piece) => piece.text)
      .join('')
      .trim();
  expect(said({ kind: 'already-there' })).toBe('1 unchanged');
  expect(said({ kind: 'refused', why: 'no-permission' })).toBe('1 not sent');
  expect(said({ kind: 'held-by-guard', guard: 'zero' })).toBe('1 held back');
  expect(said({ kind: 'sent' })).toBe('1 sent');
});
