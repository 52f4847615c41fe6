import { storeDetailLine } from '../../../views/errors/store-detail.ts';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';
import { typedPlace } from './store-output.ts';

const exportTo: CommandHandler<CommandContext, object> = async (context, [target]) => {
  const maintenance = await context.storeMaintenance();
  if (target === undefined || target === '-') {
    for await (const piece of maintenance.exported()) context.out.data(piece);
    return exit.ok;
  }
  const path = typedPlace(context, target, 'file');
  const made = await maintenance.exportTo(path);
  const { file } = context.words.cli;
  if (made === false) throw new UsageError(file.exists(target), file.elsewhere);
  if (made !== true)
    throw new UsageError(file.notThere(target, storeDetailLine(made.badTarget.detail, context.words)), file.elsewhere);
  if (context.format === 'json') context.out.data(jsonDocument('store-export', { file: path }));
  else context.out.say(context.words.cli.exported(path));
  return exit.ok;
};

/** `store export`. */
export const storeExportCommand = defineCommand({
  name: 'store export',
  help: 'storeExport',
  arguments: [{ name: '[file]', help: 'file' }],
  runWithoutStore: exportTo,
  examples: ['bindeled store export alt.json'],
});
