import { millisecondsOf } from '../../domain/ids.ts';
import type { SyncResult } from '../../services/services.ts';
import { span } from '../../views/ages.ts';
import { shopTroubleLines } from '../../views/happenings/trouble-lines.ts';
import { number } from '../../views/numbers.ts';
import { runCountsLine, runOutcomeWord, runStatusWord, runTone } from '../../views/shops/run-lines.ts';
import type { Telling } from '../../views/telling.ts';
import type { Tone } from '../../views/tones.ts';
import { jsonDocument } from '../answers/json.ts';
import { type ListColumn, printTable } from '../answers/list.ts';
import { printTrouble } from '../answers/print-trouble.ts';
import { syncMeter } from '../answers/progress.ts';
import { type ExitCode, exit } from '../exit.ts';
import { wholeNumber } from '../options.ts';
import { pickShops, tell } from '../pick.ts';
import type { CommandMaker, Session, Work } from '../session.ts';

type Options = { readonly full?: boolean; readonly acceptRemovals?: number };

const outcome = (result: SyncResult, { words }: Telling): string => {
  if (result.busy !== undefined) return words.cli.busy(result.busy.user, String(result.busy.pid));
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

const took = ({ run }: SyncResult, { words }: Telling): string =>
  run?.endedAt === undefined ? '' : span(millisecondsOf(run.endedAt) - millisecondsOf(run.startedAt), words);

const columns = (telling: Telling): readonly ListColumn<SyncResult>[] => {
  const { words } = telling;
  const { title } = words.cli;
  return [
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 24, text: (result) => telling.shopName(result.shopId) },
    {
      id: 'outcome',
      title: title.outcome,
      rank: 1,
      min: 10,
      max: 40,
      text: (result) => outcome(result, telling),
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
      text: (result) => took(result, telling),
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

const askAbout = (results: readonly SyncResult[], telling: Telling, { out, words }: Session): void => {
  for (const { shopId, wouldRemove } of results) {
    if (wouldRemove === undefined) continue;
    const count = String(wouldRemove);
    const shop = telling.shopName(shopId);
    out.note([
      { text: words.cli.wouldRemove(shop, words.domain.integrations(number(wouldRemove, words))), tone: 'waiting' },
    ]);
    out.note(`  ${words.cli.wouldRemoveAdvice(shopId, count)}`);
  }
};

const sync: Work<Session, Options> = async (session, operands, options) => {
  const { services, out, words } = session;
  const shopIds = await pickShops(session, operands);
  const known = await tell(session);
  const meter = syncMeter(session, known);
  const { full, acceptRemovals } = options;
  const results = await services
    .sync({ shopIds, full, acceptRemovals, onProgress: meter.show }, session.signal)
    .finally(meter.end);
  const code = syncExit(results);
  if (session.format === 'json') {
    out.data(jsonDocument('sync', { results }));
    return code;
  }
  if (results.length > 0) printTable(session, columns(known), results);
  for (const { shopId, trouble } of results) {
    if (trouble !== undefined && trouble.kind !== 'cancelled')
      printTrouble(out, shopTroubleLines(trouble, known.shopName(shopId), words));
  }
  askAbout(results, known, session);
  if (code === exit.interrupted) out.note(words.cli.interruptedSync);
  return code;
};

/** `sync`: reads shops, whole or what changed. */
export const addSync: CommandMaker = (program, { words, run }) => {
  program
    .command('sync')
    .argument('[shop...]', words.cli.help.shopsOrAll)
    .description(words.cli.help.sync)
    .option('--full', words.cli.help.full)
    .option('--accept-removals <number>', words.cli.help.acceptRemovals, wholeNumber(words))
    .action(run(sync));
};
