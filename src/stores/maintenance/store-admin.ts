import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreCounts } from '../../ports/store.ts';
import { StoreError, type StoreWarning } from '../../ports/store-error.ts';
import { removeOldGenerations, writeGeneration } from '../compaction/compaction.ts';
import { keepSinceOf, usualMonths } from '../compaction/keep-since.ts';
import { copyDurably, makeFolder, syncFolder } from '../disk/durable-file.ts';
import { historyFolder } from '../disk/file-names.ts';
import { withFileErrors } from '../file-errors.ts';
import { confirmedName } from '../generation/confirmed-note.ts';
import { type Generation, loadGeneration } from '../generation/generation.ts';
import { closeJournal } from '../generation/journal.ts';
import { type Manifest, manifestName, readManifest } from '../generation/manifest.ts';
import { countHistory } from '../history/history-check.ts';
import { allEvents } from '../history/history-events.ts';
import { writeSegments } from '../history/history-write.ts';
import { countAll } from '../queries/reader.ts';
import { locked, replaceStore, type StoreFolder } from './replace-store.ts';
import { sharedFolder } from './shared-folder.ts';
import { storeWarnings } from './size-warnings.ts';

/** What a store is made of, and whether all of it is right. */
export type StoreCheck =
  | { readonly ok: true; readonly found: StoreFindings }
  | { readonly ok: false; readonly trouble: StoreError };
export type StoreFindings = {
  readonly version: number;
  readonly generation: number;
  readonly counts: StoreCounts;
  readonly events: number;
  /** Bytes of the snapshot, of the journal since, and of the history. */
  readonly bytes: { readonly snapshot: number; readonly journal: number; readonly history: number };
  readonly warnings: readonly StoreWarning[];
};

/** Reads everything, every line of the history too, and says what is wrong first; changes nothing and never throws for damage. */
export async function checkStore({ folder }: StoreFolder): Promise<StoreCheck> {
  try {
    return { ok: true, found: await reading(folder, (store) => findingsOf(folder, store)) };
  } catch (error) {
    if (error instanceof StoreError) return { ok: false, trouble: error };
    throw error;
  }
}

/**
 * Copies the store as it is now into a folder that must be empty or not there; answers `undefined` where it is
 * neither. Others read on meanwhile, and who writes waits.
 */
export async function backupStore(
  store: StoreFolder,
  target: string,
): Promise<{ readonly folder: string; readonly findings: StoreFindings } | undefined> {
  const { folder } = store;
  await requireStore(folder);
  if (!(await isEmpty(target))) return undefined;
  try {
    // Under the lock no file is taken away, and the journal ends with a whole line.
    await lockedIfWritable(folder, () => copyStore(folder, target));
    const findings = await reading(target, (copy) => findingsOf(target, copy));
    return { folder: target, findings };
  } catch (error) {
    // Half a copy is none, and would be in the way of the next. The folder was empty.
    for (const name of await readdir(target).catch(() => []))
      await rm(join(target, name), { recursive: true, force: true });
    throw error;
  }
}

/** Whether a store has outgrown its kind, told from the sizes of its files and how many integrations it holds. */
export async function outgrown({ folder }: StoreFolder, integrations: number): Promise<readonly StoreWarning[]> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return [];
  const path = join(folder, manifest.journal);
  const { size } = await withFileErrors(path, 'looking at the journal', () => stat(path));
  return [
    ...storeWarnings({ integrations, bytes: { snapshot: manifest.snapshot.bytes, journal: size } }),
    ...sharedFolder(folder),
  ];
}

/**
 * Puts a backup in the place of what is there, which is kept in a folder beside it. The backup is read and checked
 * whole before anything is written. Works also when what is there is damaged or gone.
 */
export async function restoreStore(
  store: StoreFolder,
  backup: string,
): Promise<{ readonly kept?: string; readonly findings: StoreFindings }> {
  const kept = await reading(backup, (from) =>
    replaceStore(store, from, (generation, held) => {
      const work = { folder: store.folder, generation, watch: { onLine: held.refresh } };
      return writeSegments(work, 1, allEvents(backup, from));
    }),
  );
  const findings = await reading(store.folder, (now) => findingsOf(store.folder, now));
  return { kept, findings };
}

/**
 * Writes a new snapshot, empties the journal, and lets history go that is older than so many months; none where the
 * clock cannot be right, and then a warning says so.
 */
export async function compactStore(
  { folder, clock }: StoreFolder,
  keepMonths = usualMonths,
): Promise<{ readonly before: StoreFindings; readonly after: StoreFindings }> {
  await requireStore(folder);
  const { before, warnings } = await locked(folder, (held) =>
    reading(folder, async (now) => {
      const found = await findingsOf(folder, now);
      const kept = await keepSinceOf(now, { folder, clock: clock.now(), keepMonths });
      const { keepSince } = kept;
      await removeOldGenerations(folder, await writeGeneration(folder, now, { ...held, keepSince }));
      return { before: found, warnings: 'warning' in kept && kept.warning !== undefined ? [kept.warning] : [] };
    }),
  );
  const after = await reading(folder, (now) => findingsOf(folder, now));
  return { before, after: { ...after, warnings: [...after.warnings, ...warnings] } };
}

/** Opens a store to read it whole, and closes it whatever happens. */
export async function reading<Value>(folder: string, work: (store: Generation) => Promise<Value>): Promise<Value> {
  const store = await loadGeneration(folder);
  if (store === undefined) throw new StoreError('missing', join(folder, manifestName), 'there is no store here');
  try {
    return await work(store);
  } finally {
    closeJournal(store.journal);
  }
}

/** Counts and sizes of a store that has been read, and its history read line by line. */
export async function findingsOf(folder: string, store: Generation): Promise<StoreFindings> {
  const { manifest, journal, tables } = store;
  const counts = countAll(tables);
  const events = await countHistory(folder, store);
  const bytes = {
    snapshot: manifest.snapshot.bytes,
    journal: journal.place.bytes,
    history: manifest.history.reduce((sum, segment) => sum + segment.bytes, 0),
  };
  const warnings = [...storeWarnings({ integrations: counts.integrations, bytes }), ...sharedFolder(folder)];
  return { version: manifest.version, generation: manifest.generation, counts, events, bytes, warnings };
}

async function requireStore(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new StoreError('missing', join(folder, manifestName), 'there is no store here');
  return manifest;
}

/** On a disk that is read-only or full there is no lock to be had, and nobody who writes: the copy is read through at its end. */
async function lockedIfWritable(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await locked(folder, work);
  } catch (error) {
    const isNoLock = error instanceof StoreError && (error.kind === 'read-only' || error.kind === 'disk-full');
    if (!isNoLock || !error.place.startsWith(folder)) throw error;
    await work();
  }
}

async function copyStore(folder: string, target: string): Promise<void> {
  const manifest = await requireStore(folder);
  const past = manifest.history.map(({ file }) => join(historyFolder, file));
  await withFileErrors(target, 'writing the backup', async () => {
    await makeFolder(join(target, historyFolder));
    for (const file of [
      manifest.snapshot.file,
      manifest.journal,
      confirmedName(manifest.journal),
      ...past,
      manifestName,
    ]) {
      await copyDurably(join(folder, file), join(target, file));
    }
    await syncFolder(join(target, historyFolder));
    await syncFolder(target);
  });
}

async function isEmpty(target: string): Promise<boolean> {
  const names = await withFileErrors(target, 'looking into the folder', async () => {
    await makeFolder(target);
    return readdir(target);
  });
  return names.length === 0;
}
