import { type Command, CommanderError } from 'commander';
import { nearestName } from '../../../views/commands/nearest-name.ts';
import type { CommandAction } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';

// In the form that commander itself would give it, had there been no command to fall back on.
const unknownCommand = (name: string, program: Command | null): CommanderError => {
  const names = (program?.commands ?? []).flatMap((command) => [command.name(), ...command.aliases()]);
  const meant = nearestName(name, names);
  const hint = meant === undefined ? '' : ` (Did you mean ${meant}?)`;
  return new CommanderError(exit.usage, 'commander.unknownCommand', `error: unknown command '${name}'${hint}`);
};

const openDashboard: CommandAction =
  ({ openDashboard }) =>
  (...given) => {
    const command = given.at(-1) as Command;
    const [unknown] = command.args;
    if (unknown !== undefined) throw unknownCommand(unknown, command.parent);
    return openDashboard(...given);
  };

/** The dashboard: what opens when no command is named. A word that is no command ends up here too, and is refused. */
export const dashboardCommand = defineCommand({
  name: 'dashboard',
  help: 'dashboard',
  arguments: [{ name: '[nothing...]' }],
  options: [
    { flags: '--theme <theme>', help: 'theme', choices: ['auto', 'light', 'dark', 'mono'] },
    { flags: '--ascii', help: 'ascii' },
  ],
  examples: ['bindeled', 'bindeled --lang da --theme light', 'bindeled --plain'],
  isDefault: true,
  act: openDashboard,
});
