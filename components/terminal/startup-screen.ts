import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { actionForKey } from '../../src/views/keyboard/keymap.ts';
import { type FirstFrameOptions, firstFrame } from './first-frame.ts';
import type { KeyReaderOptions } from './key-reader-options.ts';
import { listenToKeys, type Source } from './listen-to-keys.ts';
import { pasteOff, pasteOn } from './terminal-modes.ts';

/** The screen between the start of the program and its first answer from the store. */
export type StartupScreen = {
  /** The terminal is a screen now, ours or the dashboard's: whoever writes lines has to wait. */
  readonly drawn: () => boolean;
  /** Hands the screen to the dashboard as it stands. */
  handOver(): ScreenHandover;
  /** Gives the terminal back as it was, where the dashboard has not done so already. */
  end(): void;
  /** Called once the terminal is as it was. */
  onEnd(listener: () => void): void;
};

export type ScreenHandover = {
  /** What stands on the screen, as it was sent. */
  readonly shown: string;
  /** From now on keys are pressed here, first those that were typed meanwhile. */
  setKeyHandler(press: (key: Key) => void, reading: KeyReaderOptions): void;
  readonly stopKeys: () => void;
};

export const enterScreen = '\u001b[?1049h\u001b[?25l';
const leaveScreen = '\u001b[?25h\u001b[?1049l';
const clearScreen = '\u001b[2J';
const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const exits = { ok: 0, interrupted: 130 } as const;

const actionFor = (key: Key | undefined) => (key?.kind === 'key' ? actionForKey(key.name) : undefined);

/** Draws the first frame and keeps what is typed until the dashboard asks for it. Leaving works at once. */
export function openStartupScreen(options: FirstFrameOptions): StartupScreen {
  const { stdin, stdout } = process;
  const typed: Key[] = [];
  const listeners: (() => void)[] = [];
  let state: 'opening' | 'handed over' | 'ended' = 'opening';
  let shown = '';
  let press = (key: Key): void => {
    // Nothing can be chosen yet: an Enter that ended what was typed before the program came is no choice.
    if (typed.length === 0 && key.kind === 'key' && key.name === 'enter') return;
    typed.push(key);
    const action = actionFor(key);
    // A q behind other keys may be a letter of what they began.
    if (action === 'quit' || (action === 'leave' && typed.length === 1)) leave(exits.ok);
  };
  const draw = (): void => {
    shown = firstFrame(options, { columns: stdout.columns, rows: stdout.rows });
    stdout.write(`${begin}${clearScreen}${shown}${end}`);
  };
  const onSignal = (): void => leave(exits.interrupted);
  const onGone = (): void => leave(exits.interrupted);
  // Before anything is drawn: what is typed meanwhile must not be echoed into the first frame.
  const reading: KeyReaderOptions = {};
  const stopKeys = listenToKeys(stdin as Source, (key) => press(key), reading);
  const removeListeners = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
    stdin.off('end', onGone);
    stdout.off('resize', draw);
  };
  const finish = (): void => {
    if (state === 'opening') {
      removeListeners();
      stopKeys();
      stdout.write(pasteOff + leaveScreen);
    }
    state = 'ended';
    for (const listener of listeners.splice(0)) listener();
  };
  const leave = (code: number): void => {
    finish();
    // Whatever is being opened is only read, or written so that it may end anywhere.
    process.exit(code);
  };
  for (const signal of signals) process.on(signal, onSignal);
  stdin.on('end', onGone);
  stdout.on('resize', draw);
  process.on('exit', finish);
  stdout.write(enterScreen + pasteOn);
  draw();
  return {
    drawn: () => state !== 'ended',
    end: finish,
    onEnd: (listener) => void listeners.push(listener),
    handOver() {
      removeListeners();
      state = 'handed over';
      return {
        shown,
        stopKeys,
        setKeyHandler(next, options) {
          press = next;
          Object.assign(reading, options);
          for (const key of typed.splice(0)) next(key);
        },
      };
    },
  };
}
