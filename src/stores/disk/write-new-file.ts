import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileErrors } from '../file-errors.ts';
import { openNew, syncFolder } from './durable-file.ts';

/** Writes pieces of an export into a new file, whole or not at all. Answers false where something is there already. */
export async function writeNewFile(path: string, pieces: AsyncIterable<string>): Promise<boolean> {
  const handle = await openNew(path);
  if (handle === undefined) return false;
  try {
    for await (const piece of pieces) await withFileErrors(path, 'writing the export', () => handle.appendFile(piece));
    await withFileErrors(path, 'making the export safe', () => handle.sync());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await withFileErrors(path, 'making the export safe', () => syncFolder(dirname(path)));
  return true;
}
