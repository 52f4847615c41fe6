import { flushTokens, isPaste, type Key, parseEscapeSequence, tokenize } from '../../src/views/keyboard/key-tokens.ts';
import { mustNotBeScanned } from '../../src/views/keyboard/keymap.ts';
import {
  codeBeforeKey,
  endOfSlowCode,
  endsInSeparator,
  fasterThanHands,
  firstSegment,
  isFieldOfCode,
  isMoveOnly,
  isPastedList,
  looksLikeCode,
  type ParsedScan,
  parseFramedScan,
  parseScan,
  scanTimeout,
  spoiledCode,
  withinScan,
  withSeparators,
} from '../../src/views/keyboard/scan-detection.ts';
import type { KeyReader, KeyReaderOptions } from './key-reader-options.ts';

/** Milliseconds after which an ESC that nothing followed was the Esc key. */
const escapePause = 50;

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
  /** What a field took of characters that came sooner after each other than hands type. */
  let fieldRun = '';
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  /** What may still come of the end of a scan that was heard. */
  let lateEnd: RegExp | undefined;
  /** What came last belongs to a code, which may have more lines or fields: `record` once one of them was no code by itself. */
  let inCode: 'code' | 'record' | undefined;

  const press = (keys: readonly Key[]): void => {
    for (const key of keys) onKey(key);
  };
  /** What a code has behind its first line or field: text where a field takes it, and no keys. */
  const fieldOfCode = (text: string): void => {
    [inCode, before] = ['record', ''];
    // A scan may close the field that it came into: whether there is one is known when the key is pressed.
    if (inField()) press(tokenize(text).keys.map((key) => ({ ...key, isOfCode: true })));
    else options.onFieldOfCode?.(text.trim());
  };
  const scanned = ({ text, rest }: ParsedScan): void => {
    lateEnd = rest === '' ? (held.endsWith('\r') ? /^\n/ : /^[\r\n\t]/) : undefined;
    held = rest;
    before = '';
    if (inCode === 'record') fieldOfCode(text);
    else onKey({ kind: 'scan', text });
    inCode ??= 'code';
  };
  const pressSegment = (): void => {
    const text = firstSegment(held);
    held = held.slice(text.length);
    // A terminal sends CR for Enter: the LF behind it is a slow scanner's, and no second Enter.
    if (held === '' && text.endsWith('\r')) lateEnd = /^\n/;
    const field = inField();
    if (inCode !== undefined && isFieldOfCode(text)) {
      fieldOfCode(text);
      return;
    }
    const spoiled = field ? undefined : spoiledCode(text);
    if (spoiled !== undefined) {
      options.onUnclear?.(before + spoiled);
      before = '';
      return;
    }
    press(tokenize(text).keys);
    const ended = field || /^[/:]|[\r\n\t]$/.test(text) || isMoveOnly(text);
    before = ended ? '' : before + text;
    fieldRun = field ? fieldRun + text : '';
  };
  /** A code that a scanner ends with a special key: that key belongs to it. Answers how long to wait, or nothing where there is none. */
  const takeCodeBeforeKey = (isOver = false): number | undefined => {
    const found = inField() ? undefined : codeBeforeKey(held);
    if (found === undefined) return undefined;
    const end = held.slice(found.keyAt);
    const token = parseEscapeSequence(end);
    if (!isOver && (endsInSeparator(held) || (token === undefined && !isPaste(end)))) return escapePause;
    const sequence = end.slice(0, token?.length ?? 1);
    const rest = end.slice(sequence.length);
    if (token !== undefined && token.key === undefined) {
      // An answer of the terminal, in the middle of a code.
      held = held.slice(0, found.keyAt) + rest;
      options.onAnswer?.(sequence);
    } else scanned({ text: (before + found.text).trim(), rest: token?.key?.kind === 'paste' ? end : rest });
    return 0;
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
    const slowEnd = inField() ? endOfSlowCode(held, fieldRun) : 0;
    if (slowEnd > 0) {
      held = held.slice(slowEnd);
      lateEnd = /^[\r\n\t]/;
      fieldRun = '';
      onKey({ kind: 'key', name: 'enter' });
      return 0;
    }
    const frame = parseFramedScan(held);
    if (frame === 'begun') return withinScan;
    if (frame === undefined && /^\u0002[\u0020-\u007e]/.test(held)) {
      // STX and no ETX: the code ends otherwise.
      held = held.slice(1);
      return 0;
    }
    const pauseAtKey = frame === undefined ? takeCodeBeforeKey() : undefined;
    if (pauseAtKey !== undefined) return pauseAtKey;
    const scan = frame ?? parseScan(before + held, inField());
    if (scan !== undefined) scanned(scan);
    else {
      const [field, changes] = [inField(), mustNotBeScanned];
      const pause = scanTimeout({ held, before, gap, field, changes, inCode: inCode !== undefined });
      if (pause > 0) return pause;
      pressSegment();
    }
    return 0;
  };
  const run = (): void => {
    clearTimeout(timer);
    let pause = 0;
    while (held !== '' && pause === 0) pause = pressOne();
    if (pause > 0 && Number.isFinite(pause)) timer = setTimeout(waitedEnough, pause);
    options.onHeld?.(held !== '');
  };
  function waitedEnough(): void {
    // STX, and no ETX came: the code goes on by itself.
    if (parseFramedScan(held) === 'begun' && held.length > 1) {
      held = held.slice(1);
      run();
    } else if (!held.includes('\u001b') && !inField() && looksLikeCode(held)) {
      options.onUnclear?.(before + held);
      [held, before] = ['', ''];
      run();
    } else pressHeld();
  }
  function pressHeld(): void {
    clearTimeout(timer);
    const isTaken = takeCodeBeforeKey(true) !== undefined;
    if (!isTaken && held.startsWith('\u001b')) {
      press(flushTokens(held));
      held = '';
    } else if (!isTaken && held !== '') pressSegment();
    run();
  }
  return {
    feed(read) {
      // Some scanners fill their lines up with zeros.
      const text = read.replaceAll('\u0000', '');
      const at = now();
      if (held === '') {
        gap = at - lastAt;
        if (gap > withinScan) before = '';
        if (gap > fasterThanHands) inCode = undefined;
        if (gap > fasterThanHands) fieldRun = '';
      }
      lastAt = at;
      if (held === '' && isPastedList(text)) {
        before = '';
        onKey({ kind: 'paste', text });
        return;
      }
      // A scanner may end its code in CR and LF, and the LF may come in the next read.
      const isLate = lateEnd !== undefined && held === '' && (lateEnd.source === '^\\n' || gap <= fasterThanHands);
      held = withSeparators(held + (isLate && lateEnd !== undefined ? text.replace(lateEnd, '') : text));
      lateEnd = isLate && text === '\r' ? /^\n/ : undefined;
      run();
    },
    flush() {
      pressHeld();
      before = '';
      inCode = undefined;
      lastAt = Number.NEGATIVE_INFINITY;
    },
    stop: () => clearTimeout(timer),
  };
}
