import { readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program on a pseudo-terminal, read from an emulated screen and timed by what it sends. */
export type BenchTerminal = {
  shown(): string;
  sees(text: string | RegExp): Promise<void>;
  /** Milliseconds from a key written to the end of the frame that answers it, and the bytes of that frame. */
  press(key: string): Promise<{ readonly ms: number; readonly bytes: number }>;
  /** Share of one processor used over so many milliseconds. */
  processor(milliseconds: number): Promise<number>;
  close(): Promise<void>;
};

export type BenchTerminalOptions = {
  readonly command: readonly [string, ...string[]];
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
};

const frameEnd = '\u001b[?2026l';
const patience = 120_000;
const ticksASecond = 100;

/** Clock ticks that a process has used, from the kernel (fields 14 and 15 of its stat). */
const ticksOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
};
export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export function openTerminal({
  command: [program, ...words],
  columns,
  rows,
  env,
}: BenchTerminalOptions): BenchTerminal {
  const { CI: _ci, NO_COLOR: _colour, ...kept } = process.env;
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn(program, words, {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: { ...kept, ...env } as Record<string, string>,
  });
  const listeners = new Set<(data: string) => void>();
  const watchers = new Set<() => void>();
  let over = false;
  child.onData((data) => {
    for (const listener of listeners) listener(data);
    screen.write(data, () => {
      for (const watcher of watchers) watcher();
    });
  });
  screen.onData((answer) => over || child.write(answer));
  const ended = new Promise<void>((resolve) => {
    child.onExit(() => {
      over = true;
      resolve();
    });
  });
  const shown = (): string =>
    Array.from(
      { length: rows },
      (_, row) => screen.buffer.active.getLine(screen.buffer.active.baseY + row)?.translateToString(true) ?? '',
    ).join('\n');
  const sees = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`never saw ${text}; the screen shows:\n${shown()}`)), patience);
      const look = (): void => {
        if (!(typeof text === 'string' ? shown().includes(text) : text.test(shown()))) return;
        clearTimeout(late);
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  return {
    shown,
    sees,
    press: (key) =>
      new Promise((resolve) => {
        let got = '';
        const started = performance.now();
        const listener = (data: string): void => {
          got += data;
          if (!got.includes(frameEnd)) return;
          listeners.delete(listener);
          // On a busy machine the frame of the next key may have come in the same read.
          const frame = got.slice(0, got.indexOf(frameEnd) + frameEnd.length);
          resolve({ ms: performance.now() - started, bytes: Buffer.byteLength(frame) });
        };
        listeners.add(listener);
        child.write(key);
      }),
    async processor(milliseconds) {
      const before = ticksOf(child.pid);
      await wait(milliseconds);
      return (ticksOf(child.pid) - before) / ticksASecond / (milliseconds / 1000);
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
