import type { CompletionValues } from '../../views/commands/palette.ts';
import type { CommandDefinition, OptionDefinition } from '../command-context.ts';
import { globalOptions, membersOf, optionName, ownName, shownCommands } from '../command-tree.ts';

/** An option that takes one of a few values: these, or those that the program is asked for. */
export type CompletionOption = { readonly name: string; readonly choices: readonly string[]; readonly asks: boolean };

/** A command and what can follow it. */
export type CompletionNode = {
  readonly path: string;
  /** Its members and their other names, the choices of its arguments, its options. */
  readonly words: readonly string[];
  /** Whether the program knows of more words that can stand here. */
  readonly asks: boolean;
  readonly options: readonly CompletionOption[];
};

/** What a shell is told: the commands, and the other names of some, each with the path it stands for. */
export type CompletionTree = {
  readonly nodes: readonly CompletionNode[];
  readonly aliases: readonly (readonly [alias: string, path: string])[];
};

type Commands = readonly CommandDefinition[];

/** The options that may stand behind a path: of a family also those of the member that it falls back on. */
function optionsAt(path: string, commands: Commands): readonly OptionDefinition[] {
  const own = commands.find(({ name }) => name === path)?.options ?? [];
  const usual = membersOf(path, commands).find(({ isDefault }) => isDefault === true)?.options ?? [];
  return [...own, ...usual, ...globalOptions];
}

function nodeOf(path: string, commands: Commands): CompletionNode {
  const options = optionsAt(path, commands);
  const members = membersOf(path, commands).flatMap((member) => [ownName(member), ...(member.aliases ?? [])]);
  const operands = commands.find(({ name }) => name === path)?.arguments ?? [];
  const choices = operands.flatMap((argument) => argument.choices ?? []);
  return {
    path,
    words: [...new Set([...members, ...choices, ...options.map(optionName), '--help'])],
    asks: operands.some(({ values }) => values !== undefined),
    options: options.flatMap((option) =>
      option.choices === undefined && option.values === undefined
        ? []
        : [{ name: optionName(option), choices: option.choices ?? [], asks: option.values !== undefined }],
    ),
  };
}

/** Every command with what can follow it. */
export function completionTree(all: Commands): CompletionTree {
  const commands = shownCommands(all);
  return {
    nodes: ['', ...commands.map(({ name }) => name)].map((path) => nodeOf(path, commands)),
    aliases: commands.flatMap((command) =>
      (command.aliases ?? []).map(
        (alias) => [[...command.name.split(' ').slice(0, -1), alias].join(' '), command.name] as const,
      ),
    ),
  };
}

/** How the values of an option (without its dashes), or of the operands, are found while the program runs; nothing where they are not. */
export function runtimeValues(commands: Commands, path: string, option?: string): CompletionValues | undefined {
  if (option !== undefined) return optionsAt(path, commands).find((one) => optionName(one) === `--${option}`)?.values;
  const sources = (commands.find(({ name }) => name === path)?.arguments ?? []).flatMap(({ values }) => values ?? []);
  return (known) => sources.flatMap((values) => values(known));
}
