import { Command, CommanderError, Option } from 'commander';
import type { Words } from '../views/words/words.ts';
import type { CommandRunner } from './command-context.ts';
import { addCommands } from './command-list.ts';
import { commandPath } from './command-path.ts';
import { examples } from './examples.ts';
import type { Output } from './output/output.ts';

type Headings = Readonly<Record<string, string>>;

const headings = (words: Words): Headings => ({
  'Usage:': words.cli.help.usage,
  'Options:': words.cli.help.options,
  'Global Options:': words.cli.help.globalOptions,
  'Arguments:': words.cli.help.arguments,
  'Commands:': words.cli.help.commands,
});

/** What commander found wrong with the words that were typed, said in the reader's language. */
export function usageSentence(error: CommanderError, words: Words): string {
  const meant = suggestionFrom(error);
  const sentence = usageMessage(error, words);
  return meant === undefined ? sentence : `${sentence} ${words.cli.usage.didYouMean(meant)}`;
}

// Commander looks for a name that is spelled nearly so, and hangs it on behind its own sentence.
const suggestionFrom = ({ message }: CommanderError): string | undefined =>
  /\(Did you mean (?:one of )?(.+)\?\)$/s.exec(message)?.[1];

function usageMessage(error: CommanderError, words: Words): string {
  const what = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const said = words.cli.usage;
  switch (error.code) {
    case 'commander.unknownOption':
      return said.unknownOption(what);
    case 'commander.unknownCommand':
      return said.unknownCommand(what);
    case 'commander.missingArgument':
      return said.missingArgument(what);
    case 'commander.optionMissingArgument':
      return said.optionMissingArgument(what);
    case 'commander.missingMandatoryOptionValue':
      return said.missingOption(what);
    case 'commander.excessArguments': {
      const unknown = /Expected 0 arguments but got \d+: ([^,]+)/.exec(error.message)?.[1];
      return unknown === undefined ? said.excessArguments : said.notTaken(unknown.replace(/\.$/, ''));
    }
    case 'commander.invalidArgument':
    case 'commander.invalidOptionArgument':
      return invalidValueMessage(error, words);
    default:
      return error.message.replace(/^error: /, '');
  }
}

const invalidValueMessage = ({ message }: CommanderError, words: Words): string => {
  const value =
    /argument '([^']*)' is invalid/.exec(message)?.[1] ?? /value '([^']*)' is invalid/.exec(message)?.[1] ?? '';
  const choices = /Allowed choices are (.*)\.$/s.exec(message)?.[1];
  if (choices !== undefined) return words.cli.usage.notAChoice(value, choices);
  // What our own readers of values say stands after the sentence that commander puts before it.
  return words.cli.usage.invalidArgument(message.replace(/^.*? is invalid\. /s, ''));
};

// Every command of every family speaks and ends the same way.
const configureCommand = (command: Command, runner: CommandRunner, out: Output): void => {
  const named = headings(runner.words);
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.data(text),
      // The help of a family whose member was left out; what is wrong is said in the reader's language elsewhere.
      writeErr: (text) => out.control(text),
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => named[title] ?? title })
    .helpOption('-h, --help', runner.words.cli.help.help);
  const typed = examples[commandPath(command)];
  if (typed !== undefined)
    command.addHelpText('after', `\n${runner.words.cli.help.examples}\n${typed.map((line) => `  ${line}`).join('\n')}`);
  for (const child of command.commands) configureCommand(child.allowExcessArguments(false), runner, out);
};

/** The program as a tree of commands, nothing of it loaded yet but their names. */
export function buildProgram(runner: CommandRunner, out: Output, version: string): Command {
  const { words } = runner;
  const said = words.cli.help;
  const program = new Command('bindeled')
    .description(said.program)
    .version(version, '-V, --version', said.version)
    .option('--json', said.json)
    .option('--plain', said.plain)
    .addOption(new Option('--lang <language>', said.lang).choices(['da', 'en']))
    .option('--read-only', said.readOnly)
    .helpCommand('help [command]', said.helpCommand)
    .showHelpAfterError(false)
    .allowExcessArguments(true);
  for (const make of addCommands(version)) make(program, runner);
  configureCommand(program, runner, out);
  return program.addHelpText('after', `\n${said.after}`);
}

export { CommanderError };
