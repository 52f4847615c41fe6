import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext, CommandHandler, CommandRunner, Format, Session } from '../../src/cli/command-context.ts';
import { commands } from '../../src/cli/command-list.ts';
import { jsonDocument } from '../../src/cli/output/json.ts';
import { makeOutput } from '../../src/cli/output/output.ts';
import { printError } from '../../src/cli/output/print-error.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { errorReportOf } from '../../src/runtime/error-report.ts';
import type { Services } from '../../src/services/services.ts';
import { readSettings } from '../../src/settings.ts';
import { type Language, wordsOf } from '../../src/views/words/words.ts';

/** What a command wrote: its answer, and what stands beside it. */
export type Written = { readonly stdout: string; readonly stderr: string };

export type CommandLine = {
  readonly services: Services;
  readonly webhooks: Session['webhooks'];
  readonly language?: Language;
};

/** Runs commands over the services of a test, in this very process: as they are run, but for the store and the settings. */
export function makeCommandLine({ services, webhooks, language = 'en' }: CommandLine) {
  const home = join(tmpdir(), 'bindeled-nobody');
  const settings = readSettings({ BINDELED_HOME: home, USER: 'mette', TZ: 'Europe/Copenhagen' });
  const words = wordsOf(language);

  return async (args: readonly string[]): Promise<Written> => {
    const [answer, beside]: [string[], string[]] = [[], []];
    const streams = {
      stdout: { write: (text: string) => answer.push(text) },
      stderr: { write: (text: string) => beside.push(text) },
    };
    const out = makeOutput(streams, {}, { plain: args.includes('--plain') });
    const asked = (['json', 'csv', 'plain'] as const).find((name) => args.includes(`--${name}`));
    const format: Format = asked ?? 'text';
    const nowhere = async (): Promise<never> => {
      throw new Error('not in a test');
    };
    const context: CommandContext = {
      words,
      language,
      out,
      format,
      bom: false,
      signal: new AbortController().signal,
      settings,
      storeMaintenance: nowhere,
      runDemo: nowhere,
      program: { version: '1.0.0', commands: async () => commands },
    };
    const session: Session = { ...context, services, webhooks, openServer: nowhere, waitingUntil: () => undefined };
    const run =
      <Options>(handler: CommandHandler<Session, Options>) =>
      async (...given: unknown[]): Promise<void> => {
        const command = given.at(-1) as { readonly args: string[]; optsWithGlobals(): Options & object };
        try {
          await handler(session, command.args, command.optsWithGlobals());
        } catch (error) {
          const { sort, kind, lines } = errorReportOf(error, words, 'bindeled.log');
          if (format === 'json') out.data(jsonDocument('trouble', { sort, trouble: kind, ...lines }));
          printError(out, lines);
        }
      };
    const runner: CommandRunner = {
      words,
      run,
      runUntilStopped: run,
      runWithoutStore: () => nowhere,
      openDashboard: nowhere,
    };
    await buildProgram({ commands, version: '1.0.0', runner, out }).parseAsync(args, { from: 'user' });
    return { stdout: answer.join(''), stderr: beside.join('') };
  };
}
