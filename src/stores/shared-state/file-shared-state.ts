import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SharedState, SharedValue } from '../../ports/shared-state.ts';
import { makeFolderOnce, replaceFile } from '../disk/durable-file.ts';
import { sharedFolder } from '../disk/file-names.ts';
import { codeOf, withFileErrors } from '../file-errors.ts';

const ending = '.json';

/** A file a value in the store's folder. Its age is the file's, and it is replaced whole. */
export function fileSharedState(folder: string): SharedState {
  const place = join(folder, sharedFolder);
  const pathOf = (key: string): string => join(place, `${encodeURIComponent(key)}${ending}`);

  const read = (name: string): SharedValue | undefined => {
    try {
      const { mtimeMs } = statSync(join(place, name));
      const value: unknown = JSON.parse(readFileSync(join(place, name), 'utf8'));
      const ageMs = Math.max(0, Math.round(Date.now() - mtimeMs));
      return { key: decodeURIComponent(name.slice(0, -ending.length)), value, ageMs };
    } catch (error) {
      // Taken away since the folder was read, or damaged: it is put anew before long.
      if (error instanceof SyntaxError || error instanceof URIError || codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  };

  return {
    put: (key, value) =>
      withFileErrors(place, 'writing what is shared', async () => {
        makeFolderOnce(place);
        await replaceFile(pathOf(key), JSON.stringify(value));
      }),
    list: (prefix) =>
      withFileErrors(place, 'reading what is shared', () => {
        const from = encodeURIComponent(prefix);
        return namesIn(place)
          .filter((name) => name.startsWith(from) && name.endsWith(ending))
          .flatMap((name) => read(name) ?? []);
      }),
    remove: (key) => withFileErrors(place, 'taking away what is shared', () => rm(pathOf(key), { force: true })),
  };
}

const namesIn = (place: string): readonly string[] => {
  try {
    return readdirSync(place);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
};
