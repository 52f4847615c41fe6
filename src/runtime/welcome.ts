import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import type { Session } from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';

/** The demo, in a process of its own: it serves its shops and opens the dashboard on them. */
const runDemo = (demo: string): Promise<ExitCode> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [demo], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0 ? exit.ok : exit.interrupted));
  });

const ask = async ({ out, signal, words }: Session): Promise<string> => {
  const { welcome } = words.cli;
  for (const text of [welcome.said, '', welcome.demo, welcome.add, welcome.leave, '']) out.note(text);
  const asker = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asker.question(welcome.ask, { signal })).trim();
  } catch {
    // The question was broken off: that is an answer too.
    return '';
  } finally {
    asker.close();
  }
};

/** Where no shop is set up: offers the demo, or to add one. Answers with an exit code, or `add-shop`. */
export async function welcome(session: Session): Promise<ExitCode | 'add-shop'> {
  const chosen = await ask(session);
  if (chosen === '2') return 'add-shop';
  if (chosen !== '1') return exit.ok;
  const demo = fileURLToPath(new URL('../demo.js', import.meta.url));
  if (existsSync(demo)) return runDemo(demo);
  session.out.note(session.words.cli.welcome.noDemo);
  return exit.findings;
}
