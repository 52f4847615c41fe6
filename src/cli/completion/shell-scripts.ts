import type { CompletionNode, CompletionTree } from './completion-tree.ts';

// The values that only the running program knows (shops, platforms) are asked for while the word is typed.
const asked = (path: string, option = ''): string =>
  `$(bindeled completion-values '${path}'${option === '' ? '' : ` ${option}`} 2>/dev/null)`;

const cases = (nodes: readonly CompletionNode[]): string =>
  [
    '  case "$at $last" in',
    ...nodes.flatMap(({ path, options }) =>
      options.map(({ name, choices, asks }) => {
        const known = choices.join(' ');
        return `    '${path} ${name}') choices="${asks ? `${known} ${asked(path, name.slice(2))}`.trim() : known}" ;;`;
      }),
    ),
    '    *) case "$at" in',
    ...nodes.map(
      ({ path, words, asks }) =>
        `      '${path}') choices='${words.join(' ')}'${asks ? `; [[ $typed == -* ]] || choices="$choices ${asked(path)}"` : ''} ;;`,
    ),
    '    esac ;;',
    '  esac',
  ].join('\n');

const commandPaths = (nodes: readonly CompletionNode[]): readonly string[] =>
  nodes.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]));

const walk = ({ nodes, aliases }: CompletionTree): string =>
  [
    ...aliases.map(([alias, path]) => `      '${alias}') at='${path}' ;;`),
    `      ${commandPaths(nodes).join('|')}) at="\${at:+$at }$word" ;;`,
  ].join('\n');

const bash = (tree: CompletionTree): string => `# bindeled completion for bash
_bindeled() {
  local at='' word choices='' last="\${COMP_WORDS[COMP_CWORD-1]}" typed="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${at:+$at }$word" in
${walk(tree)}
    esac
  done
${cases(tree.nodes)}
  COMPREPLY=($(compgen -W "$choices" -- "$typed"))
}
complete -o default -F _bindeled bindeled
`;

const zsh = (tree: CompletionTree): string => `#compdef bindeled
_bindeled() {
  local at='' word choices='' last="\${words[CURRENT-1]}" typed="\${words[CURRENT]}"
  for word in \${words[2,CURRENT-1]}; do
    case "\${at:+$at }$word" in
${walk(tree)}
    esac
  done
${cases(tree.nodes)}
  compadd -- \${=choices}
}
compdef _bindeled bindeled
`;

const fishAsked = (path: string, option = ''): string =>
  `(bindeled completion-values \\'${path}\\'${option === '' ? '' : ` ${option}`} 2>/dev/null)`;

const fish = ({ nodes, aliases }: CompletionTree): string =>
  [
    '# bindeled completion for fish',
    'function __bindeled_at',
    "  set -l at ''",
    '  for word in (commandline -opc)[2..-1]',
    '    set -l next (string trim -- "$at $word")',
    '    switch "$next"',
    ...aliases.map(([alias, path]) => `      case '${alias}'\n        set at '${path}'`),
    `      case ${commandPaths(nodes).join(' ')}`,
    '        set at $next',
    '    end',
    '  end',
    '  test "$at" = "$argv[1]"',
    'end',
    'complete -c bindeled -f',
    ...nodes.flatMap(({ path, words, options, asks }) => {
      const here = `complete -c bindeled -n '__bindeled_at "${path}"'`;
      return [
        ...options.map((option) => {
          const values = [...option.choices, ...(option.asks ? [fishAsked(path, option.name.slice(2))] : [])];
          return `${here} -l ${option.name.slice(2)} -x -a '${values.join(' ')}'`;
        }),
        `${here} -a '${words.join(' ')}${asks ? ` ${fishAsked(path)}` : ''}'`,
      ];
    }),
    '',
  ].join('\n');

/** A completion script for each shell. */
export const shellScripts: Readonly<Record<string, (tree: CompletionTree) => string>> = { bash, zsh, fish };
