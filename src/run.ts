import { CommanderError } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { jsonDocument } from './cli/answers/json.ts';
import { makeOutput } from './cli/answers/output.ts';
import { printTrouble } from './cli/answers/print-trouble.ts';
import { exit } from './cli/exit.ts';
import { buildProgram, usageSentence } from './cli/program.ts';
import { heldBack } from './held-back.ts';
import { interruptible } from './interrupt.ts';
import { languageOf } from './language.ts';
import { makeLog } from './log.ts';
import { makeFront } from './make-front.ts';
import type { Opening } from './opening.ts';
import { placesOf } from './places.ts';
import { quietPipe } from './quiet-pipe.ts';
import { wordsOf } from './views/words.ts';

/** Runs the program with these arguments and answers with its exit code; lines beside the answer wait for the screen. */
export async function run(args: readonly string[], opening?: Opening): Promise<number> {
  const { env } = process;
  const places = placesOf(env);
  const language = languageOf(args, env, places.config);
  const words = wordsOf(language);
  const stderr = heldBack(quietPipe(process.stderr), opening);
  const streams = { stdout: quietPipe(process.stdout), stderr };
  const out = makeOutput(streams, env, { plain: args.includes('--plain') });
  const log = makeLog(places.state);
  const { signal } = interruptible();
  const { front, ended } = makeFront({ env, language, words, out, log, signal, opening });
  const program = buildProgram(front, out, packageFile.version);
  try {
    await program.parseAsync(args, { from: 'user' });
    return ended();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exit.ok;
    // A family of commands without one of them named shows its help.
    if (error.code === 'commander.help') return exit.usage;
    const lines = { said: usageSentence(error, words), details: [], advice: words.cli.tip.help };
    if (args.includes('--json')) out.data(jsonDocument('trouble', { sort: 'usage', trouble: 'usage', ...lines }));
    printTrouble(out, lines);
    return exit.usage;
  }
}
