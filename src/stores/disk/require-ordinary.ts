import { statSync } from 'node:fs';
import { StoreError } from '../../ports/store-error.ts';

/** Throws where something else than a file lies there: a pipe that nobody writes to would be waited for without end. */
export function requireOrdinary(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === false)
    throw new StoreError('bad-address', path, found.isDirectory() ? 'it is a folder' : 'it is no ordinary file');
}
