import { flushTokens, type Key, tokenize } from '../src/views/key-tokens.ts';
import { mayBecomeScan, scannedCode, scanPause } from '../src/views/scan.ts';

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
const escapePause = 25;

/**
 * Turns what a terminal sends into single keys, scans and pastes. A burst that begins with digits is held back for
 * an eye's blink, since a scanner may send its code a character at a time.
 */
export function readKeys(onKey: (key: Key) => void): { feed(text: string): void; stop(): void } {
  let rest = '';
  let burst = '';
  let escapeTimer: NodeJS.Timeout | undefined;
  let burstTimer: NodeJS.Timeout | undefined;

  const press = (keys: readonly Key[]): void => {
    for (const key of keys) onKey(key);
  };
  const tokens = (text: string): void => {
    clearTimeout(escapeTimer);
    const found = tokenize(rest + text);
    rest = found.rest;
    press(found.keys);
    if (rest === '' || rest.startsWith('\u001b[200~')) return;
    escapeTimer = setTimeout(() => {
      const held = rest;
      rest = '';
      press(flushTokens(held));
    }, escapePause);
  };
  const release = (): void => {
    clearTimeout(burstTimer);
    const held = burst;
    burst = '';
    if (held !== '') tokens(held);
  };
  return {
    feed(text) {
      if (rest !== '') return tokens(text);
      burst += text;
      clearTimeout(burstTimer);
      const code = scannedCode(burst);
      if (code !== undefined) {
        burst = '';
        onKey({ kind: 'scan', text: code });
      } else if (mayBecomeScan(burst)) burstTimer = setTimeout(release, scanPause);
      else release();
    },
    stop() {
      clearTimeout(escapeTimer);
      clearTimeout(burstTimer);
    },
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
