import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { printCopyAnswer, requireWrite, typedPlace } from './store-output.ts';

const importFrom: CommandHandler<CommandContext, object> = async (context, [source = '']) => {
  requireWrite(context);
  const maintenance = await context.storeMaintenance();
  const copy = typedPlace(context, source, 'file');
  return printCopyAnswer(context, 'store-import', copy, await maintenance.importFrom(copy));
};

/** `store import`. */
export const storeImportCommand = defineCommand({
  name: 'store import',
  help: 'storeImport',
  arguments: [{ name: '<file>', help: 'file' }],
  runWithoutStore: importFrom,
  examples: ['bindeled store import alt.json'],
});
