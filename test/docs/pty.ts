import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { registerChild } from '../support/children.ts';

/** The real program in a terminal that nobody sees but can be read. */
export type Watched = {
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  shown(): string;
  /** Resolves when the screen shows a text; rejects with the screen when it never does. */
  sees(text: string | RegExp): Promise<void>;
  /** Resolves when nothing has been sent for as long as an eye rests. */
  settles(): Promise<void>;
  type(keys: string): void;
  readonly ended: Promise<number>;
  kill(): void;
};

export type Opened = {
  readonly command: readonly [string, ...string[]];
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Milliseconds without a byte after which a screen stands. */
const rest = 1_000;

export function watch({ command: [program, ...words], columns, rows, env }: Opened): Watched {
  const { CI: _, NO_COLOR: __, ...kept } = { ...process.env, ...env };
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const options = {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: kept as Record<string, string>,
  };
  const child = registerChild(spawn(program, words, options));
  const watchers = new Set<() => void>();
  let last = Date.now();
  child.onData((bytes) => {
    last = Date.now();
    terminal.write(bytes, () => [...watchers].map((look) => look()));
  });
  terminal.onData((answer) => child.write(answer));
  const shown = (): string =>
    Array.from({ length: rows }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '').join(
      '\n',
    );
  const sees = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!(typeof text === 'string' ? shown().includes(text) : text.test(shown()))) return;
        done();
        resolve();
      };
      const late = setTimeout(() => {
        done();
        reject(new Error(`Never saw ${String(text)}; the screen shows:\n${shown()}`));
      }, 60_000);
      const done = (): void => {
        clearTimeout(late);
        watchers.delete(look);
      };
      watchers.add(look);
      look();
    });
  return {
    terminal,
    shown,
    sees,
    settles: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (Date.now() - last > rest) resolve();
          else setTimeout(look, rest / 4);
        };
        look();
      }),
    type: (keys) => child.write(keys),
    ended: new Promise((resolve) => {
      child.onExit(({ exitCode }) => resolve(exitCode));
    }),
    kill: () => child.kill(),
  };
}
