import type { Run, RunCounts, UnreadableRow } from '../../domain/shop.ts';
import type { SyncProgress } from '../../services/sync/sync-service.ts';
import { fieldTrouble, quotedReason } from '../errors/shop-reason.ts';
import { troubleWord } from '../errors/trouble-word.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { clockTime, span } from '../format/times.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** Whether a run goes on, ended or was cut off; apart from what it achieved. */
export const runStatusWord = (run: Run, words: Words): string => words.domain.runStatus[run.status];

/** What a run achieved, or what the trouble was that ended it; its status while it has no outcome. */
export function runOutcomeWord({ status, outcome, trouble }: Run, words: Words): string {
  if (outcome === undefined) return words.domain.runStatus[status];
  const isLost = outcome === 'refused' || outcome === 'unreachable';
  return (isLost && trouble && troubleWord(trouble, words)) || words.domain.runOutcome[outcome];
}

/** The counts that are not nought, always with what was seen: "400 seen, 12 linked, 1 conflicts". */
export function runCountsLine(counts: RunCounts, words: Words): string {
  const names = words.domain.runCounts;
  const shown = (['seen', 'productsCreated', 'updated', 'linked', 'unlinked', 'conflicts', 'broken'] as const).filter(
    (name) => name === 'seen' || counts[name] > 0,
  );
  const said = (name: (typeof shown)[number]): string => {
    const count = number(counts[name], words);
    return name === 'conflicts' ? words.domain.conflicts(count) : `${count} ${names[name]}`;
  };
  return shown.map(said).join(', ');
}

/** How a run ended, in one line: what it counted, and before that what went otherwise than it should. */
export function runSummary(run: Run, words: Words): string {
  const counts = runCountsLine(run.counts, words);
  const isWell = run.status === 'finished' && (run.outcome === 'changed' || run.outcome === 'unchanged');
  return [...(isWell ? [] : [runOutcomeWord(run, words)]), counts, ...salesLine(run, words)].join(', ');
}

/** That what was sold could not be read, and why; none where it could. */
export const salesLine = ({ salesTrouble }: Run, words: Words): readonly string[] =>
  salesTrouble === undefined ? [] : [words.domain.salesUnread(quotedReason(salesTrouble, words))];

/** So many rows are named in one line. */
const rowsNamed = 5;

/** Rows that could not be read, each by its id, its field and what stood there; none where all could. */
export function unreadableLine(rows: readonly UnreadableRow[] | undefined, words: Words): readonly string[] {
  if (rows === undefined || rows.length === 0) return [];
  const named = rows.slice(0, rowsNamed).map(({ shopProductId, shopVariantId, where, said }) => {
    const ref = [shopProductId ?? '?', ...(shopVariantId === undefined ? [] : [shopVariantId])].join('/');
    return `${ref}: ${fieldTrouble(where, said, words)}`;
  });
  const more = rows.length - named.length;
  return [words.domain.unreadableRows(named.join(', '), more === 0 ? '' : number(more, words))];
}

/** How a run is meant, for a colour beside the words. Green is for a sync after which the shop is as it should be: one that lost links, or found conflicts, is not. */
export function runTone(run: Run): Tone {
  if (run.status === 'interrupted' || run.outcome === 'partial' || run.outcome === 'stopped-by-guard') return 'waiting';
  if (run.outcome === 'refused' || run.outcome === 'unreachable') return 'wrong';
  if (run.status === 'running') return 'quiet';
  return run.counts.unlinked > 0 || run.counts.conflicts > 0 || run.salesTrouble !== undefined ? 'waiting' : 'good';
}

/** The share done, between 0 and 1, when the shop said how many there are. */
export function shareDone(progress: SyncProgress): number | undefined {
  // What comes after the last page is short beside the reading.
  if (
    progress.phase === 'settling' ||
    progress.phase === 'confirming-absence' ||
    progress.phase === 'stock' ||
    progress.phase === 'done'
  )
    return 1;
  if (progress.phase === 'waiting') return 0;
  if (progress.total === undefined || progress.total <= 0) return undefined;
  return Math.min(1, progress.counts.seen / progress.total);
}

/** A reading on its way, as one line: phase, counts, rate, time left. */
export function progressLine(progress: SyncProgress, format: FormatContext): string {
  const { words, timeZone } = format;
  const { cli } = words;
  const parts = [cli.phase[progress.phase], runCountsLine(progress.counts, words)];
  if (progress.phase !== 'done') {
    if (progress.rate !== undefined) parts.push(`${number(Math.round(progress.rate), words)}/${words.domain.second}`);
    if (progress.waitingUntil !== undefined) parts.push(cli.waitingUntil(clockTime(progress.waitingUntil, timeZone)));
    else if (progress.secondsLeft !== undefined) parts.push(cli.left(span(progress.secondsLeft * 1_000, words)));
  }
  return parts.join(' · ');
}
