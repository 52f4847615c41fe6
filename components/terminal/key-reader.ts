import { flushTokens, isPaste, type Key, parseEscapeSequence, tokenize } from '../../src/views/keyboard/key-tokens.ts';
import { actionForKey, isWriteAction } from '../../src/views/keyboard/keymap.ts';
import {
  isMoveOnly,
  looksLikeCode,
  type ParsedScan,
  parseScan,
  scanTimeout,
  withinScan,
} from '../../src/views/keyboard/scan-detection.ts';
import { ifStillThere } from './terminal-gone.ts';

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

/** So many codes in one read were not scanned one by one. */
const pastedCodes = 3;

/** A list that was pasted into a terminal that does not mark pastes: whole lines of codes in one read. */
function isPastedList(text: string): boolean {
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '');
  return !text.includes('\u001b') && lines.length >= pastedCodes && lines.every(looksLikeCode);
}

/** The first line or word of what was read, with the CR, LF or TAB that ends it. */
const segment = /^[^\u001b\r\n\t]*(?:\r\n|[\r\n\t])?/;

export type KeyReader = {
  feed(text: string): void;
  /** Waits no longer: what was held back is pressed now. */
  flush(): void;
  stop(): void;
};

/** Asked anew for each read, so that they may be set once there is a screen. */
export type KeyReaderOptions = {
  /** Whether a field takes letters as text now. */
  inField?: () => boolean;
  /** Told of a text that came too fast for hands and never ended: no key of it is pressed. */
  onUnclear?: (text: string) => void;
  /** Told of what the terminal sent that is no key: it may be an answer. */
  onAnswer?: (sequence: string) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
};

// A plan changes nothing, but one that opens in the middle of a scan would take the rest of it as keys.
const changes = (key: string): boolean => {
  const id = actionForKey(key);
  return id !== undefined && (isWriteAction(id) || id === 'push');
};

/**
 * Turns what a terminal sends into single keys, scans and pastes. What may be the beginning of a scan or of a
 * sequence is held back for an eye's blink, since it may come in several reads. What came too fast for hands is never
 * pressed as keys, unless a field takes it as text.
 */
export function readKeys(onKey: (key: Key) => void, options: KeyReaderOptions = {}): KeyReader {
  const { now = () => performance.now() } = options;
  const inField = (): boolean => options.inField?.() === true;
  let held = '';
  /** What was pressed just before, outside a field: a slow scanner's first characters may have been. */
  let before = '';
  let gap = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let scanEndedInReturn = false;

  const press = (keys: readonly Key[]): void => {
    for (const key of keys) onKey(key);
  };
  const scanned = ({ text, rest }: ParsedScan): void => {
    scanEndedInReturn = rest === '' && held.endsWith('\r');
    held = rest;
    before = '';
    onKey({ kind: 'scan', text });
  };
  const pressSegment = (): void => {
    const length = segment.exec(held)?.[0].length ?? held.length;
    const text = held.slice(0, length);
    held = held.slice(length);
    const field = inField();
    press(tokenize(text).keys);
    const ended = field || /^[/:]|[\r\n\t]$/.test(text) || isMoveOnly(text);
    before = ended ? '' : before + text;
  };
  /** Presses what is certain; answers how long to wait for the rest. */
  const pressOne = (): number => {
    if (held.startsWith('\u001b')) {
      const token = parseEscapeSequence(held);
      if (token === undefined) return isPaste(held) ? Number.POSITIVE_INFINITY : escapePause;
      const sequence = held.slice(0, token.length);
      held = held.slice(token.length);
      before = '';
      if (token.key !== undefined) onKey(token.key);
      else options.onAnswer?.(sequence);
      return 0;
    }
    const scan = parseScan(before + held);
    if (scan !== undefined) scanned(scan);
    else {
      const pause = scanTimeout({ held, before, gap, field: inField(), changes });
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
      if (Number.isFinite(pause)) timer = setTimeout(waitedEnough, pause);
      return;
    }
  };
  function waitedEnough(): void {
    if (!held.startsWith('\u001b') && !inField() && looksLikeCode(held)) {
      const text = before + held;
      held = '';
      before = '';
      options.onUnclear?.(text);
    } else pressHeld();
  }
  function pressHeld(): void {
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
      const at = now();
      if (held === '') {
        gap = at - lastAt;
        if (gap > withinScan) before = '';
      }
      lastAt = at;
      if (held === '' && isPastedList(text)) {
        before = '';
        onKey({ kind: 'paste', text });
        return;
      }
      // A scanner may end its code in CR and LF, and the LF may come in the next read.
      held += scanEndedInReturn && held === '' ? text.replace(/^\n/, '') : text;
      scanEndedInReturn = false;
      run();
    },
    flush() {
      pressHeld();
      before = '';
      lastAt = Number.NEGATIVE_INFINITY;
    },
    stop: () => clearTimeout(timer),
  };
}

/** Listens to a terminal in raw mode until stopped; then the terminal is as it was. */
export function listenToKeys(source: Source, onKey: (key: Key) => void, options: KeyReaderOptions = {}): () => void {
  const reader = readKeys(onKey, options);
  source.setEncoding('utf8');
  source.setRawMode?.(true);
  source.on('data', reader.feed);
  source.resume();
  return () => {
    source.off('data', reader.feed);
    reader.stop();
    ifStillThere(() => void source.setRawMode?.(false));
    source.pause();
  };
}
