import type { Command } from 'commander';

/** The words by which a command is called: "shops add"; nothing for the program itself. */
export const commandPath = (command: Command): string =>
  command.parent === null ? '' : `${commandPath(command.parent)} ${command.name()}`.trim();
