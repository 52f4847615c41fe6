import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './paths.ts';

/** A file with a variable a line, as `EnvironmentFile` takes it; any other holds the value of the variable it is named after. */
const listName = 'keys.env';
const ours = /^BINDELED_[A-Z0-9_]+$/;

/**
 * The environment with what systemd gives by `LoadCredential`: keys that lie in no environment, where other processes
 * of the same user could see them. What the environment says already stands.
 */
export function withSystemCredentials(env: Environment): Environment {
  const folder = env.CREDENTIALS_DIRECTORY;
  if (folder === undefined || folder === '') return env;
  const given = filesIn(folder).flatMap((name): readonly (readonly [string, string | undefined])[] => {
    const text = () => readFileSync(join(folder, name), 'utf8');
    if (name === listName) return Object.entries(parseEnv(text()));
    return ours.test(name) ? [[name, text().replace(/\r?\n$/, '')]] : [];
  });
  return { ...Object.fromEntries(given.filter(([name]) => ours.test(name))), ...env };
}

// Another program's folder, inherited by accident, is none of ours.
const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
