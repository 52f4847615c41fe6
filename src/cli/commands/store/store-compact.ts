import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import type { StoreFindings } from '../../store-maintenance.ts';
import { fileSize, printStoreAnswer, requireWrite } from './store-output.ts';

const compact: CommandHandler<CommandContext, object> = async (context) => {
  requireWrite(context);
  const { before, after } = await (await context.storeMaintenance()).compact();
  // What SQLite has not taken into its file yet is all of it a second time, for as long as another program is open.
  const total = ({ bytes: { log: _, ...bytes } }: StoreFindings): number =>
    Object.values(bytes).reduce((sum, part) => sum + part, 0);
  const said = context.words.cli.compacted(fileSize(total(before), context), fileSize(total(after), context));
  return printStoreAnswer(context, 'store-compact', said, { findings: after });
};

/** `store compact`. */
export const storeCompactCommand = defineCommand({
  name: 'store compact',
  help: 'storeCompact',
  runWithoutStore: compact,
  examples: ['bindeled store compact'],
});
