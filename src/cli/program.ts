import { Argument, Command, CommanderError, Option } from 'commander';
import type { Words } from '../views/words/words.ts';
import type { ArgumentDefinition, CommandDefinition, CommandRunner, OptionDefinition } from './command-context.ts';
import { familyOf, globalOptions, ownName } from './command-tree.ts';
import { wholeNumber } from './options.ts';
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
  for (const child of command.commands) configureCommand(child.allowExcessArguments(false), runner, out);
};

const optionFrom = (option: OptionDefinition, words: Words): Option => {
  const made = new Option(option.flags, words.cli.help[option.help]);
  if (option.choices !== undefined) made.choices(option.choices);
  if (option.byDefault !== undefined) made.default(option.byDefault);
  if (option.wholeNumberFrom !== undefined) made.argParser(wholeNumber(words, option.wholeNumberFrom));
  return made.makeOptionMandatory(option.required === true);
};

const argumentFrom = ({ name, help, choices }: ArgumentDefinition, words: Words): Argument => {
  const made = new Argument(name, help === undefined ? undefined : words.cli.help[help]);
  return choices === undefined ? made : made.choices(choices);
};

function addCommand(parent: Command, definition: CommandDefinition, runner: CommandRunner): Command {
  const { words } = runner;
  const { isDefault = false, hidden = false } = definition;
  const command = parent
    .command(ownName(definition), { isDefault, hidden })
    .aliases(definition.aliases ?? [])
    .description(words.cli.help[definition.help]);
  for (const argument of definition.arguments ?? []) command.addArgument(argumentFrom(argument, words));
  for (const option of definition.options ?? []) command.addOption(optionFrom(option, words));
  const { examples } = definition;
  if (examples.length > 0)
    command.addHelpText('after', `\n${words.cli.help.examples}\n${examples.map((line) => `  ${line}`).join('\n')}`);
  return definition.act === undefined ? command : command.action(definition.act(runner));
}

/** What the program is built from: its commands, its version, how they are run, and where it speaks. */
export type ProgramParts = {
  readonly commands: readonly CommandDefinition[];
  readonly version: string;
  readonly runner: CommandRunner;
  readonly out: Output;
};

/** The program as a tree of commands. */
export function buildProgram({ commands, version, runner, out }: ProgramParts): Command {
  const { words } = runner;
  const said = words.cli.help;
  const program = new Command('bindeled')
    .description(said.program)
    .version(version, '-V, --version', said.version)
    .helpCommand('help [command]', said.helpCommand)
    .showHelpAfterError(false)
    .allowExcessArguments(true);
  for (const option of globalOptions) program.addOption(optionFrom(option, words));
  const made = new Map<string, Command>([['', program]]);
  for (const definition of commands) {
    const parent = made.get(familyOf(definition));
    if (parent === undefined) throw new Error(`the family of "${definition.name}" has to stand before it in the list`);
    made.set(definition.name, addCommand(parent, definition, runner));
  }
  configureCommand(program, runner, out);
  return program.addHelpText('after', `\n${said.after}`);
}

export { CommanderError };
