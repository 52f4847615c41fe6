import { Argument, type Command, type Option } from 'commander';
import type { AddCommand, CommandContext, CommandHandler } from '../command-context.ts';
import { commandPath } from '../command-path.ts';
import { exit } from '../exit-codes.ts';

/** A command's path, what can follow it, and the values of those of its options that have a fixed set. */
type Node = {
  readonly path: string;
  readonly words: readonly string[];
  readonly values: readonly (readonly [option: string, choices: readonly string[]])[];
};

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

const optionsOf = (command: Command): readonly Option[] => [
  ...command.options,
  ...(command.parent === null ? [] : rootOf(command).options),
];

/** Every command with what can follow it: its commands and their other names, its options, the choices of its arguments. */
const nodesOf = (command: Command): readonly Node[] => {
  const names = command.commands.flatMap((child) => [child.name(), ...child.aliases()]);
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const options = optionsOf(command);
  const flags = options.flatMap((option) => option.long ?? []);
  const here: Node = {
    path: commandPath(command),
    words: [...new Set([...names, ...choices, ...flags, '--help'])],
    values: options.flatMap(({ long, argChoices }) => (long && argChoices ? [[long, argChoices] as const] : [])),
  };
  return [here, ...command.commands.flatMap(nodesOf)];
};

/** The other names of commands, each with the path that it stands for. */
const aliasesOf = (command: Command): readonly (readonly [string, string])[] =>
  command.commands.flatMap((child) => [
    ...child.aliases().map((alias) => [`${commandPath(command)} ${alias}`.trim(), commandPath(child)] as const),
    ...aliasesOf(child),
  ]);

const cases = (nodes: readonly Node[]): string =>
  [
    '  case "$at $last" in',
    ...nodes.flatMap(({ path, values }) =>
      values.map(([option, choices]) => `    '${path} ${option}') choices='${choices.join(' ')}' ;;`),
    ),
    '    *) case "$at" in',
    ...nodes.map(({ path, words }) => `      '${path}') choices='${words.join(' ')}' ;;`),
    '    esac ;;',
    '  esac',
  ].join('\n');

const walk = (nodes: readonly Node[], aliases: ReturnType<typeof aliasesOf>, at: string): string =>
  [
    ...aliases.map(([alias, path]) => `      '${alias}') ${at}='${path}' ;;`),
    `      ${nodes.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join('|')}) ${at}="\${${at}:+$${at} }$word" ;;`,
  ].join('\n');

type Tree = { readonly nodes: readonly Node[]; readonly aliases: ReturnType<typeof aliasesOf> };

const bash = ({ nodes, aliases }: Tree): string => `# bindeled completion for bash
_bindeled() {
  local at='' word choices='' last="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${at:+$at }$word" in
${walk(nodes, aliases, 'at')}
    esac
  done
${cases(nodes)}
  COMPREPLY=($(compgen -W "$choices" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _bindeled bindeled
`;

const zsh = ({ nodes, aliases }: Tree): string => `#compdef bindeled
_bindeled() {
  local at='' word choices='' last="\${words[CURRENT-1]}"
  for word in \${words[2,CURRENT-1]}; do
    case "\${at:+$at }$word" in
${walk(nodes, aliases, 'at')}
    esac
  done
${cases(nodes)}
  compadd -- \${=choices}
}
compdef _bindeled bindeled
`;

const fish = ({ nodes, aliases }: Tree): string =>
  [
    '# bindeled completion for fish',
    'function __bindeled_at',
    "  set -l at ''",
    '  for word in (commandline -opc)[2..-1]',
    '    set -l next (string trim -- "$at $word")',
    '    switch "$next"',
    ...aliases.map(([alias, path]) => `      case '${alias}'\n        set at '${path}'`),
    `      case ${nodes.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join(' ')}`,
    '        set at $next',
    '    end',
    '  end',
    '  test "$at" = "$argv[1]"',
    'end',
    ...nodes.flatMap(({ path, words, values }) => [
      ...values.map(
        ([option, choices]) =>
          `complete -c bindeled -n '__bindeled_at "${path}"' -l ${option.slice(2)} -x -a '${choices.join(' ')}'`,
      ),
      `complete -c bindeled -n '__bindeled_at "${path}"' -a '${words.join(' ')}'`,
    ]),
    '',
  ].join('\n');

const shells = { bash, zsh, fish } as const;

/** `completion`: a script for the shell, made from the commands themselves. */
export const addCompletion: AddCommand = (program, { words, runWithoutStore }) => {
  const write: CommandHandler<CommandContext, object> = async ({ out }, [shell]) => {
    const script = Object.entries(shells).find(([name]) => name === shell)?.[1];
    out.data(script?.({ nodes: nodesOf(program), aliases: aliasesOf(program) }) ?? '');
    return exit.ok;
  };
  program
    .command('completion')
    .addArgument(new Argument('<shell>', words.cli.help.shell).choices(Object.keys(shells)))
    .description(words.cli.help.completion)
    .action(runWithoutStore(write));
};
