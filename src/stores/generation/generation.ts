import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../ports/store-error.ts';
import { damagedLine, type LineFile } from '../disk/read-lines.ts';
import { toStoreError } from '../file-errors.ts';
import { corruptConstraint } from '../tables/constraints.ts';
import { applyUnchecked, makeTables, type StoreTables } from '../tables/tables.ts';
import {
  closeJournal,
  isInPlace,
  isUnchanged,
  type Journal,
  openJournal,
  readJournal,
  toReadAtOnce,
} from './journal.ts';
import { journalRoot, type Manifest, manifestName, manifestStamp, readManifest } from './manifest.ts';
import { type LineParser, makeLineParser } from './record-lines.ts';
import { closeFile, parseLine, readSnapshot } from './snapshot.ts';

/** A store as read from its files: what they hold, and how far the journal has been read. */
export type Generation = {
  readonly manifest: Manifest;
  /** Tells whether the manifest has been replaced since. */
  readonly stamp: string;
  readonly journal: Journal;
  readonly tables: StoreTables;
  /** The number of the last event. */
  readonly lastSeq: number;
  /** The newest term that a line was written in. */
  readonly term: number;
};

const tries = 20;

/** Reads the whole store; `undefined` where there is none yet. Starts anew when the files are replaced meanwhile. */
export async function loadGeneration(folder: string): Promise<Generation | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await currentManifest(folder);
    if (known === undefined) return undefined;
    const { manifest } = known;
    try {
      return await readAll(folder, known);
    } catch (error) {
      const now = await readManifest(folder);
      if (now?.generation === manifest.generation || attempt === tries) throw error;
    }
  }
}

type KnownManifest = Pick<Generation, 'manifest' | 'stamp'>;

// The stamp is taken first: if the manifest is replaced in between, the worst is that it is read once more.
async function currentManifest(folder: string): Promise<KnownManifest | undefined> {
  if (!existsSync(join(folder, manifestName))) return undefined;
  const stamp = manifestStamp(folder);
  const manifest = await readManifest(folder);
  return manifest && { manifest, stamp };
}

async function readAll(folder: string, { manifest, stamp }: KnownManifest): Promise<Generation> {
  const snapshot = openToRead(join(folder, manifest.snapshot.file));
  const parser = makeLineParser(manifest.version);
  const tables = makeTables();
  let journal: Journal | undefined;
  try {
    journal = openJournal(folder, manifest.journal);
    const onLine = (line: { readonly table: string; readonly rows: readonly unknown[] }): void =>
      applyUnchecked(tables, { put: { [line.table]: line.rows }, drop: {} });
    await readSnapshot(snapshot, manifest.snapshot, { parser, onLine });
    const generation = await follow({ manifest, stamp, journal, tables, lastSeq: manifest.lastSeq, term: 0 }, parser);
    const broken = corruptConstraint(tables);
    if (broken !== undefined) throw new StoreError('damaged', snapshot.path, broken);
    return generation;
  } catch (error) {
    if (journal !== undefined) closeJournal(journal);
    throw error;
  } finally {
    closeFile(snapshot);
  }
}

/** Reads on in the journal and brings the tables up to date with it. */
export async function follow(
  now: Generation,
  parser: LineParser = makeLineParser(now.manifest.version),
  upTo?: number,
): Promise<Generation> {
  const { journal, tables } = now;
  let [last, term, before] = [now.lastSeq, now.term, lastChecksum(now)];
  const read = (body: Buffer, at: { bytes: number; lines: number }, checksum: string): boolean => {
    const line = parseLine(journal.path, at, () => parser.journalLine(body));
    if (line.after !== undefined && line.after !== before) {
      if ((line.term ?? 0) < term) return false;
      throw damagedLine(journal.path, at, 'stands after another line than it was written after');
    }
    before = checksum;
    term = Math.max(term, line.term ?? 0);
    for (const { seq } of line.events) {
      // A line that is gone without a trace, or there twice, shows in the events' numbers.
      if (seq !== last + 1) throw damagedLine(journal.path, at, `event ${seq} stands after event ${last}`);
      last = seq;
    }
    applyUnchecked(tables, line);
    return true;
  };
  const place = await readJournal(journal, read, upTo);
  return { ...now, journal: { ...journal, place }, lastSeq: last, term };
}

/** What the next line of the journal has to name. */
export const lastChecksum = ({ journal, manifest }: Pick<Generation, 'journal' | 'manifest'>): string =>
  journal.place.last?.checksum ?? journalRoot(manifest);

/**
 * The store as it now is, from what is known of it: reads on in the journal, steps over to the next one where
 * another process wrote a snapshot, and reads everything anew only where that is not enough.
 */
export async function catchUp(folder: string, now: Generation): Promise<Generation> {
  const stamp = manifestStamp(folder);
  const holds = isUnchanged(now.journal);
  const isOurs = holds && isInPlace(now.journal);
  if (stamp === now.stamp && isOurs) return follow(now);
  const known = await currentManifest(folder);
  if (known === undefined) throw new StoreError('missing', join(folder, manifestName), 'the manifest is gone');
  const { manifest } = known;
  if (manifest.generation === now.manifest.generation && isOurs) return follow({ ...now, stamp: known.stamp });
  const next = holds ? await advanceToNextJournal(folder, now, known) : undefined;
  if (next !== undefined) return next;
  const loaded = await loadGeneration(folder);
  if (loaded === undefined) throw new StoreError('missing', join(folder, manifestName), 'the manifest is gone');
  closeJournal(now.journal);
  return loaded;
}

/** From the end of one journal to the beginning of the next: the records are the same before and after. */
async function advanceToNextJournal(
  folder: string,
  now: Generation,
  next: KnownManifest,
): Promise<Generation | undefined> {
  const { previous, version } = next.manifest;
  if (version !== now.manifest.version || previous?.generation !== now.manifest.generation) return undefined;
  const end = await follow(now, makeLineParser(version), previous.bytes);
  if (end.journal.place.bytes !== previous.bytes) return undefined;
  const journal = openIfPresent(folder, next.manifest.journal);
  if (journal === undefined) return undefined;
  closeJournal(now.journal);
  return follow({ ...end, ...next, journal });
}

// Gone again already: another snapshot was written since, and everything has to be read anew.
function openIfPresent(folder: string, name: string): Journal | undefined {
  return existsSync(join(folder, name)) ? openJournal(folder, name) : undefined;
}

function openToRead(path: string): LineFile {
  try {
    return { fd: openSync(path, toReadAtOnce), path };
  } catch (error) {
    throw toStoreError(error, path, 'opening the snapshot');
  }
}
