import { type Command, CommanderError, Option } from 'commander';
import { nearestName } from '../../views/commands/nearest-name.ts';
import type { AddCommand } from '../command-context.ts';
import { exit } from '../exit-codes.ts';

/** The dashboard: what opens when no command is named. A word that is no command ends up here too, and is refused. */
export const addDashboard: AddCommand = (program, { words, openDashboard }) => {
  const said = words.cli.help;
  program
    .command('dashboard', { isDefault: true })
    .argument('[nothing...]')
    .description(said.dashboard)
    .addOption(new Option('--theme <theme>', said.theme).choices(['auto', 'light', 'dark', 'mono']))
    .option('--ascii', said.ascii)
    .action((...given: unknown[]) => {
      const [unknown] = (given.at(-1) as Command).args;
      if (unknown !== undefined) throw unknownCommand(unknown, program);
      return openDashboard(...given);
    });
};

// In the form that commander itself would give it, had there been no command to fall back on.
const unknownCommand = (name: string, program: Command): CommanderError => {
  const names = program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  const meant = nearestName(name, names);
  const hint = meant === undefined ? '' : ` (Did you mean ${meant}?)`;
  return new CommanderError(exit.usage, 'commander.unknownCommand', `error: unknown command '${name}'${hint}`);
};
