import { CommanderError } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { exit } from '../cli/exit-codes.ts';
import { jsonDocument } from '../cli/output/json.ts';
import { makeOutput } from '../cli/output/output.ts';
import { printError } from '../cli/output/print-error.ts';
import { buildProgram, usageSentence } from '../cli/program.ts';
import { allCommands, typedCommands } from '../cli/typed-commands.ts';
import type { CalledServer } from '../stores/sql/postgres/pool.ts';
import { wordsOf } from '../views/words/words.ts';
import { makeCommandRunner } from './command-runner.ts';
import { resolveLanguage } from './environment/language.ts';
import { type Environment, pathsFrom } from './environment/paths.ts';
import { SystemCredentialError, withSystemCredentials } from './environment/system-credentials.ts';
import { makeLog } from './log.ts';
import { makeShutdownSignal } from './shutdown.ts';
import { bufferWhileDrawn } from './terminal/buffered-stream.ts';
import type { FirstFrame } from './terminal/first-frame.ts';
import { ignoreEpipe } from './terminal/ignore-epipe.ts';

/** What was begun before the program was loaded: a frame that stands, a server that is being called. */
export type Begun = { readonly firstFrame?: FirstFrame; readonly called?: CalledServer };

/** Runs the program with these arguments and answers with its exit code; lines beside the answer wait for the screen. */
export async function run(args: readonly string[], { firstFrame, called }: Begun = {}): Promise<number> {
  const { env, trouble } = await withCredentials(process.env);
  const paths = pathsFrom(env);
  const language = resolveLanguage(args, env, paths.config);
  const words = wordsOf(language);
  const stderr = bufferWhileDrawn(ignoreEpipe(process.stderr), firstFrame);
  const streams = { stdout: ignoreEpipe(process.stdout), stderr };
  const out = makeOutput(streams, env, { plain: args.includes('--plain') });
  const secrets = async () => (await import('./known-secrets.ts')).knownSecrets(env, paths);
  const log = makeLog(paths.state, secrets);
  const { signal } = makeShutdownSignal();
  const { version } = packageFile;
  const about = { version, commands: allCommands };
  const parts = { env, secrets, language, words, out, log, signal, program: about, firstFrame, called };
  const { runner, exitCode, fail } = makeCommandRunner(parts);
  const program = buildProgram({ commands: await typedCommands(args), version, runner, out });
  // What nobody waits for: Node itself would print it as it is, with a key that is in it.
  const crash = (error: unknown): void => {
    // The dashboard has a report of its own.
    if (process.listenerCount('uncaughtException') > 1) return;
    void fail(error, { json: args.includes('--json') }).then(
      (code) => process.exit(code),
      () => process.exit(exit.bug),
    );
  };
  process.on('uncaughtException', crash);
  if (trouble !== undefined) return fail(trouble, { json: args.includes('--json') });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exit.ok;
    // A family of commands without one of them named shows its help.
    const isHelp = error.code === 'commander.help';
    const said = isHelp ? words.cli.usage.whichCommand : usageSentence(error, words);
    const lines = { said, details: [], advice: words.cli.tip.help };
    if (args.includes('--json')) out.data(jsonDocument('trouble', { sort: 'usage', trouble: 'usage', ...lines }));
    if (!isHelp) printError(out, lines);
    return exit.usage;
  } finally {
    process.off('uncaughtException', crash);
  }
}

/** The environment with the keys that systemd hands over, or why they cannot be read. */
async function withCredentials(given: Environment): Promise<{ readonly env: Environment; readonly trouble?: Error }> {
  try {
    return { env: withSystemCredentials(given) };
  } catch (error) {
    if (!(error instanceof SystemCredentialError)) throw error;
    const { SettingsError } = await import('../settings.ts');
    const problem = { where: error.file, key: '', what: 'unreadable', said: error.message } as const;
    return { env: given, trouble: new SettingsError([problem]) };
  }
}
