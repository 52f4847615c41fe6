import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Session } from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';
import { wrap } from '../views/text/cell-text.ts';
import { errorReportOf } from './error-report.ts';

/** What the person wants of an empty home: to leave with a code, to connect a shop, or to look at what was read in. */
export type WelcomeChoice = ExitCode | 'connect-shop' | 'open';

/** Asks for a line; a first key that `atOnce` knows is an answer without Enter. Nothing when the input ends. */
type Ask = (question: string, atOnce?: RegExp) => Promise<string | undefined>;

/** Milliseconds in which an Enter after such a key belongs to it. */
const enterPause = 400;

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
    const chosen = await ask(welcome.ask, /^[0-3q]$/i);
    if (chosen === undefined || /^(?:0|q|quit|exit)$/i.test(chosen)) return exit.ok;
    if (chosen === '1') return session.runDemo([]);
    if (chosen === '2') return 'connect-shop';
    if (chosen !== '3') {
      out.note([{ text: welcome.notAChoice(chosen), tone: 'waiting' }]);
      continue;
    }
    const typed = await ask(welcome.readFrom);
    if (typed !== undefined && typed !== '' && (await readStore(session, typed))) return 'open';
  }
}

/** Asks on the terminal. What is typed before it is asked for is kept, in order; nothing is answered when the input ends. */
function makeAsker(signal: AbortSignal): {
  readonly ask: Ask;
  readonly close: () => void;
  /** Closes, and leaves what was typed beyond the last answer for who reads the keys next. */
  readonly handOver: () => void;
} {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const typed: string[] = [];
  let isOver = false;
  let single: RegExp | undefined;
  let pressedAt = Number.NEGATIVE_INFINITY;
  let waiting: ((line: string | undefined) => void) | undefined;
  const answer = (): void => {
    if (waiting === undefined || (typed.length === 0 && !isOver)) return;
    const answer = waiting;
    waiting = undefined;
    single = undefined;
    answer(typed.shift()?.trim());
  };
  const onKey = (text: string | undefined): void => {
    if (text === undefined || reader.line !== text || single?.test(text) !== true) return;
    reader.write('\r');
    pressedAt = performance.now();
  };
  process.stdin.on('keypress', onKey);
  const close = (): void => reader.close();
  reader.on('line', (line) => {
    if (line === '' && performance.now() - pressedAt < enterPause) return;
    typed.push(line);
    answer();
  });
  reader.on('close', () => {
    isOver = true;
    signal.removeEventListener('abort', close);
    process.stdin.off('keypress', onKey);
    answer();
  });
  signal.addEventListener('abort', close);
  const ask: Ask = (question, atOnce) => {
    single = atOnce;
    if (!isOver) {
      reader.setPrompt(question);
      reader.prompt();
    }
    return new Promise((resolve) => {
      waiting = resolve;
      answer();
    });
  };
  const handOver = (): void => {
    const left = [...typed.splice(0).map((line) => `${line}\r`), reader.line].join('');
    reader.close();
    // Lines are no longer waited for, nor echoed: what comes from here on is kept key by key.
    process.stdin.setRawMode(true);
    if (left !== '') process.stdin.unshift(left);
  };
  return { ask, close, handOver };
}

/** Where no shop is set up: says what the program is, and offers three ways in until one is taken. */
export async function welcome(session: Session): Promise<WelcomeChoice> {
  const { ask, close, handOver } = makeAsker(session.signal);
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
