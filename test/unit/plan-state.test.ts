import { expect, test } from 'vitest';
import { instantOf, toPlanId, toProductId, toShopId } from '../../src/domain/ids.ts';
import type { PushPlan, PushRow } from '../../src/domain/push-plan.ts';
import type { FormatContext } from '../../src/views/format/format-context.ts';
import { isReady, planState } from '../../src/views/push/plan-state.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const minute = 60_000;
const at = (minutes: number) => instantOf(Date.UTC(2026, 0, 5, 6) + minutes * minute);
const row = {
  productId: toProductId('p1'),
  shopId: toShopId('dk'),
  name: 'Lamp',
  onHand: 4,
  reserved: 0,
  available: 4,
} as const;
const sends: PushRow = { ...row, willBe: 4, kind: 'send', guards: [] };
const same: PushRow = { ...row, willBe: 4, kind: 'skip', why: 'unchanged', guards: [] };
const plan = (rows: readonly PushRow[]): PushPlan => ({
  id: toPlanId('a'),
  madeAt: at(0),
  expiresAt: at(15),
  by: 'maria',
  shopIds: [row.shopId],
  rows,
});
const format = (minutes: number): FormatContext => ({
  words: wordsOf('en'),
  now: at(minutes),
  timeZone: 'UTC',
  shopName: String,
  productName: String,
  sourceName: String,
});
const stands = { applied: false, broken: false };

test.each([
  ['young, with a figure to send', plan([same, sends]), 1, true, 'a applies it'],
  ['young, with nothing to send', plan([same]), 1, false, 'there is nothing to send'],
  ['too old', plan([sends]), 16, false, 'is too old. p makes a new one'],
])('a plan that is %s offers what can be done with it', (_, made, minutes, ready, said) => {
  expect(isReady(made, at(minutes))).toBe(ready);
  expect(planState(made, stands, format(minutes))).toContain(said);
});
