import type { Instant } from '../../domain/ids.ts';
import type { Generation } from '../generation/generation.ts';
import { closeJournal, openJournal } from '../generation/journal.ts';
import { manifestStamp, readManifest } from '../generation/manifest.ts';
import type { HeldLock } from '../locking/held-lock.ts';
import { type CompactionStep, removeOldGenerations, writeGeneration } from './compaction.ts';
import { keepSinceOf } from './keep-since.ts';

type CompactorOptions = {
  readonly folder: string;
  readonly clock: { readonly now: () => Instant };
  readonly keepMonths: number;
  readonly onStep?: (step: CompactionStep | 'swept') => void;
  readonly generation: () => Generation;
  /** Takes the new generation in. */
  readonly replace: (next: Generation) => void;
};

/** Writes a new snapshot once the journal is long: the last of so many bytes, and half of the snapshot. */
export type Compactor = {
  readonly isLong: (afterBytes: number) => boolean;
  /** Only under the lock, with everything read. A disk that is full fails nobody's change. */
  readonly compactIfLong: (held: HeldLock, afterBytes: number) => Promise<void>;
};

export function makeCompactor(options: CompactorOptions): Compactor {
  const { folder, clock, keepMonths, onStep, generation, replace } = options;
  let next = 0;

  const compact = async (held: HeldLock): Promise<void> => {
    const now = generation();
    const { keepSince } = await keepSinceOf(now, { folder, clock: clock.now(), keepMonths });
    const manifest = await writeGeneration(folder, now, { ...held, keepSince, onStep });
    const stamp = manifestStamp(folder);
    const journal = openJournal(folder, manifest.journal);
    closeJournal(now.journal);
    replace({ ...now, manifest, stamp, journal });
    await removeOldGenerations(folder, manifest);
    onStep?.('swept');
  };
  const clearAway = async (): Promise<void> => {
    const manifest = await readManifest(folder).catch(() => undefined);
    if (manifest !== undefined) await removeOldGenerations(folder, manifest).catch(() => undefined);
  };
  const isLong: Compactor['isLong'] = (afterBytes) => {
    const { journal, manifest } = generation();
    return journal.place.bytes >= Math.max(afterBytes, manifest.snapshot.bytes / 2, next);
  };
  return {
    isLong,
    compactIfLong: async (held, afterBytes) => {
      if (!isLong(afterBytes)) return;
      // A disk that is full now must not fail a change that is safe already: try again when the tail has grown.
      next = generation().journal.place.bytes * 1.25;
      try {
        await compact(held);
        next = 0;
      } catch {
        await clearAway();
      }
    },
  };
}
