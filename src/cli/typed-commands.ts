import type { CommandDefinition } from './command-context.ts';
import { commandsFor, commandsNamed } from './command-tree.ts';
import { findCommand } from './commands/lookup/find.ts';

type Commands = readonly CommandDefinition[];

/** What is typed all day, and is over before the others were loaded. */
const byThemselves: Commands = [findCommand];

/** Every command of the program. */
export const allCommands = async (): Promise<Commands> => (await import('./command-list.ts')).commands;

/** Those commands that have to be known to run what was typed. */
export async function typedCommands(args: readonly string[]): Promise<Commands> {
  const named = commandsNamed(args, byThemselves);
  return named.length > 0 ? named : commandsFor(args, await allCommands());
}
