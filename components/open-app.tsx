import { PassThrough } from 'node:stream';
import { render } from 'ink';
import type { Services } from '../src/services/services.ts';
import { anyTroubleLines, isTrouble } from '../src/views/happenings/any-trouble.ts';
import type { Spot } from '../src/views/input/navigation.ts';
import { telling } from '../src/views/telling.ts';
import { type Language, wordsOf } from '../src/views/words.ts';
import { App } from './App.tsx';
import { makeProgram } from './make-program.ts';
import type { Program } from './program.ts';
import { listenToKeys, type Source } from './terminal/key-stdin.ts';
import { oneByOne } from './terminal/one-by-one.ts';
import type { Opening } from './terminal/opening.ts';
import { thriftyStdout } from './terminal/thrifty-stdout.ts';
import { makeTheme, type ThemeName } from './theme.ts';

export type OpenApp = {
  readonly services: Services;
  readonly language: Language;
  /** `mono` where NO_COLOR is set. */
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  readonly tmux: boolean;
  readonly hyperlinks: boolean;
  /** Writes an export and answers its path. */
  readonly saveFile: (name: string, text: string) => Promise<string>;
  /** Writes a crash report without secrets, at once, and answers its path. */
  readonly saveCrash: (report: string) => string;
  /** What the person is to know from the start, such as that the store has outgrown its kind. */
  readonly notes: readonly string[];
  readonly start?: Spot;
  /** The frame that stands already, where one was drawn while the store was opened. */
  readonly opening?: Opening;
};

/** As many as a held key repeats a second: each press gets its frame, and a slow link keeps up. */
const maxFps = 30;
const pasteOn = '\u001b[?2004h';
const pasteOff = '\u001b[?2004l';
const exits = { ok: 0, bug: 1, interrupted: 130 } as const;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The window was closed, or the line was cut: nobody is there to read, and nothing of ours is at fault. */
const terminalGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EIO', 'EPIPE', 'ENXIO'].includes(String(error.code));

/** Milliseconds that what is on its way gets to come to an end, after the screen was given back. */
const lastWait = 5_000;

/** Breaks off what is under way and waits for the page or the item on its way, but not for ever. */
async function wind({ jobs, tasks, busy }: Program): Promise<void> {
  if (!jobs.running() && !tasks.running()) return;
  jobs.cancel();
  tasks.stop();
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, lastWait).unref());
  await Promise.race([busy.idle(), tooLong]);
}

/** What a crash report holds: where it happened, never what was on the screen. */
const reportOf = (error: unknown, at: string): string =>
  `${at}\n${process.version} ${process.platform}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;

/**
 * Opens the dashboard on the terminal and answers with its exit code when the person leaves. The terminal is given
 * back as it was on every way out: quit, fault, SIGINT, SIGTERM, SIGHUP.
 */
export async function openApp(options: OpenApp): Promise<number> {
  const { services, language, ascii, timeZone, saveCrash } = options;
  const { stdin, stdout, stderr } = process;
  let code: number = exits.ok;
  let fault: { readonly error: unknown } | undefined;
  const leave = (next: number = exits.ok): void => {
    code = next;
    app.unmount();
  };
  const opened = options.opening?.handOver();
  const screen = thriftyStdout(stdout, opened?.shown);
  const program = makeProgram({
    services,
    words: () => wordsOf(language),
    outside: {
      saveFile: options.saveFile,
      write: (sequence) => void stdout.write(sequence),
      tmux: options.tmux,
      hyperlinks: options.hyperlinks,
      redraw: screen.repaint,
    },
    leave: () => leave(),
    elapsed: () => performance.now(),
  });
  for (const note of options.notes) program.messages.say(note, 'waiting');
  const crash = (error: unknown): void => {
    const gone = terminalGone(error);
    if (!gone) fault ??= { error };
    leave(gone ? exits.interrupted : exits.bug);
  };
  const onSignal = (): void => leave(exits.interrupted);

  // Before anything is drawn: what is typed meanwhile must not be echoed into the first frame.
  const press = oneByOne(program.keys.press);
  const stopKeys = opened?.stopKeys ?? listenToKeys(stdin as Source, press);
  // Ink gets an input of its own that never speaks: keys come through our tokenizer only.
  const app = render(
    <App
      services={services}
      program={program}
      theme={makeTheme(options.theme, ascii)}
      language={language}
      timeZone={timeZone}
      start={options.start}
    />,
    {
      stdin: new PassThrough(),
      stdout: screen.output,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps,
    },
  );
  opened?.pressTo(press);
  stdout.write(pasteOn);
  for (const signal of signals) process.on(signal, onSignal);
  const onGone = (): void => leave(exits.interrupted);
  stdin.on('end', onGone);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  try {
    await app.waitUntilExit();
  } catch (error) {
    crash(error);
  } finally {
    stopKeys();
    stdin.off('end', onGone);
    stdout.write(pasteOff);
    await wind(program);
    for (const signal of signals) process.off(signal, onSignal);
    process.off('uncaughtException', crash);
    process.off('unhandledRejection', crash);
  }
  if (fault !== undefined) {
    const words = wordsOf(language);
    const lines = anyTroubleLines(fault.error, telling({ words, now: services.now(), timeZone }));
    stderr.write(`${isTrouble(fault.error) ? `${lines.said} ${lines.advice}` : words.screen.bug.said}\n`);
    stderr.write(`${words.screen.crashed(saveCrash(reportOf(fault.error, services.now())))}\n`);
  }
  return code;
}
