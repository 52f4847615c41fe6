import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactor } from '../connectors/secrets/redact.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';

const stamp = (): string => new Date().toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');

// A mark that nobody sees would part a key in two, and each half would stay.
const withoutInvisible = (text: string): string => text.replace(/[^\P{C}\n\t]/gu, '');

/** Writes a report of a crash at once, readable by its owner alone and without any of these secrets, and answers its path. */
export function writeCrashReport(report: string, folder: string, secrets: readonly string[]): string {
  makeFolders(folder);
  const path = join(folder, `crash-${stamp()}.txt`);
  writeFileSync(path, redactor(secrets)(withoutInvisible(report)), { mode: 0o600 });
  return path;
}
