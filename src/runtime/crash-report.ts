import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactor } from '../connectors/redact.ts';
import type { Environment } from './environment/paths.ts';

const stamp = (): string => new Date().toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');

const fromEnvironment = (env: Environment): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    /^BINDELED_.+_(?:KEY|SECRET|TOKEN|PASSWORD)$/.test(name) && value !== undefined ? [value] : [],
  );

/** Every text in the file of credentials, whatever shape it has. Nothing where it cannot be read: then none came from it. */
function fromFile(file: string): readonly string[] {
  try {
    return [...readFileSync(file, 'utf8').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? '');
  } catch {
    return [];
  }
}

export type CrashReportTarget = { readonly folder: string; readonly credentialsFile: string };

/** Writes a report of a crash at once, readable by its owner alone and without any key that we hold, and answers its path. */
export function writeCrashReport(
  report: string,
  { folder, credentialsFile }: CrashReportTarget,
  env: Environment,
): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `crash-${stamp()}.txt`);
  const hide = redactor([...fromEnvironment(env), ...fromFile(credentialsFile)].filter((secret) => secret.length >= 8));
  writeFileSync(path, hide(report), { mode: 0o600 });
  return path;
}
