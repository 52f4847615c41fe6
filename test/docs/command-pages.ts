import packageFile from '../../package.json' with { type: 'json' };
import type { CommandDefinition, OptionDefinition } from '../../src/cli/command-context.ts';
import { commands } from '../../src/cli/command-list.ts';
import { globalOptions, membersOf, shownCommands, usageOf } from '../../src/cli/command-tree.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const { help } = wordsOf('en').cli;
const shown = shownCommands(commands);

/** Those that do something: a family that only holds others is told by its members. */
const runnable = shown.filter((command) => command.act !== undefined || membersOf(command.name, shown).length === 0);

const inCell = (text: string): string => text.replaceAll('|', '\\|');
const optionsIn = (command: CommandDefinition): string =>
  (command.options ?? []).map(({ flags }) => `\`${inCell(flags)}\``).join(' ');

/** Every command with its operands, what it does and its options, as a Markdown table. */
export const commandTable = (): string =>
  [
    '| command | what it does | options |',
    '|---|---|---|',
    ...runnable.map(
      (command) => `| \`${inCell(usageOf(command))}\` | ${inCell(help[command.help])} | ${optionsIn(command)} |`,
    ),
  ].join('\n');

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

const optionLines = (options: readonly OptionDefinition[]): readonly string[] =>
  options.flatMap((option) => ['.TP', `.B ${escaped(option.flags)}`, escaped(help[option.help])]);

const commandLines = (command: CommandDefinition): readonly string[] => [
  `.SS ${escaped(usageOf(command))}`,
  escaped(help[command.help]),
  ...optionLines(command.options ?? []),
  ...(command.examples.length === 0
    ? []
    : ['.PP', '.nf', ...command.examples.map((line) => `.RS\n${escaped(line)}\n.RE`), '.fi']),
];

/** The man page, in English: every command with its options and how it is typed. */
export const manPage = (): string =>
  [
    `.TH BINDELED 1 "" "Bindeled ${packageFile.version}" "User Commands"`,
    '.SH NAME',
    `bindeled \\- ${escaped(packageFile.description)}`,
    '.SH SYNOPSIS',
    '.B bindeled',
    '[\\fIcommand\\fR] [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    escaped(help.program),
    escaped(help.after),
    '.SH OPTIONS',
    ...optionLines(globalOptions),
    '.SH COMMANDS',
    ...runnable.flatMap(commandLines),
    '',
  ].join('\n');
