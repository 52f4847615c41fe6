import { flushTokens, isPaste, type Key, parseEscapeSequence, tokenize } from '../../src/views/keyboard/key-tokens.ts';
import { type ParsedScan, parseScan, scanTimeout } from '../../src/views/keyboard/scan-detection.ts';

/** What the tokenizer needs of a terminal's input. */
export type Source = {
  setRawMode?(on: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  off(event: 'data', listener: (text: string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
};

/** Milliseconds after which an ESC that nothing followed was the Esc key. */
const escapePause = 50;

/** The first line or word of what was read, with the CR, LF or TAB that ends it. */
const segment = /^[^\u001b\r\n\t]*(?:\r\n|[\r\n\t])?/;

export type KeyReader = {
  feed(text: string): void;
  /** Waits no longer: what was held back is pressed now. */
  flush(): void;
  stop(): void;
};

/**
 * Turns what a terminal sends into single keys, scans and pastes. What may be the beginning of a scan or of a
 * sequence is held back for an eye's blink, since it may come in several reads.
 */
export function readKeys(onKey: (key: Key) => void): KeyReader {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  let scanEndedInReturn = false;

  const press = (keys: readonly Key[]): void => {
    for (const key of keys) onKey(key);
  };
  const scanned = ({ text, rest }: ParsedScan): void => {
    scanEndedInReturn = held.charAt(text.length) === '\r' && rest === '';
    held = rest;
    onKey({ kind: 'scan', text });
  };
  const pressSegment = (): void => {
    const length = segment.exec(held)?.[0].length ?? held.length;
    const text = held.slice(0, length);
    held = held.slice(length);
    press(tokenize(text).keys);
  };
  /** Presses what is certain; answers how long to wait for the rest. */
  const pressOne = (): number => {
    if (held.startsWith('\u001b')) {
      const token = parseEscapeSequence(held);
      if (token === undefined) return isPaste(held) ? Number.POSITIVE_INFINITY : escapePause;
      held = held.slice(token.length);
      if (token.key !== undefined) onKey(token.key);
      return 0;
    }
    const scan = parseScan(held);
    if (scan !== undefined) scanned(scan);
    else {
      const pause = scanTimeout(held);
      if (pause > 0) return pause;
      pressSegment();
    }
    return 0;
  };
  const run = (): void => {
    clearTimeout(timer);
    while (held !== '') {
      const pause = pressOne();
      if (pause === 0) continue;
      if (Number.isFinite(pause)) timer = setTimeout(flush, pause);
      return;
    }
  };
  function flush(): void {
    clearTimeout(timer);
    if (held.startsWith('\u001b')) {
      const rest = held;
      held = '';
      press(flushTokens(rest));
    } else if (held !== '') pressSegment();
    run();
  }
  return {
    feed(text) {
      // A scanner may end its code in CR and LF, and the LF may come in the next read.
      held += scanEndedInReturn && held === '' ? text.replace(/^\n/, '') : text;
      scanEndedInReturn = false;
      run();
    },
    flush,
    stop: () => clearTimeout(timer),
  };
}

/** Listens to a terminal in raw mode until stopped; then the terminal is as it was. */
export function listenToKeys(source: Source, onKey: (key: Key) => void): () => void {
  const reader = readKeys(onKey);
  source.setEncoding('utf8');
  source.setRawMode?.(true);
  source.on('data', reader.feed);
  source.resume();
  return () => {
    source.off('data', reader.feed);
    reader.stop();
    source.setRawMode?.(false);
    source.pause();
  };
}
