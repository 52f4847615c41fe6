import { join } from 'node:path';
import { storeDetailLine } from '../../../views/errors/store-detail.ts';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import type { StoreMaintenance } from '../../store-maintenance.ts';
import { UsageError } from '../../usage-error.ts';
import { printStoreAnswer, typedPlace } from './store-output.ts';

const stamped = (): string => new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');

/** A name for a copy: beside the store, or in the data folder where the store is a server's. */
const besides = ({ settings }: CommandContext, { kind, place }: StoreMaintenance): string =>
  kind === 'postgres' ? join(settings.paths.data, 'postgres') : place;

const backup: CommandHandler<CommandContext, object> = async (context, [target]) => {
  const maintenance = await context.storeMaintenance();
  const folder = typedPlace(context, target ?? `${besides(context, maintenance)}-backup-${stamped()}`, 'folder');
  const result = await maintenance.backup(folder);
  if (result === undefined)
    throw new UsageError(context.words.cli.file.exists(folder), context.words.cli.file.elsewhere);
  if ('badTarget' in result) {
    const { file } = context.words.cli;
    throw new UsageError(
      file.notThere(folder, storeDetailLine(result.badTarget.detail, context.words)),
      file.elsewhere,
    );
  }
  const copy = { folder: result.place, findings: result.findings };
  return printStoreAnswer(context, 'store-backup', context.words.cli.backedUp(result.place), copy);
};

/** `store backup`. */
export const storeBackupCommand = defineCommand({
  name: 'store backup',
  help: 'storeBackup',
  arguments: [{ name: '[folder]', help: 'folder' }],
  runWithoutStore: backup,
  examples: ['bindeled store backup', 'bindeled store backup /var/backups/bindeled'],
});
