import type { CommandDefinition, OptionDefinition } from './command-context.ts';

/** The options that every command takes. */
export const globalOptions: readonly OptionDefinition[] = [
  { flags: '--json', help: 'json' },
  { flags: '--plain', help: 'plain' },
  { flags: '--lang <language>', help: 'lang', choices: ['da', 'en'] },
  { flags: '--read-only', help: 'readOnly' },
];

type Commands = readonly CommandDefinition[];

/** `--shop` of `--shop <id>`. */
export const optionName = ({ flags }: OptionDefinition): string => flags.split(/[ ,]/)[0] ?? flags;

/** Whether a value follows the option, needed or not. */
export const takesValue = ({ flags }: OptionDefinition): boolean => /[<[]/.test(flags);

/** The words before a command's own name: its family, or nothing. */
export const familyOf = ({ name }: CommandDefinition): string => name.split(' ').slice(0, -1).join(' ');

/** The last word of a command's name: `add` of `shops add`. */
export const ownName = ({ name }: CommandDefinition): string => name.split(' ').at(-1) ?? name;

/** The commands right under a path; of the program itself when it is empty. */
export const membersOf = (path: string, commands: Commands): Commands =>
  commands.filter((command) => familyOf(command) === path);

/** The command that the first word of what was typed names, and what belongs to it; nothing where it names none. */
export function commandsNamed(args: readonly string[], commands: Commands): Commands {
  const [word] = args;
  const named = membersOf('', commands).find(({ name, aliases }) => name === word || aliases?.includes(word ?? ''));
  if (named === undefined) return [];
  return commands.filter(({ name }) => name === named.name || name.startsWith(`${named.name} `));
}

/**
 * Those commands that have to be known to run what was typed: what its first word names. All of them where it names none,
 * or asks about the program itself.
 */
export function commandsFor(args: readonly string[], commands: Commands): Commands {
  const named = commandsNamed(args, commands);
  return named.length === 0 ? commands : named;
}

/** The commands that help and pages tell of. */
export const shownCommands = (commands: Commands): Commands => commands.filter(({ hidden }) => hidden !== true);

/** How a command is typed, without its options: `shops add <id> [address]`. */
export const usageOf = (command: CommandDefinition): string =>
  [command.name, ...(command.arguments ?? []).filter(({ help }) => help !== undefined).map(({ name }) => name)].join(
    ' ',
  );
