import type { CommandHandler, Session } from '../../command-context.ts';
import { runtimeValues } from '../../completion/completion-tree.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';

const write: CommandHandler<Session, object> = async ({ out, program, services }, [path = '', option]) => {
  const shops = (await services.shops.all()).map(({ id }) => id);
  const platforms = services.shops.platforms().map(({ id }) => id);
  const values = runtimeValues(await program.commands(), path, option)?.({ shops, platforms }) ?? [];
  for (const value of values) out.data(`${value}\n`);
  return exit.ok;
};

/** `completion-values <path> [option]`: what the shells' completion asks while a word is typed, a line a value. */
export const completionValuesCommand = defineCommand({
  name: 'completion-values',
  help: 'completion',
  arguments: [{ name: '<path>' }, { name: '[option]' }],
  examples: [],
  hidden: true,
  run: write,
});
