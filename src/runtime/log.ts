import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Redact } from '../connectors/secrets/redact.ts';
import { printableJson } from '../domain/printable-json.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';

/** Notes for those who look into trouble later. Nothing is ever shown on the screen. */
export type Log = {
  readonly file: string;
  /** Notes that something was done. What is told of it holds nothing from outside: names and numbers of ours. */
  readonly note: (what: string, particulars?: Readonly<Record<string, string | number>>) => void;
  readonly trouble: (what: string, error: unknown) => Promise<void>;
};

const secretNames = ['key', 'secret', 'token', 'password', 'authorization', 'credentials', 'secrets'];
/** Where secrets would stand in what is noted. */
const secretPaths: readonly string[] = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
const maxLogBytes = 5 * 1024 * 1024;

// One old file is kept beside the new one, so that the log never eats the disk.
const rotateLog = (file: string): void => {
  try {
    if (statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  } catch {
    // No log yet, or somebody else has just turned it over.
  }
};

const foreseen: readonly string[] = ['StoreError', 'ShopError', 'Refusal'];
/** An error as it is noted. Trouble that was foreseen is told in a line; where it came up is for faults of ours. */
const noted =
  (serialize: (error: Error) => object, hide: Redact) =>
  (error: unknown): unknown => {
    if (!(error instanceof Error)) return hiddenIn(error, hide);
    const { name, message } = error;
    return hiddenIn(foreseen.includes(name) ? { type: name, message } : { ...serialize(error), type: name }, hide);
  };

/** How deep what hangs on an error is looked into. */
const maxDepth = 5;

/** A value with every text in it hidden; what is named in it stays as it is. */
function hiddenIn(value: unknown, hide: Redact, depth = 0): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null || depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((one) => hiddenIn(one, hide, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && depth > 0) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hiddenIn(one, hide, depth + 1)]));
}

/** What every log of ours asks of pino. Errors hold what others said: there every secret is hidden, also a mere word. */
export const logOptions = (serialize: (error: Error) => object, hide: Redact) => ({
  redact: { paths: [...secretPaths], censor: '[hidden]' },
  serializers: { err: noted(serialize, hide) },
  base: { pid: process.pid },
});

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
    const [{ pino, stdSerializers }, { redactor }, { unmistakable }] = await Promise.all([
      import('pino'),
      import('../connectors/secrets/redact.ts'),
      import('./unmistakable-secrets.ts'),
    ]);
    const known = await secrets();
    const hide = redactor(unmistakable(known));
    try {
      makeFolders(folder);
      rotateLog(file);
      const line = pino.destination({ dest: file, sync: true, mode: 0o600 });
      // A disk that fills up later must not end the program that is just saying so.
      line.on('error', () => undefined);
      // What a shop wrote reaches who reads the log in a terminal as escapes.
      const cleaned = { write: (text: string) => line.write(printableJson(hide(text))) };
      return pino(logOptions(stdSerializers.err, redactor(known)), cleaned);
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
