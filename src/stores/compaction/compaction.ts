import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../disk/durable-file.ts';
import { historyFolder, isGenerationFile, journalName, snapshotName } from '../disk/file-names.ts';
import { withFileErrors } from '../file-errors.ts';
import { confirmedName, confirmedNote } from '../generation/confirmed-note.ts';
import type { Generation } from '../generation/generation.ts';
import { type HistorySegment, type Manifest, storeVersion, writeManifest } from '../generation/manifest.ts';
import { type LineProgress, snapshotLines, writeLines } from '../generation/snapshot.ts';
import { writeHistory } from '../history/history-write.ts';

/** Where a process may die while a new generation is written; named so that tests can kill it there. */
export type CompactionStep =
  | 'snapshot-half'
  | 'snapshot-written'
  | 'history-half'
  | 'history-written'
  | 'journal-made'
  | 'manifest-written'
  | 'manifest-replaced';
export type CompactionOptions = {
  /** Events before this moment are let go. */
  readonly keepSince?: string;
  readonly onStep?: (step: CompactionStep) => void;
  /** Where the new generation's history comes from, if not from the one before and its journal. */
  readonly history?: (generation: number) => Promise<HistorySegment[]>;
  /** Keeps the lock fresh during long work. */
  readonly refresh: () => void;
  /** Throws where the lock has been lost; asked before the new manifest counts. */
  readonly requireHeld?: () => void;
};

/**
 * Writes all records anew into the next generation's snapshot, moves the journal's events to the history and
 * starts an empty journal. Only under the lock and with everything read. Until the manifest is replaced, the old
 * files are the store; from then on the new ones. Answers the new manifest.
 */
export async function writeGeneration(
  folder: string,
  now: Pick<Generation, 'manifest' | 'tables' | 'lastSeq'> & { readonly journal?: Generation['journal'] },
  { keepSince, onStep, refresh, requireHeld, history: other }: CompactionOptions,
): Promise<Manifest> {
  const generation = now.manifest.generation + 1;
  const file = snapshotName(generation);
  const journal = journalName(generation);
  // Line by line where somebody wants to know when a file is half written, so that it is.
  const watching = (half: CompactionStep): LineProgress => ({
    onLine: (written) => {
      refresh();
      if (written === 1) onStep?.(half);
    },
    unbuffered: onStep !== undefined,
  });
  const written = await writeLines(join(folder, file), snapshotLines(now.tables), watching('snapshot-half'));
  onStep?.('snapshot-written');
  const history = await (other?.(generation) ??
    writeHistory({ folder, ...now, generation, keepSince, watch: watching('history-half') }));
  onStep?.('history-written');
  await writeLines(join(folder, journal), []);
  await withFileErrors(join(folder, journal), 'making the journal', () =>
    writeFile(join(folder, confirmedName(journal)), confirmedNote(0), { mode: 0o600 }),
  );
  await withFileErrors(folder, 'making the new files safe', () => syncFolder(folder));
  onStep?.('journal-made');
  const manifest: Manifest = {
    format: 'bindeled-store',
    version: storeVersion,
    generation,
    snapshot: { file, ...written },
    journal,
    previous: now.journal && { generation: generation - 1, bytes: now.journal.place.bytes },
    history,
    lastSeq: now.lastSeq,
  };
  await writeManifest(folder, manifest, () => {
    onStep?.('manifest-written');
    requireHeld?.();
  });
  onStep?.('manifest-replaced');
  return manifest;
}

/** Takes away files of generations that are over, and such as were begun and never came to count. Only under the lock. */
export async function removeOldGenerations(folder: string, manifest: Manifest): Promise<void> {
  const kept = new Set([manifest.snapshot.file, manifest.journal, confirmedName(manifest.journal)]);
  await withFileErrors(folder, 'clearing old files away', async () => {
    for (const name of await readdir(folder)) {
      const old = (isGenerationFile(name) && !kept.has(name)) || (name.startsWith('.') && name.endsWith('.tmp'));
      if (old) await rm(join(folder, name), { force: true });
    }
    const segments = new Set(manifest.history.map((segment) => segment.file));
    const past = join(folder, historyFolder);
    for (const name of await readdir(past)) if (!segments.has(name)) await rm(join(past, name), { force: true });
  });
}
