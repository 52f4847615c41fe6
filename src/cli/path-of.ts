import type { Command } from 'commander';

/** The words by which a command is called: "shops add"; nothing for the program itself. */
export const pathOf = (command: Command): string =>
  command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim();
