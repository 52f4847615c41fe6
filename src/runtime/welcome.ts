import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Session } from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';
import { isScannedCode } from '../views/keyboard/scan-detection.ts';
import { wrap } from '../views/text/cell-text.ts';
import { errorReportOf } from './error-report.ts';
import { type Ask, askLines } from './terminal/ask-lines.ts';

/** What the person wants of an empty home: to leave with a code, to connect a shop, or to look at what was read in. */
export type WelcomeChoice = ExitCode | 'connect-shop' | 'open';

/** Whether a folder or a file of exported records was taken over; it says so, or why not. */
async function readStore({ out, words, storeMaintenance, settings }: Session, typed: string): Promise<boolean> {
  const { welcome } = words.cli;
  const copy = resolve(typed.replace(/^~(?=\/)/, process.env.HOME ?? '~'));
  const found = await stat(copy).catch(() => undefined);
  if (found === undefined) {
    out.note([{ text: welcome.notFound(copy), tone: 'waiting' }]);
    return false;
  }
  if (settings.readOnly) {
    out.note([{ text: words.screen.readOnlyWhy, tone: 'waiting' }]);
    return false;
  }
  const maintenance = await storeMaintenance();
  try {
    const result = await (found.isDirectory() ? maintenance.restore(copy) : maintenance.importFrom(copy));
    if ('badCopy' in result) {
      const { place, detail } = result.badCopy;
      out.note([{ text: words.cli.badCopy(place, detail), tone: 'wrong' }]);
      return false;
    }
  } catch (error) {
    const { lines } = errorReportOf(error, words, '');
    out.note([{ text: `${lines.said} ${lines.advice}`, tone: 'wrong' }]);
    return false;
  }
  out.note([{ text: words.cli.restored(copy), tone: 'good' }]);
  return true;
}

/** A choice, its further lines under its first word. */
const hanging = (choice: string, width: number): readonly string[] => {
  const [, number = '', text = ''] = /^(\S+ +)(.*)$/.exec(choice) ?? [];
  return wrap(text, width - number.length).map(
    (line, place) => `${place === 0 ? number : ' '.repeat(number.length)}${line}`,
  );
};

/** The first keys that choose, and what may be typed ahead of the question they lead to: an address, a place on disk. */
const choices: Readonly<Record<string, RegExp | undefined>> = {
  0: undefined,
  1: undefined,
  2: /^\p{Ll}$/u,
  3: /^[\p{Ll}/~.]$/u,
  q: undefined,
  Q: undefined,
};

async function choose(session: Session, ask: Ask): Promise<WelcomeChoice> {
  const { out, words } = session;
  const { welcome } = words.cli;
  const width = Math.max(20, Math.min(78, process.stderr.columns ?? 78));
  for (const text of [
    '',
    ...wrap(welcome.what, width),
    '',
    ...[welcome.demo, welcome.connect, welcome.read, welcome.leave].flatMap((choice) => hanging(choice, width)),
    '',
  ])
    out.note(text);
  for (;;) {
    const chosen = await ask(welcome.ask, choices);
    if (chosen === undefined || /^(?:0|q|quit|exit)$/i.test(chosen)) return exit.ok;
    if (chosen === '1') return session.runDemo([]);
    if (chosen === '2') return 'connect-shop';
    if (chosen !== '3') {
      const said = isScannedCode(chosen) ? welcome.scanned(chosen) : welcome.notAChoice(chosen);
      out.note([{ text: said, tone: 'waiting' }]);
      continue;
    }
    const typed = await ask(welcome.readFrom);
    if (typed !== undefined && typed !== '' && (await readStore(session, typed))) return 'open';
  }
}

/** Where no shop is set up: says what the program is, and offers three ways in until one is taken. */
export async function welcome(session: Session): Promise<WelcomeChoice> {
  const { ask, close, handOver } = askLines(process.stdin, process.stderr, session.signal);
  // The demo gets the terminal to itself: nothing of ours may listen to the keys by then.
  const runDemo = (options: readonly string[]): Promise<ExitCode> => {
    close();
    return session.runDemo(options);
  };
  try {
    const chosen = await choose({ ...session, runDemo }, ask);
    if (chosen === 'connect-shop') handOver();
    return chosen;
  } finally {
    close();
  }
}
