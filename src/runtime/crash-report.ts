import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactor } from '../connectors/secrets/redact.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import type { Environment } from './environment/paths.ts';

/** Shorter than this nothing is a secret, and hiding it would leave nothing to read. */
const minSecretLength = 4;

const stamp = (): string => new Date().toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');

const fromEnvironment = (env: Environment): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    /^BINDELED_.+_(?:\w*KEY|\w*SECRET|\w*TOKEN|\w*PASSWORD|STORE)$|^BINDELED_STORE$/.test(name) && value !== undefined
      ? [value]
      : [],
  );

/** Every text in the file of credentials, whatever shape it has. Nothing where it cannot be read: then none came from it. */
function fromFile(file: string): readonly string[] {
  try {
    const found = `${readRegularFile(file)}`.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g);
    return [...found].flatMap(([, text = '', isName]) => (isName === undefined ? [unquoted(text)] : []));
  } catch {
    return [];
  }
}

const unquoted = (text: string): string => {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
};

// As it is, as JSON writes it, and without the blanks that are passed over where it is used.
const formsOf = (secret: string): readonly string[] => [secret, JSON.stringify(secret).slice(1, -1), secret.trim()];

// A mark that nobody sees would part a key in two, and each half would stay.
const withoutInvisible = (text: string): string => text.replace(/[^\P{C}\n\t]/gu, '');

export type CrashReportTarget = { readonly folder: string; readonly credentialsFile: string };

/** Writes a report of a crash at once, readable by its owner alone and without any key that we hold, and answers its path. */
export function writeCrashReport(
  report: string,
  { folder, credentialsFile }: CrashReportTarget,
  env: Environment,
): string {
  makeFolders(folder);
  const path = join(folder, `crash-${stamp()}.txt`);
  const secrets = [...fromEnvironment(env), ...fromFile(credentialsFile)].flatMap(formsOf);
  const hide = redactor(secrets.filter((secret) => secret.length >= minSecretLength));
  writeFileSync(path, hide(withoutInvisible(report)), { mode: 0o600 });
  return path;
}
