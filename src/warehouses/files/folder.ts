import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { maxFileBytes } from '../../files/decode-text.ts';

/** One file that may be read: where it lies, and when it was last written. */
export type StockFile = {
  readonly path: string;
  readonly name: string;
  readonly modifiedMs: number;
  readonly bytes: number;
};

/** Where files lie that have been taken in. */
export const takenFolder = 'taken';

const endings = new Set(['.csv', '.txt', '.json']);

async function described(path: string): Promise<StockFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  return { path, name: basename(path), modifiedMs: Math.round(found.mtimeMs), bytes: found.size };
}

const byAge = (a: StockFile, b: StockFile): number => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1);

/**
 * The stock files of a folder, the oldest first, or the one file that was named. What is hidden is none, nor what Excel
 * lays beside an open file (`~$lager.csv`). Rejects where there is no such place.
 */
export async function stockFiles(address: string): Promise<readonly StockFile[]> {
  if ((await stat(address)).isFile()) return [await described(address)].filter((file) => file !== undefined);
  const names = (await readdir(address)).filter(
    (name) => !/^(?:\.|~\$)/.test(name) && endings.has(extname(name).toLowerCase()),
  );
  const files = await Promise.all(names.map((name) => described(join(address, name))));
  return files.filter((file) => file !== undefined).sort(byAge);
}

/** Whether a file has lain still long enough to be whole. */
export const isAtRest = (file: StockFile, nowMs: number, restMs: number): boolean =>
  file.bytes > 0 && Math.abs(nowMs - file.modifiedMs) >= restMs;

/** The bytes of a file; nothing where it is too large or was written to meanwhile. */
export async function readStockFile(file: StockFile): Promise<Uint8Array | 'too-large' | 'in-motion'> {
  if (file.bytes > maxFileBytes) return 'too-large';
  // Without waiting: a pipe that nobody writes to would hang here for ever.
  const handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = await handle.readFile();
    const after = await handle.stat();
    return after.size === file.bytes && Math.round(after.mtimeMs) === file.modifiedMs ? bytes : 'in-motion';
  } finally {
    await handle.close();
  }
}

/** Moves a file aside as it was read; one that was written anew meanwhile stays, to be read again. */
export async function setAside(file: StockFile): Promise<void> {
  const now = await described(file.path);
  if (now === undefined || now.modifiedMs !== file.modifiedMs || now.bytes !== file.bytes) return;
  const folder = join(dirname(file.path), takenFolder);
  await mkdir(folder, { recursive: true });
  const taken = (await described(join(folder, file.name))) !== undefined;
  const ending = extname(file.name);
  const name = taken ? `${file.name.slice(0, -ending.length)}.${file.modifiedMs}${ending}` : file.name;
  await rename(file.path, join(folder, name));
}
