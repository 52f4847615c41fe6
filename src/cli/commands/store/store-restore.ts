import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { printCopyAnswer, requireWrite, typedPlace } from './store-output.ts';

const restore: CommandHandler<CommandContext, object> = async (context, [source = '']) => {
  requireWrite(context);
  const maintenance = await context.storeMaintenance();
  const copy = typedPlace(context, source, 'folder');
  return printCopyAnswer(context, 'store-restore', copy, await maintenance.restore(copy));
};

/** `store restore`. */
export const storeRestoreCommand = defineCommand({
  name: 'store restore',
  help: 'storeRestore',
  arguments: [{ name: '<folder>', help: 'folder' }],
  runWithoutStore: restore,
  examples: ['bindeled store restore /var/backups/bindeled'],
});
