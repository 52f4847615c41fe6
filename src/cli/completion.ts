import { Argument, type Command } from 'commander';
import { exit } from './exit.ts';
import type { CommandMaker, Desk, Work } from './session.ts';

type Node = { readonly path: string; readonly words: readonly string[] };

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

const longOptions = (command: Command): readonly string[] =>
  [...command.options, ...(command.parent === null ? [] : rootOf(command).options)].flatMap(
    (option) => option.long ?? [],
  );

/** Every command with what can follow it: its commands, its options, and the choices of its first argument. */
const nodesOf = (command: Command, path: string): readonly Node[] => {
  const children = command.commands.flatMap((child) => [child.name()]);
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const here: Node = { path, words: [...children, ...choices, ...longOptions(command), '--help'] };
  return [
    here,
    ...command.commands.flatMap((child) => nodesOf(child, path === '' ? child.name() : `${path} ${child.name()}`)),
  ];
};

const cases = (nodes: readonly Node[]): string =>
  nodes.map(({ path, words }) => `    '${path}') words='${[...new Set(words)].join(' ')}' ;;`).join('\n');

const walk = (nodes: readonly Node[]): string =>
  nodes
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path}'`)
    .join('|');

const bash = (nodes: readonly Node[]): string => `# bindeled completion for bash
_bindeled() {
  local path='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in ${walk(nodes)}) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases(nodes)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _bindeled bindeled
`;

const zsh = (nodes: readonly Node[]): string => `#compdef bindeled
_bindeled() {
  local at='' word words_
  for word in \${words[2,CURRENT-1]}; do
    case "\${at:+$at }$word" in ${walk(nodes)}) at="\${at:+$at }$word" ;; esac
  done
  case "$at" in
${cases(nodes).replaceAll('words=', 'words_=')}
  esac
  compadd -- \${=words_}
}
compdef _bindeled bindeled
`;

const fish = (nodes: readonly Node[]): string =>
  [
    '# bindeled completion for fish',
    'function __bindeled_at',
    '  set -l at (string join " " (string match -v -- "-*" (commandline -opc)[2..-1]))',
    '  test "$at" = "$argv[1]"',
    'end',
    ...nodes.map(
      ({ path, words }) => `complete -c bindeled -n '__bindeled_at "${path}"' -a '${[...new Set(words)].join(' ')}'`,
    ),
    '',
  ].join('\n');

const shells = { bash, zsh, fish } as const;

/** `completion`: a script for the shell, made from the commands themselves. */
export const addCompletion: CommandMaker = (program, { words, runClosed }) => {
  const write: Work<Desk, object> = async ({ out }, [shell]) => {
    const script = Object.entries(shells).find(([name]) => name === shell)?.[1];
    out.data(script?.(nodesOf(program, '')) ?? '');
    return exit.ok;
  };
  program
    .command('completion')
    .addArgument(new Argument('<shell>', words.cli.help.shell).choices(Object.keys(shells)))
    .description(words.cli.help.completion)
    .action(runClosed(write));
};
