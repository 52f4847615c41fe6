import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { readRegularFile } from '../files/regular-file.ts';
import type { TlsPair, TlsSource } from '../server/http/tls.ts';
import { type Settings, SettingsError } from '../settings.ts';

/**
 * The certificate and its key, as the files have them now and whenever they are replaced. Throws a `SettingsError` that
 * names the file which cannot be used.
 */
export function openTlsFiles({ serve: { tls }, paths }: Pick<Settings, 'serve' | 'paths'>): TlsSource | undefined {
  if (tls === undefined) return undefined;
  const files = { cert: resolve(paths.config, tls.cert), key: resolve(paths.config, tls.key) };
  const read = (): TlsPair => {
    const pair = { cert: readPart('cert', files.cert), key: readPart('key', files.key) };
    if (/ENCRYPTED/.test(`${pair.key}`))
      throw new SettingsError([{ where: files.key, key: 'serve.tls.key', what: 'wrong', said: 'has a pass phrase' }]);
    try {
      createSecureContext(pair);
      return pair;
    } catch (error) {
      // The library's own words name no secret, only what is wrong with the file.
      throw new SettingsError([{ where: files.key, key: 'serve.tls', what: 'wrong', said: wordsOf(error) }]);
    }
  };
  const pair = read();
  let known = stampOf(files);
  return {
    pair,
    changed: () => {
      const stamp = stampOf(files);
      if (stamp === known) return undefined;
      known = stamp;
      return read();
    },
  };
}

function readPart(key: 'cert' | 'key', file: string): Buffer {
  try {
    return readRegularFile(file);
  } catch (error) {
    throw new SettingsError([{ where: file, key: `serve.tls.${key}`, what: 'unreadable', said: wordsOf(error) }]);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Another text when a file was written or replaced. */
const stampOf = (files: { readonly cert: string; readonly key: string }): string =>
  [files.cert, files.key]
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`;
    })
    .join(', ');
