import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import { readKeys } from './key-reader.ts';
import type { KeyReaderOptions } from './key-reader-options.ts';
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
