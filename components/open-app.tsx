import { PassThrough } from 'node:stream';
import { render } from 'ink';
import type { Services } from '../src/services/services.ts';
import type { PaletteCommand } from '../src/views/commands/palette.ts';
import { anyErrorLines, isKnownError } from '../src/views/errors/any-error-lines.ts';
import { formatContext } from '../src/views/format/format-context.ts';
import type { Route } from '../src/views/navigation/route.ts';
import type { PictureProtocol } from '../src/views/terminal/picture.ts';
import type { Language } from '../src/views/words/words.ts';
import { App } from './App.tsx';
import type { AppRuntime } from './runtime/app-runtime.ts';
import { makeAppRuntime } from './runtime/make-app-runtime.ts';
import { makeDiffRenderer } from './terminal/diff-renderer.ts';
import { queueKeys } from './terminal/key-queue.ts';
import type { KeyReaderOptions } from './terminal/key-reader-options.ts';
import { listenToKeys, type Source } from './terminal/listen-to-keys.ts';
import type { StartupScreen } from './terminal/startup-screen.ts';
import { ifStillThere, terminalGone } from './terminal/terminal-gone.ts';
import { enterModes, handleSuspend, leaveModes } from './terminal/terminal-modes.ts';
import { makeTerminalPictures, type TerminalPictures } from './terminal/terminal-pictures.ts';
import { makeTheme, type ThemeName } from './terminal/theme.ts';

export type OpenApp = {
  readonly services: Services;
  readonly language: Language;
  /** `mono` where NO_COLOR is set. */
  readonly theme: ThemeName;
  readonly ascii: boolean;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  /** The commands of the command line, for the palette. */
  readonly commands: readonly PaletteCommand[];
  /** Wheel and clicks are wanted. */
  readonly mouse: boolean;
  /** Opening a card asks its shops. */
  readonly askOnOpen: boolean;
  readonly tmux: boolean;
  readonly hyperlinks: boolean;
  /** How the terminal draws pictures, where it can. */
  readonly pictures?: {
    readonly known: PictureProtocol | 'ask';
    readonly unpack: TerminalPictures['unpack'];
  };
  /** Writes an export and answers its path. */
  readonly saveFile: (name: string, text: string) => Promise<string>;
  /** Writes a crash report without secrets, at once, and answers its path. */
  readonly saveCrash: (report: string) => string;
  /** What the person is to know from the start, such as that the store has outgrown its kind. */
  readonly notes: readonly string[];
  /** A screen that is opened over the first one. */
  readonly opened?: Route;
  /** The frame that stands already, where one was drawn while the store was opened. */
  readonly startup?: StartupScreen;
};

/** As many as a held key repeats a second: each press gets its frame, and a slow link keeps up. */
const maxFps = 30;
const exits = { ok: 0, bug: 1, interrupted: 130 } as const;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Milliseconds that what is on its way gets to come to an end, after the screen was given back. */
const shutdownTimeout = 5_000;

/** Breaks off what is under way and waits for the page or the item on its way, but not for ever. */
async function shutdown({ jobs, tasks, busy }: AppRuntime): Promise<void> {
  if (!jobs.running() && !tasks.running()) return;
  jobs.cancel();
  tasks.stop();
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, shutdownTimeout).unref());
  await Promise.race([busy.idle(), tooLong]);
}

/** What a crash report holds: where it happened, never what was on the screen. */
const crashReport = (error: unknown, at: string): string =>
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
  const opened = options.startup?.handOver();
  const screen = makeDiffRenderer(stdout, opened?.shown);
  const pictures =
    options.pictures &&
    makeTerminalPictures({
      ...options.pictures,
      write: (sequence) => void stdout.write(sequence),
      show: screen.showPictures,
    });
  const runtime = makeAppRuntime({
    services,
    language,
    host: {
      saveFile: options.saveFile,
      write: (sequence) => void stdout.write(sequence),
      tmux: options.tmux,
      hyperlinks: options.hyperlinks,
      pictures,
      redraw: screen.repaint,
      suspend: () => suspension.suspend(),
    },
    commands: options.commands,
    askOnOpen: options.askOnOpen,
    leave: () => leave(),
    elapsed: () => performance.now(),
  });
  const suspension = handleSuspend({
    write: (sequence) => void stdout.write(sequence),
    setRawMode: (on) => ifStillThere(() => void stdin.setRawMode(on)),
    mouse: options.mouse,
    repaint: screen.repaint,
  });
  for (const note of options.notes) runtime.messages.notify(note, 'waiting');
  const crash = (error: unknown): void => {
    const gone = terminalGone(error);
    if (!gone) fault ??= { error };
    leave(gone ? exits.interrupted : exits.bug);
  };
  const onSignal = (): void => leave(exits.interrupted);

  // Before anything is drawn: what is typed meanwhile must not be echoed into the first frame.
  const press = queueKeys(runtime.keys.press, { takesText: runtime.keys.takesText, idle: runtime.busy.idle });
  const reading: KeyReaderOptions = {
    inField: runtime.keys.takesText,
    onHeld: runtime.keys.setMoreComing,
    onAnswer: pictures?.hear,
    onUnclear: (text) => runtime.messages.notify(runtime.words.now().screen.unclearScan(text), 'waiting'),
    onFieldOfCode: (text) => runtime.messages.notify(runtime.words.now().screen.fieldOfCode(text), 'waiting'),
  };
  const stopKeys = opened?.stopKeys ?? listenToKeys(stdin as Source, press, reading);
  // Ink gets an input of its own that never speaks: keys come through our tokenizer only.
  const app = render(
    <App
      services={services}
      runtime={runtime}
      theme={makeTheme(options.theme, ascii)}
      language={language}
      timeZone={timeZone}
      opened={options.opened}
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
  opened?.setKeyHandler(press, reading);
  stdout.write(enterModes(options.mouse));
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
    suspension.end();
    stdout.write(leaveModes);
    await shutdown(runtime);
    for (const signal of signals) process.off(signal, onSignal);
    process.off('uncaughtException', crash);
    process.off('unhandledRejection', crash);
  }
  if (fault !== undefined) {
    const words = runtime.words.now();
    const lines = anyErrorLines(fault.error, formatContext({ words, now: services.now(), timeZone }));
    stderr.write(`${isKnownError(fault.error) ? `${lines.said} ${lines.advice}` : words.screen.bug.said}\n`);
    stderr.write(`${words.screen.crashed(saveCrash(crashReport(fault.error, services.now())))}\n`);
  }
  return code;
}
