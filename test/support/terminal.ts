import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { registerChild } from './children.ts';

/** The built program in a real pseudo-terminal, read from an emulated screen. */
export type Terminal = {
  readonly shown: () => string;
  readonly bytes: () => string;
  readonly alternate: () => boolean;
  sees(text: string | RegExp): Promise<void>;
  seesNoMore(text: string | RegExp): Promise<void>;
  /** The program has had nothing to say for a while: what it was asked is drawn. */
  quiet(): Promise<void>;
  /** Something came after so many bytes. */
  wrote(bytes: number): Promise<void>;
  type(bytes: string): void;
  resize(columns: number, rows: number): Promise<void>;
  readonly ended: Promise<number>;
  /** The line is cut, as when a window is closed or SSH drops. */
  cut(): void;
  kill(signal?: string): void;
};

export type Opened = {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
  readonly term?: string;
  readonly words?: readonly string[];
  /** Options of Node itself, before the program. */
  readonly nodeOptions?: readonly string[];
  /** An installed program instead of the built one, and where it is started. */
  readonly installed?: { readonly program: string; readonly folder: string };
};

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Long, for the machine may be busy: what never comes is told by the test's own time-out. */
const timeoutMs = 60_000;
/** Milliseconds without a byte after which a screen counts as drawn: many frames long, and longer than a held key. */
const quietMs = 600;

export function openInTerminal({
  columns,
  rows,
  env,
  term = 'xterm-256color',
  words = [],
  nodeOptions = [],
  installed,
}: Opened): Terminal {
  const { CI: _ci, NO_COLOR: _colour, FORCE_COLOR: _force, TMUX: _tmux, ...kept } = process.env;
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const [file, given] =
    installed === undefined
      ? ([process.execPath, [...nodeOptions, program, ...words]] as const)
      : ([installed.program, [...words]] as const);
  const options = {
    cwd: installed?.folder,
    cols: columns,
    rows,
    name: term,
    env: { ...kept, ...env } as Record<string, string>,
  };
  const child = registerChild(spawn(file, [...given], options));
  let bytes = '';
  let over = false;
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watcher of watchers) watcher();
  };
  child.onData((data) => {
    bytes += data;
    screen.write(data, look);
  });
  screen.onData((answer) => over || child.write(answer));
  const shown = (): string =>
    Array.from(
      { length: screen.rows },
      (_, row) => screen.buffer.active.getLine(screen.buffer.active.baseY + row)?.translateToString(true) ?? '',
    ).join('\n');
  const fits = (text: string | RegExp): boolean =>
    typeof text === 'string' ? shown().includes(text) : text.test(shown());
  const until = (what: string, come: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        watchers.delete(watcher);
        reject(new Error(`${what}; the screen shows:\n${shown()}`));
      }, timeoutMs);
      const watcher = (): void => {
        if (!come()) return;
        clearTimeout(late);
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });
  /** Running, or in line for a processor, as the kernel tells it; unknown elsewhere. */
  const isAtWork = (): boolean => {
    try {
      return /\) [RD] /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };
  return {
    shown,
    bytes: () => bytes,
    alternate: () => screen.buffer.active.type === 'alternate',
    sees: (text) => until(`never saw ${String(text)}`, () => fits(text)),
    seesNoMore: (text) => until(`always saw ${String(text)}`, () => !fits(text)),
    quiet: () =>
      new Promise((resolve) => {
        let timer = setTimeout(done, quietMs);
        const watcher = (): void => {
          clearTimeout(timer);
          timer = setTimeout(done, quietMs);
        };
        function done(): void {
          // A program that waits for the processor has something to say yet.
          if (isAtWork()) watcher();
          else {
            watchers.delete(watcher);
            resolve();
          }
        }
        watchers.add(watcher);
      }),
    wrote: (length) => until('nothing was drawn', () => bytes.length > length),
    type: (keys) => child.write(keys),
    async resize(wide, high) {
      screen.resize(wide, high);
      child.resize(wide, high);
    },
    ended: new Promise((resolve) => {
      child.onExit(({ exitCode }) => {
        over = true;
        // What was sent before the end is drawn before anybody looks.
        screen.write('', () => resolve(exitCode));
      });
    }),
    // Not among the published types: closes our end of the line, and the kernel tells the program.
    cut: () => (child as unknown as { destroy(): void }).destroy(),
    kill: (signal) => {
      if (!over) child.kill(signal);
    },
  };
}
