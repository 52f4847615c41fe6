import { millisecondsOf, toShopId } from '../../../domain/ids.ts';
import type { SyncResult } from '../../../services/sync/sync-service.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { span } from '../../../views/format/times.ts';
import { passedOverLines, pausedLine } from '../../../views/sync/passed-over.ts';
import { runCountsLine, runOutcomeWord, runStatusWord, runTone, salesLine } from '../../../views/sync/run-lines.ts';
import type { Tone } from '../../../views/text/tones.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopIds } from '../../define-command.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { type ListColumn, printTable } from '../../output/print-list.ts';
import { syncMeter } from '../../output/progress.ts';
import { makeFormatContext, resolveShops } from '../../resolve-arguments.ts';

type Options = { readonly full?: boolean; readonly acceptRemovals?: number; readonly expect?: number };

const outcome = (result: SyncResult, { words }: FormatContext): string => {
  if (result.busy !== undefined) return words.cli.busy(result.busy.user, String(result.busy.pid));
  if (result.paused === true) return words.domain.health.paused;
  if (result.run === undefined)
    return result.cancelled ? words.domain.runStatus.interrupted : words.domain.runOutcome.refused;
  const status = result.cancelled ? words.domain.runStatus.interrupted : runStatusWord(result.run, words);
  return result.run.outcome === undefined || result.cancelled
    ? status
    : `${status}, ${runOutcomeWord(result.run, words)}`;
};

const toneOf = (result: SyncResult): Tone | undefined => {
  if (result.trouble !== undefined) return 'wrong';
  return result.run === undefined ? 'waiting' : runTone(result.run);
};

const took = ({ run }: SyncResult, { words }: FormatContext): string =>
  run?.endedAt === undefined
    ? ''
    : span(run.workedMs ?? millisecondsOf(run.endedAt) - millisecondsOf(run.startedAt), words);

const columns = (formatContext: FormatContext): readonly ListColumn<SyncResult>[] => {
  const { words } = formatContext;
  const { title } = words.cli;
  return [
    {
      id: 'shop',
      title: title.shop,
      rank: 0,
      min: 4,
      max: 24,
      text: (result) => formatContext.shopName(result.shopId),
    },
    {
      id: 'outcome',
      title: title.outcome,
      rank: 1,
      min: 10,
      max: 40,
      text: (result) => outcome(result, formatContext),
      tone: toneOf,
    },
    {
      id: 'counts',
      title: title.counts,
      rank: 2,
      min: 20,
      text: ({ run }) => (run === undefined ? '' : runCountsLine(run.counts, words)),
    },
    {
      id: 'took',
      title: title.took,
      rank: 3,
      min: 5,
      max: 10,
      align: 'right',
      text: (result) => took(result, formatContext),
    },
  ];
};

/** How a sync ends: interrupted, then nothing reached, then some of it, then questions. */
export function syncExit(results: readonly SyncResult[]): ExitCode {
  if (results.some((result) => result.cancelled)) return exit.interrupted;
  const troubled = results.filter((result) => result.trouble !== undefined);
  if (troubled.length > 0) return troubled.length === results.length ? exit.connection : exit.partial;
  if (results.some((result) => result.run?.outcome === 'partial')) return exit.partial;
  if (results.some((result) => result.wouldRemove !== undefined || result.busy !== undefined)) return exit.findings;
  return exit.ok;
}

const askAbout = (results: readonly SyncResult[], formatContext: FormatContext, { out, words }: Session): void => {
  for (const { shopId, wouldRemove } of results) {
    if (wouldRemove === undefined) continue;
    const count = String(wouldRemove);
    const shop = formatContext.shopName(shopId);
    out.note([
      { text: words.cli.wouldRemove(shop, words.domain.integrations(number(wouldRemove, words))), tone: 'waiting' },
    ]);
    out.note(`  ${words.cli.wouldRemoveAdvice(shopId, count)}`);
  }
};

const sync: CommandHandler<Session, Options> = async (session, operands, options) => {
  const { services, out, words } = session;
  const shopIds = await resolveShops(session, operands);
  const known = await makeFormatContext(session);
  const meter = syncMeter(session, known);
  const { full, acceptRemovals, expect: expected } = options;
  const results = await services.sync
    .run({ shopIds, full, acceptRemovals, expected, onProgress: meter.show }, session.signal)
    .finally(meter.end);
  const code = syncExit(results);
  if (session.format === 'json') {
    out.data(jsonDocument('sync', { results }));
    return code;
  }
  if (results.length > 0) printTable(session, columns(known), results);
  else for (const text of passedOverLines(await services.shops.list(), words)) out.note([{ text, tone: 'waiting' }]);
  for (const { shopId, paused } of results)
    if (paused === true) out.note([{ text: pausedLine(shopId, words), tone: 'waiting' }]);
  for (const { shopId, run, trouble } of results) {
    const unread = run === undefined ? [] : salesLine(run, words);
    for (const text of unread) out.note([{ text: `${known.shopName(shopId)}: ${text}`, tone: 'waiting' }]);
    if (trouble !== undefined && trouble.kind !== 'cancelled')
      printError(out, shopErrorLines(trouble, known.shopName(shopId), words));
  }
  askAbout(results, known, session);
  if (code === exit.interrupted) out.note(words.cli.interruptedSync);
  return code;
};

/** `sync`: reads shops, whole or what changed. */
export const syncCommand = defineCommand({
  name: 'sync',
  help: 'sync',
  arguments: [{ name: '[shop...]', help: 'shopsOrAll', values: shopIds }],
  options: [
    { flags: '--full', help: 'full' },
    { flags: '--accept-removals <number>', help: 'acceptRemovals', wholeNumberFrom: 0 },
    { flags: '--expect <number>', help: 'expectListings', wholeNumberFrom: 1 },
  ],
  screen: onScreen(
    ({ operands, options }) => {
      const named = operands.map(toShopId);
      return { kind: 'sync', full: options.has('full'), shopIds: named.length === 0 ? undefined : named };
    },
    ['--full'],
  ),
  run: sync,
  examples: ['bindeled sync', 'bindeled sync dk no --full', 'bindeled sync dk --full --accept-removals 37'],
});
