import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { decodeText } from '../../files/decode-text.ts';
import { readRegularFile } from '../../files/regular-file.ts';
import type { Environment } from './paths.ts';

/** A file with a variable a line, as `EnvironmentFile` takes it; any other holds the value of the variable it is named after. */
const listName = 'keys.env';
const ours = /^BINDELED_[A-Z0-9_]+$/;

/** A file that systemd handed over cannot be read. Light, since every command begins with these files. */
export class SystemCredentialError extends Error {
  override readonly name = 'SystemCredentialError';
  readonly file: string;

  constructor(file: string, said: string) {
    super(said);
    this.file = file;
  }
}

/**
 * The environment with what systemd gives by `LoadCredential`: keys that lie in no environment, where other processes
 * of the same user could see them. What the environment says already stands. Throws a `SystemCredentialError` where a
 * file cannot be read: its keys would be taken for keys that are not there.
 */
export function withSystemCredentials(env: Environment): Environment {
  const folder = env.CREDENTIALS_DIRECTORY;
  if (folder === undefined || folder === '') return env;
  const given = filesIn(folder).flatMap((name): readonly (readonly [string, string | undefined])[] => {
    const text = () => readText(join(folder, name));
    if (name === listName) return Object.entries(parseEnv(text()));
    return ours.test(name) ? [[name, text().replace(/\r?\n$/, '')]] : [];
  });
  return { ...Object.fromEntries(given.filter(([name]) => ours.test(name))), ...env };
}

function readText(file: string): string {
  try {
    const text = decodeText(readRegularFile(file))?.text;
    if (text === undefined) throw new Error('no known encoding');
    return text;
  } catch (error) {
    throw new SystemCredentialError(file, error instanceof Error ? error.message : String(error));
  }
}

// Another program's folder, inherited by accident, is none of ours.
const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
