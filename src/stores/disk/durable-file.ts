import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, toFolderError, toStoreError, withFileErrors } from '../file-errors.ts';
import { makeFolders } from './make-folders.ts';

/** Opens a file that is made by that; nothing where something is there already. Throws a `StoreError`. */
export const openNew = (path: string): Promise<FileHandle | undefined> =>
  open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw toStoreError(error, path, 'writing');
  });

/** What file systems answer that make a folder safe by themselves, or not at all: some network drives, FUSE. */
const noFolderSync: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** Makes a folder's own list of files safe on disk, so that a rename in it outlives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!noFolderSync.includes(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

/** Makes a folder with all that is missing above it, safe on disk from the first folder that was made. */
export async function makeFolder(folder: string): Promise<void> {
  const first = makeFolders(folder);
  if (first === undefined) return;
  const top = resolve(first);
  for (let made = resolve(folder); made.length >= top.length; made = dirname(made)) await syncIfReadable(dirname(made));
}

/** Makes the folder that a store lies in. Throws a `StoreError`. */
export async function makeStoreFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    throw toFolderError(error, folder);
  }
}

// Somebody else's folder above ours may be one that we may pass through and not read.
async function syncIfReadable(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
  }
}

/** Makes a folder, but none above it: a store that was deleted does not come back as an empty one. */
export function makeFolderOnce(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process made it between the look and the making.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Copies a file and makes the copy safe on disk; its name is safe once its folder is. */
export async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file whole or not at all: a temporary file of its own name beside it, fsync, rename, fsync of the
 * folder. `onWritten` is called before the rename.
 */
export async function replaceFile(path: string, text: string, onWritten?: () => void): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  await withFileErrors(path, 'replacing the file', async () => {
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      onWritten?.();
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  });
}
