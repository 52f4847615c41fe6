import { existsSync } from 'node:fs';
import { link, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WhyNotNew } from '../../ports/store-engine.ts';
import { StoreError } from '../../ports/store-error.ts';
import { copyDurably, makeFolder, makeStoreFolder, syncFolder } from '../disk/durable-file.ts';
import { historyFolder, isGenerationFile, journalName } from '../disk/file-names.ts';
import { codeOf, withFileErrors } from '../file-errors.ts';
import { confirmedName } from '../generation/confirmed-note.ts';
import { type Generation, loadGeneration } from '../generation/generation.ts';
import { closeJournal } from '../generation/journal.ts';
import { type Manifest, manifestName, storeVersion } from '../generation/manifest.ts';
import type { HeldLock } from '../locking/held-lock.ts';
import type { Lock } from '../locking/lock.ts';
import { makeTables } from '../tables/tables.ts';
import { removeOldGenerations, writeGeneration } from './compaction.ts';

/** The manifest before there is one. */
export const noManifest: Manifest = {
  format: 'bindeled-store',
  version: storeVersion,
  generation: 0,
  snapshot: { file: '', bytes: 0, lines: 0 },
  journal: '',
  history: [],
  lastSeq: 0,
};

/** Opens the store in a folder, makes it where there is none, and brings an older version's files up to date. */
export async function openGeneration(folder: string, lock: Lock, whyNotNew?: WhyNotNew): Promise<Generation> {
  const found = (await loadGeneration(folder)) ?? (await madeMeanwhile(folder, whyNotNew));
  if (found?.manifest.version === storeVersion) return found;
  if (found !== undefined) closeJournal(found.journal);
  await makeStoreFolder(folder);
  await lock.hold((held) => makeOrUpgrade(folder, held));
  return loaded(folder, await loadGeneration(folder));
}

/** Where a store must not begin by itself, another may have made it since it was looked for. */
async function madeMeanwhile(folder: string, whyNotNew?: WhyNotNew): Promise<Generation | undefined> {
  const refusal = whyNotNew?.();
  if (refusal === undefined) return undefined;
  if (existsSync(folder)) await refuseHalfAStore(folder);
  const made = await loadGeneration(folder);
  if (made === undefined) throw refusal;
  return made;
}

async function makeOrUpgrade(folder: string, held: HeldLock): Promise<void> {
  const found = await loadGeneration(folder);
  if (found === undefined) {
    await refuseHalfAStore(folder);
    await writeGeneration(folder, { manifest: noManifest, tables: makeTables(), lastSeq: 0 }, held);
    return;
  }
  try {
    if (found.manifest.version === storeVersion) return;
    await keepBeside(folder, found.manifest);
    await removeOldGenerations(folder, await writeGeneration(folder, found, held));
  } finally {
    closeJournal(found.journal);
  }
}

/** Records without a manifest are a store that lost it, and not an empty warehouse. */
async function refuseHalfAStore(folder: string): Promise<void> {
  const names = await withFileErrors(folder, 'looking into the folder', () => readdir(folder));
  for (const name of names.filter(isGenerationFile)) {
    const { size } = await withFileErrors(join(folder, name), 'looking at the file', () => stat(join(folder, name)));
    // The very first files are empty, and left so by who died while making them.
    if (size === 0 || name === confirmedName(journalName(1))) continue;
    throw new StoreError('missing', join(folder, manifestName), `the manifest is gone, but ${name} is there`);
  }
}

/** Keeps the files of an older version in a folder of their own beside the new ones. */
async function keepBeside(folder: string, { version, snapshot, journal, history }: Manifest): Promise<void> {
  const kept = join(folder, `before-version-${storeVersion}-from-${version}`);
  await withFileErrors(kept, 'keeping the old files', async () => {
    await makeFolder(join(kept, historyFolder));
    const files = [snapshot.file, journal, ...history.map(({ file }) => join(historyFolder, file))];
    for (const file of files) await sameFile(join(folder, file), join(kept, file));
    await copyDurably(join(folder, manifestName), join(kept, manifestName));
    await syncFolder(join(kept, historyFolder));
    await syncFolder(kept);
  });
}

/** A second name for a file that nobody changes any more, or a copy where the file system knows no second names. */
async function sameFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') await copyDurably(from, to);
  }
}

function loaded(folder: string, generation: Generation | undefined): Generation {
  if (generation === undefined) throw new StoreError('missing', join(folder, manifestName), 'the manifest is gone');
  return generation;
}
