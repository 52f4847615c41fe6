import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The built program in a real pseudo-terminal, read from an emulated screen. */
export type Terminal = {
  readonly shown: () => string;
  readonly bytes: () => string;
  readonly alternate: () => boolean;
  sees(text: string | RegExp): Promise<void>;
  seesNoMore(text: string | RegExp): Promise<void>;
  type(bytes: string): void;
  resize(columns: number, rows: number): Promise<void>;
  readonly ended: Promise<number>;
  kill(signal?: string): void;
};

export type Opened = {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
  readonly term?: string;
  readonly words?: readonly string[];
};

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const patience = 15_000;

export function openInTerminal({ columns, rows, env, term = 'xterm-256color', words = [] }: Opened): Terminal {
  const { CI: _ci, NO_COLOR: _colour, FORCE_COLOR: _force, TMUX: _tmux, ...kept } = process.env;
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn(process.execPath, [program, ...words], {
    cols: columns,
    rows,
    name: term,
    env: { ...kept, ...env } as Record<string, string>,
  });
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
      }, patience);
      const watcher = (): void => {
        if (!come()) return;
        clearTimeout(late);
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });
  return {
    shown,
    bytes: () => bytes,
    alternate: () => screen.buffer.active.type === 'alternate',
    sees: (text) => until(`never saw ${String(text)}`, () => fits(text)),
    seesNoMore: (text) => until(`always saw ${String(text)}`, () => !fits(text)),
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
    kill: (signal) => {
      if (!over) child.kill(signal);
    },
  };
}
