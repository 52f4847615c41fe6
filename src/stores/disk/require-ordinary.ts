import { statSync } from 'node:fs';
import { StoreError } from '../../ports/store-error.ts';

/**
 * Throws where something else than a file lies there: a pipe that nobody writes to would be waited for without end. `kind`
 * says what that means: usually that another place was meant.
 */
export function requireOrdinary(path: string, kind: 'bad-address' | 'damaged' = 'bad-address'): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === false)
    throw new StoreError(kind, path, found.isDirectory() ? 'it is a folder' : 'it is no ordinary file');
}
