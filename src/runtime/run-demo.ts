import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';

/** The demo beside the program: built as `demo.js`, or its source where the program is run from its sources. */
function demoFile(): string | undefined {
  const folder = dirname(realpathSync(process.argv[1] ?? '.'));
  return [join(folder, 'demo.js'), join(folder, 'demo', 'main.ts')].find((file) => existsSync(file));
}

const exits: Readonly<Record<number, ExitCode>> = { 0: exit.ok, 2: exit.usage };

/** Runs the demo in a process of its own, which serves its shops and opens the dashboard on them, until it is left. */
export function runDemo(
  { language, out, words, signal }: Pick<CommandContext, 'language' | 'out' | 'words' | 'signal'>,
  options: readonly string[],
): Promise<ExitCode> {
  const file = demoFile();
  if (file === undefined) {
    out.note([{ text: words.cli.welcome.noDemo, tone: 'wrong' }]);
    return Promise.resolve(exit.findings);
  }
  const child = spawn(process.execPath, [file, '--lang', language, ...options], { stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  return new Promise<ExitCode>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(exits[code ?? -1] ?? exit.interrupted));
  }).finally(() => signal.removeEventListener('abort', stop));
}
