import { storeErrorLines } from '../../../views/errors/store-error-lines.ts';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { printFindings } from './store-output.ts';

const check: CommandHandler<CommandContext, object> = async (context) => {
  const { out, words } = context;
  const maintenance = await context.storeMaintenance();
  const result = await maintenance.check();
  if (context.format === 'json') {
    const { kind, place, detail } = result.ok
      ? { kind: undefined, place: undefined, detail: undefined }
      : result.trouble;
    out.data(
      jsonDocument(
        'store-check',
        result.ok
          ? { folder: maintenance.place, ...result }
          : { folder: maintenance.place, ok: false, trouble: { kind, place, detail } },
      ),
    );
    return result.ok ? exit.ok : exit.store;
  }
  if (!result.ok) {
    printError(out, storeErrorLines(result.trouble, words));
    return exit.store;
  }
  out.say([{ text: `✓ ${words.cli.storeSound(maintenance.place)}`, tone: 'good' }]);
  printFindings(context, result.found);
  return exit.ok;
};

/** `store check`. */
export const storeCheckCommand = defineCommand({
  name: 'store check',
  help: 'storeCheck',
  runWithoutStore: check,
  examples: ['bindeled store check'],
});
