import type { Instant } from '../../../domain/ids.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import { number } from '../../../views/format/numbers.ts';
import { clockTime } from '../../../views/format/times.ts';
import { brokenRowLines } from '../../../views/warehouse/broken-row.ts';
import { syncLine, wouldGoLine } from '../../../views/warehouse/warehouse-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';

type Options = { readonly changes?: boolean; readonly acceptGone?: number };

const sync: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const onWaiting = (until: Instant | undefined): void => {
    if (until !== undefined) out.note(words.warehouse.waits(clockTime(until, session.settings.timeZone)));
  };
  const result = await services.warehouse.sync(
    { changes: options.changes === true, acceptGone: options.acceptGone, onWaiting },
    session.signal,
  );
  const code =
    result.trouble !== undefined
      ? exit.connection
      : result.broken.length > 0 || result.wouldGo !== undefined
        ? exit.findings
        : exit.ok;
  if (session.format === 'json') {
    out.data(jsonDocument('warehouse-sync', { result }));
    return code;
  }
  if (result.busy !== undefined) {
    out.say(words.warehouse.busy(result.busy.user));
    return exit.ok;
  }
  out.say(syncLine(result, words));
  if ((result.gone ?? 0) > 0) out.note(words.warehouse.gone(number(result.gone ?? 0, words)));
  if (result.wouldGo !== undefined) {
    out.note([{ text: wouldGoLine(result.wouldGo, words), tone: 'waiting' }]);
    out.note(`  ${words.warehouse.wouldGoAdvice(String(result.wouldGo))}`);
  }
  for (const line of brokenRowLines(result.broken, words)) out.note([{ text: `  ${line}`, tone: 'waiting' }]);
  if (result.trouble !== undefined) {
    printError(out, shopErrorLines(result.trouble, words.warehouse.name, words));
    out.note(`  ${words.warehouse.figuresStay}`);
  }
  return code;
};

/** `warehouse sync`: reads the warehouse. */
export const warehouseSyncCommand = defineCommand({
  name: 'warehouse sync',
  help: 'warehouseSync',
  options: [
    { flags: '--changes', help: 'warehouseOnlyChanged' },
    { flags: '--accept-gone <number>', help: 'warehouseAcceptGone', wholeNumberFrom: 1 },
  ],
  run: sync,
  examples: ['bindeled warehouse sync', 'bindeled warehouse sync --changes'],
});
