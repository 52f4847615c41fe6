import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { UsageError } from '../../usage-error.ts';
import { printStoreAnswer, requireWrite } from './store-output.ts';

/** `store init`: an empty store where none is, said on purpose. */
const init: CommandHandler<CommandContext, object> = async (context) => {
  requireWrite(context);
  const { cli } = context.words;
  const maintenance = await context.storeMaintenance();
  const { place } = maintenance;
  if (!(await maintenance.begin())) throw new UsageError(cli.notBegun(place), cli.notBegunAdvice);
  return printStoreAnswer(context, 'store-init', cli.begun(place), { findings: await maintenance.size() });
};

/** `store init`. */
export const storeInitCommand = defineCommand({
  name: 'store init',
  help: 'storeInit',
  runWithoutStore: init,
  examples: ['bindeled store init'],
});
