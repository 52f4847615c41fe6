import { resolve } from 'node:path';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';

const exportTo: CommandHandler<CommandContext, object> = async (context, [target]) => {
  const maintenance = await context.storeMaintenance();
  if (target === undefined || target === '-') {
    for await (const piece of maintenance.exported()) context.out.data(piece);
    return exit.ok;
  }
  if (!(await maintenance.exportTo(resolve(target)))) {
    throw new UsageError(context.words.cli.file.exists(target), context.words.cli.file.advice);
  }
  if (context.format === 'json') context.out.data(jsonDocument('store-export', { file: resolve(target) }));
  else context.out.say(context.words.cli.exported(resolve(target)));
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
