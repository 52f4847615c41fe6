import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { printableJson } from '../domain/printable-json.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';

/** Notes for those who look into trouble later. Nothing is ever shown on the screen. */
export type Log = {
  readonly file: string;
  /** Notes that something was done. What is told of it holds nothing from outside: names and numbers of ours. */
  readonly note: (what: string, particulars?: Readonly<Record<string, string | number>>) => void;
  readonly trouble: (what: string, error: unknown) => Promise<void>;
};

const maxLogBytes = 5 * 1024 * 1024;

// One old file is kept beside the new one, so that the log never eats the disk.
const rotateLog = (file: string): void => {
  try {
    if (statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  } catch {
    // No log yet, or somebody else has just turned it over.
  }
};

/** What pino calls the level of what is noted. */
const info = 30;

/**
 * A log file in the state folder; a log that cannot be kept stops nobody. Each command is noted, which must not cost
 * it what pino needs to be loaded: the line is the one that pino would write. Pino itself comes with the first trouble,
 * and so do the secrets that it must not hold.
 */
export function makeLog(folder: string, secrets: () => readonly string[] | Promise<readonly string[]>): Log {
  const file = join(folder, 'bindeled.log');
  let opened: Promise<Logger | undefined> | undefined;
  const open = async (): Promise<Logger | undefined> => {
    const [{ pino }, { makeLogger }] = await Promise.all([import('pino'), import('./logger.ts')]);
    const known = await secrets();
    try {
      makeFolders(folder);
      rotateLog(file);
      const line = pino.destination({ dest: file, sync: true, mode: 0o600 });
      // A disk that fills up later must not end the program that is just saying so.
      line.on('error', () => undefined);
      return makeLogger(line, known);
    } catch {
      return undefined;
    }
  };
  const logger = (): Promise<Logger | undefined> => {
    opened ??= open();
    return opened;
  };
  return {
    file,
    note: (what, particulars = {}) => {
      const line = { level: info, time: Date.now(), pid: process.pid, ...particulars, msg: what };
      try {
        makeFolders(folder);
        rotateLog(file);
        appendFileSync(file, `${printableJson(JSON.stringify(line))}\n`, { mode: 0o600 });
      } catch {
        // No room, no right to write: nobody waits for this line.
      }
    },
    trouble: async (what, error) => (await logger())?.error({ err: error }, what),
  };
}
