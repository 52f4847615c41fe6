import { Option } from 'commander';
import type { CommandMaker } from './session.ts';

/** The dashboard: what opens when no command is named. */
export const addDashboard: CommandMaker = (program, { words, openDashboard }) => {
  const said = words.cli.help;
  program
    .command('dashboard', { isDefault: true })
    .argument('[nothing...]')
    .description(said.dashboard)
    .addOption(new Option('--theme <theme>', said.theme).choices(['auto', 'light', 'dark', 'mono']))
    .option('--ascii', said.ascii)
    .action(openDashboard);
};
