import { describe, expect, test } from 'vitest';
import type { CommandRunner } from '../../../src/cli/command-context.ts';
import { commands } from '../../../src/cli/command-list.ts';
import { shownCommands } from '../../../src/cli/command-tree.ts';
import { makeOutput } from '../../../src/cli/output/output.ts';
import { buildProgram, CommanderError, usageSentence } from '../../../src/cli/program.ts';
import { allCommands, typedCommands } from '../../../src/cli/typed-commands.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

const words = wordsOf('en');
const said: string[] = [];
const stream = { write: (text: string) => said.push(text) };
const runner: CommandRunner = {
  words,
  run: () => async () => undefined,
  runUntilStopped: () => async () => undefined,
  runWithoutStore: () => async () => undefined,
  openDashboard: async () => undefined,
};
const program = () =>
  buildProgram({
    commands,
    version: '1.0.0',
    runner,
    out: makeOutput({ stdout: stream, stderr: stream }, {}, { plain: true }),
  });

/** A line as a shell would cut it, up to where the shell itself takes over. */
const cut = (line: string): readonly string[] =>
  [...line.replace(/ [>|].*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const parsed = async (args: readonly string[]): Promise<string> => {
  try {
    await program().parseAsync(args, { from: 'user' });
    return 'fits';
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageSentence(error, words);
  }
};

test('what is typed decides which commands have to be known', async () => {
  const names = async (...typed: string[]) => (await typedCommands(typed)).map(({ name }) => name);
  expect(await names('find', 'push')).toEqual(['find']);
  expect(await names('lookup')).toEqual(['find']);
  expect(await names('stock', 'set')).toEqual(['stock', 'stock set', 'stock import']);
  for (const typed of [[], ['fnd'], ['--help'], ['help', 'find']])
    expect(await typedCommands(typed), typed.join(' ')).toEqual(await allCommands());
});

describe('the examples in the help', () => {
  test('stand under every command', () => {
    const without = shownCommands(commands).filter(({ examples }) => examples.length === 0);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test.each(commands.flatMap(({ examples }) => examples))('%s can be typed so', async (line) => {
    const [name, ...args] = cut(line.replace(/^source <\((.*)\)$/, '$1'));
    expect(name).toBe('bindeled');
    expect(await parsed(args)).toBe('fits');
  });
});

describe('a slip in what was typed', () => {
  test.each([
    [['fnd', 'x'], 'There is no command "fnd". Did you mean find?'],
    [['puhs'], 'There is no command "puhs". Did you mean push?'],
    [['xyzzy'], 'There is no command "xyzzy".'],
    [['find', '--shp', 'dk'], 'There is no option --shp here. Did you mean --shop?'],
    [['shops', 'foo'], 'The command takes no "foo".'],
    [['show', 'a', 'b'], 'That is more than the command takes.'],
    [['list'], 'The option --shop <id> is needed.'],
    [['settle', 'dk', '1', 'kepe'], '"kepe" is none of keep, move, not-the-same, accept-rename.'],
  ] as const)('%j: %s', async (args, sentence) => {
    expect(await parsed(args)).toBe(sentence);
  });

  test('a family without one of its members named shows its help, not nothing', async () => {
    said.length = 0;
    await parsed(['store']);
    expect(said.join('')).toContain('backup');
  });
});
