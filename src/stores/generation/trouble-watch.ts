import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { toStoreError, whyNoChanges } from '../file-errors.ts';
import { makeTroubleWatchers, type TroubleWatchers } from '../tables/trouble-watchers.ts';
import type { Generation } from './generation.ts';
import { manifestName } from './manifest.ts';

export type TroubleWatch = {
  readonly watch: TroubleWatchers['watch'];
  /** Looks whether the files that were read are still what they were; has them read anew where they may not be. */
  readonly verify: (now: Generation, readAnew: () => Promise<Generation>) => Promise<void>;
  /** Takes the files for what was read, which has just been written or followed. */
  readonly trust: (now: Generation) => void;
  /** What the last look came to; those who watch hear of it when it is another thing than before. */
  readonly looked: (error?: unknown) => void;
};

/** Tells who watches an open store that its files cannot be read any more, and when they can again. */
export function makeTroubleWatch(folder: string): TroubleWatch {
  const { watch, found } = makeTroubleWatchers();
  let trusted = '';
  let refused: { readonly stamp: string; readonly error: unknown } | undefined;
  return {
    watch,
    async verify(now, readAnew) {
      const stamp = stampOf(folder, now);
      if (stamp === trusted) return;
      // What was found damaged is not read again and again, only once it has been changed.
      if (refused?.stamp === stamp) throw refused.error;
      try {
        trusted = stampOf(folder, await readAnew());
        refused = undefined;
      } catch (error) {
        refused = { stamp, error };
        throw error;
      }
    },
    trust(now) {
      refused = undefined;
      try {
        trusted = stampOf(folder, now);
      } catch {
        // The next look meets the same, and tells.
        trusted = '';
      }
    },
    looked(error) {
      found(error === undefined ? whyNoChanges(folder) : toStoreError(error, folder, 'looking at the store'));
    },
  };
}

/** Another text as soon as a file of the store is another or was written to. Throws where one is gone or may not be read. */
function stampOf(folder: string, { manifest, journal }: Generation): string {
  return [manifestName, manifest.snapshot.file, manifest.journal]
    .map((name) => {
      const path = join(folder, name);
      try {
        accessSync(path, constants.R_OK);
        const { ino, mtimeMs, ctimeMs, size } = statSync(path);
        // More than was read: a line that is being written, or that the next look reads.
        return name === manifest.journal && size > journal.place.bytes ? '' : `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
      } catch (error) {
        throw toStoreError(error, path, 'looking at the store');
      }
    })
    .join();
}
