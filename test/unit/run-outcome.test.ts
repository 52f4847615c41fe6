import { expect, test } from 'vitest';
import { instantOf, toRunId, toShopId } from '../../src/domain/ids.ts';
import type { Run, RunOutcome, ShopTrouble } from '../../src/domain/shop.ts';
import { runOutcomeWord } from '../../src/views/sync/run-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const run = (outcome: RunOutcome, trouble?: ShopTrouble): Run => ({
  id: toRunId('run-1'),
  shopId: toShopId('dk'),
  kind: 'full',
  startedAt: instantOf(0),
  status: 'interrupted',
  outcome,
  counts: { seen: 0, productsCreated: 0, updated: 0, linked: 0, unlinked: 0, conflicts: 0, broken: 0 },
  trouble,
});

test.each([
  ['unreachable', { kind: 'unreachable', said: '', reason: 'own-error' }, 'fejl i shoppen'],
  ['unreachable', { kind: 'rate-limited', said: '' }, 'beder om en pause'],
  ['refused', { kind: 'moved', said: '' }, 'er flyttet'],
  ['refused', { kind: 'unintelligible', said: '' }, 'uforståeligt svar'],
  ['refused', { kind: 'unauthorized', said: '', reason: 'no-credentials' }, 'ingen nøgle'],
  ['refused', { kind: 'of a newer version', said: '' }, 'afvist'],
  ['unreachable', undefined, 'intet svar'],
  ['unchanged', undefined, 'uændret'],
] as const)('a run that ended %s says by what: %o', (outcome, trouble, said) => {
  expect(runOutcomeWord(run(outcome, trouble), wordsOf('da'))).toBe(said);
});
