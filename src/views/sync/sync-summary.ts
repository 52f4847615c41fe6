import type { RunCounts } from '../../domain/shop.ts';
import type { SyncResult } from '../../services/sync/sync-service.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { runCountsLine, runTone } from './run-lines.ts';

const severity: readonly Tone[] = ['quiet', 'good', 'waiting', 'wrong'];

/** How one shop's sync ended, for a colour: one that was not read at all, or asks first, is no good news. */
export function resultTone({ run, trouble, wouldRemove, busy, paused }: SyncResult): Tone {
  if (trouble !== undefined || wouldRemove !== undefined) return 'wrong';
  if (busy !== undefined || paused === true || run === undefined) return 'waiting';
  return runTone(run);
}

/** A sync of several shops in one sentence: how many, what it counted over all of them, and which did not come to their end. */
export function syncSummary(
  results: readonly SyncResult[],
  words: Words,
): { readonly text: string; readonly tone: Tone } {
  const runs = results.flatMap(({ run }) => run ?? []);
  const sum = (name: keyof RunCounts): number => runs.reduce((total, { counts }) => total + counts[name], 0);
  const counts: RunCounts = {
    seen: sum('seen'),
    productsCreated: sum('productsCreated'),
    updated: sum('updated'),
    linked: sum('linked'),
    unlinked: sum('unlinked'),
    conflicts: sum('conflicts'),
    broken: sum('broken'),
  };
  const isWhole = (result: SyncResult): boolean =>
    result.run?.status === 'finished' && (result.run.outcome === 'changed' || result.run.outcome === 'unchanged');
  const left = results.filter((result) => !isWhole(result)).map(({ shopId }) => shopCode(shopId));
  const text = words.screen.syncedShops(number(results.length, words), runCountsLine(counts, words), left.join(', '));
  const worst = Math.max(...results.map((result) => severity.indexOf(resultTone(result))));
  return { text, tone: severity[worst] ?? 'quiet' };
}
