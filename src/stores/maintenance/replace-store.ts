import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { instantOf, millisecondsOf } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CompactionOptions, removeOldGenerations, writeGeneration } from '../compaction/compaction.ts';
import { noManifest } from '../compaction/open-generation.ts';
import { copyDurably, makeFolder, makeStoreFolder, syncFolder } from '../disk/durable-file.ts';
import { historyFolder, isGenerationFile, locksFolder } from '../disk/file-names.ts';
import { withFileErrors } from '../file-errors.ts';
import type { Generation } from '../generation/generation.ts';
import { type Manifest, manifestName } from '../generation/manifest.ts';
import type { HeldLock } from '../locking/held-lock.ts';
import { withLock } from '../locking/lock.ts';

/** The folder of a store, and the time. What `bindeled store …` works on; the store need not be open, and may be. */
export type StoreFolder = { readonly folder: string; readonly clock: Pick<Clock, 'now'> };

/** Writes records and history as a new generation, however broken what was there is, and keeps that beside. */
export async function replaceStore(
  { folder, clock }: StoreFolder,
  records: Pick<Generation, 'tables' | 'lastSeq'>,
  history: (generation: number, held: HeldLock) => ReturnType<NonNullable<CompactionOptions['history']>>,
): Promise<string | undefined> {
  await makeStoreFolder(folder);
  return locked(folder, async (held) => {
    const kept = await keepWhatIsThere(folder, clock);
    const manifest: Manifest = { ...noManifest, generation: await lastGeneration(folder) };
    const written = await writeGeneration(
      folder,
      // Nothing else of the copy: by its own number the files that are the store now would be written over.
      { manifest, tables: records.tables, lastSeq: records.lastSeq },
      { ...held, history: (generation) => history(generation, held) },
    );
    await removeOldGenerations(folder, written);
    return kept;
  });
}

/** Does some work on a store's folder while nobody else writes. */
export const locked = <Value>(folder: string, work: (held: HeldLock) => Promise<Value>): Promise<Value> =>
  withLock(join(folder, locksFolder), work);

/** Copies every file of the store, sound or not, into a folder named after the moment. */
async function keepWhatIsThere(folder: string, clock: Pick<Clock, 'now'>): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => isGenerationFile(name) || name === manifestName);
  if (names.length === 0) return undefined;
  const kept = await unusedName(folder, clock);
  await withFileErrors(kept, 'keeping what was there', async () => {
    await makeFolder(join(kept, historyFolder));
    for (const name of names) await copyDurably(join(folder, name), join(kept, name));
    const past = await readdir(join(folder, historyFolder)).catch(() => []);
    for (const name of past) await copyDurably(join(folder, historyFolder, name), join(kept, historyFolder, name));
    await syncFolder(join(kept, historyFolder));
    await syncFolder(kept);
  });
  return kept;
}

async function unusedName(folder: string, clock: Pick<Clock, 'now'>): Promise<string> {
  for (let later = 0; ; later += 1) {
    const moment = instantOf(millisecondsOf(clock.now()) + later * 1000);
    const name = join(folder, `kept-${moment.slice(0, 19).replaceAll(':', '')}`);
    const there = await stat(name).then(
      () => true,
      () => false,
    );
    if (!there) return name;
  }
}

/** The highest number that any file bears: the next one is new to every process that still looks at the old ones. */
export async function lastGeneration(folder: string): Promise<number> {
  const names = await readdir(folder);
  return Math.max(0, ...names.filter(isGenerationFile).map((name) => Number(name.replace(/\D/g, ''))));
}
