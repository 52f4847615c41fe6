import { createInterface } from 'node:readline';
import { fasterThanHands, isScannedCode, withinScan } from '../../views/keyboard/scan-detection.ts';

/**
 * First keys that answer without Enter, each with what may be typed ahead of what it leads to. Anything else that
 * follows one at once belongs to a scan.
 */
export type FirstKeys = Readonly<Record<string, RegExp | undefined>>;

/** Asks for a line, or for one of the first keys. Nothing when the input ends. */
export type Ask = (question: string, firstKeys?: FirstKeys) => Promise<string | undefined>;

export type LineReader = {
  readonly ask: Ask;
  readonly close: () => void;
  /** Closes, and leaves what was typed beyond the last answer for who reads the keys next. */
  readonly handOver: () => void;
};

/** Milliseconds in which an Enter after a first key belongs to it. */
const enterPause = 400;

type KeyPress = { readonly name?: string; readonly ctrl?: boolean };
type Input = NodeJS.ReadStream | (NodeJS.ReadableStream & { setRawMode?(on: boolean): unknown });

/** Asks on a terminal. What is typed before it is asked for is kept, in order; nothing is answered when the input ends. */
export function askLines(input: Input, output: NodeJS.WritableStream, signal: AbortSignal): LineReader {
  const reader = createInterface({ input, output });
  const typed: string[] = [];
  let isOver = false;
  let firstKeys: FirstKeys | undefined;
  let pressedAt = Number.NEGATIVE_INFINITY;
  let lastKeyAt = Number.NEGATIVE_INFINITY;
  let undecided: { readonly key: string; readonly timer: NodeJS.Timeout } | undefined;
  let waiting: ((line: string | undefined) => void) | undefined;
  const answer = (): void => {
    if (waiting === undefined || (typed.length === 0 && !isOver)) return;
    const answer = waiting;
    waiting = undefined;
    firstKeys = undefined;
    answer(typed.shift()?.trim());
  };
  const decide = (): string | undefined => {
    const key = undecided?.key;
    clearTimeout(undecided?.timer);
    undecided = undefined;
    return key;
  };
  /** Gives the first key as the answer; what came after it is the beginning of the next line. */
  const choose = (key: string): void => {
    const ahead = reader.line.slice(key.length);
    reader.write(null, { ctrl: true, name: 'u' });
    reader.write(`${key}\r`);
    pressedAt = performance.now();
    if (ahead !== '') reader.write(ahead);
  };
  const isCodeWithin = (pause: number): boolean =>
    isScannedCode(reader.line.trim()) && performance.now() - lastKeyAt < pause;
  const onKey = (text: string | undefined, key: KeyPress = {}): void => {
    const first = decide();
    // Tab, ETX and EOT are ends of a scan as Enter is.
    const isEnd = key.name === 'tab' || (key.ctrl === true && key.name === 'd');
    if (firstKeys !== undefined && isEnd && isCodeWithin(withinScan)) reader.write('\r');
    else if (first !== undefined && text !== undefined && reader.line === first + text) {
      if (firstKeys?.[first]?.test(text) === true) choose(first);
    } else if (text !== undefined && reader.line === text && firstKeys !== undefined && text in firstKeys) {
      const timer = setTimeout(() => {
        undecided = undefined;
        choose(text);
      }, withinScan);
      undecided = { key: text, timer };
    }
    lastKeyAt = performance.now();
  };
  input.on('keypress', onKey);
  const close = (): void => reader.close();
  reader.on('SIGINT', () => {
    if (firstKeys !== undefined && isCodeWithin(fasterThanHands)) reader.write('\r');
    else close();
  });
  reader.on('line', (line) => {
    if (line === '' && performance.now() - pressedAt < enterPause) return;
    typed.push(line);
    answer();
  });
  reader.on('close', () => {
    isOver = true;
    decide();
    signal.removeEventListener('abort', close);
    input.off('keypress', onKey);
    answer();
  });
  signal.addEventListener('abort', close);
  const ask: Ask = (question, keys) => {
    firstKeys = keys;
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
    input.setRawMode?.(true);
    if (left !== '') input.unshift(left);
  };
  return { ask, close, handOver };
}
