import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import { z } from 'zod';
import { StoreError } from '../../ports/store-error.ts';
import { checksum } from '../disk/checksummed-line.ts';
import { replaceFile } from '../disk/durable-file.ts';
import { requireOrdinary } from '../disk/require-ordinary.ts';
import { codeOf, toStoreError } from '../file-errors.ts';

/** The version of the files that this program writes. A migration leads here from every older one. */
export const storeVersion = 6;

const segment = z.lazy(() =>
  z.object({
    file: z.string(),
    bytes: z.number(),
    events: z.number(),
    fromSeq: z.number(),
    toSeq: z.number(),
    fromAt: z.string(),
    toAt: z.string(),
    /** Over the whole file, so that it is quick to tell whether it still is what was written. Older stores have none. */
    checksum: z.string().optional(),
  }),
);
const shape = z.lazy(() =>
  z.object({
    format: z.literal('bindeled-store'),
    version: z.number().int().min(1),
    /** Counts up with every snapshot. */
    generation: z.number(),
    /** The checksum is over those of its lines, in their order. Older stores have none. */
    snapshot: z.object({ file: z.string(), bytes: z.number(), lines: z.number(), checksum: z.string().optional() }),
    journal: z.string(),
    /** Where the journal before this snapshot ended, so that a reader who is there need not read anew. */
    previous: z.object({ generation: z.number(), bytes: z.number() }).optional(),
    /** Files of past events, oldest first. */
    history: z.array(segment),
    /** The number of the last event before this snapshot. */
    lastSeq: z.number(),
  }),
);

/** Which files make up the store. The one file that is replaced; all others are only written once or appended to. */
export type Manifest = z.infer<typeof shape>;
export type HistorySegment = z.infer<typeof segment>;

export const manifestName = 'store.json';
const wrapper = z.lazy(() => z.object({ checksum: z.string(), manifest: z.unknown() }));

/** What the first line of a journal names as standing before it: the snapshot that the journal goes on from. */
export const journalRoot = ({ generation, snapshot }: Manifest): string =>
  checksum(`${generation} ${snapshot.checksum ?? ''}`);

/** A lowdb adapter that survives a crash: compact, checked by a checksum, replaced whole with fsync. */
const durableAdapter = (path: string, onWritten?: () => void): Adapter<Manifest> => ({
  read: async () => {
    try {
      requireOrdinary(path, 'damaged');
      return parseManifest(path, await readFile(path, 'utf8'));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw toStoreError(error, path, 'reading');
    }
  },
  write: async (manifest) => {
    const text = JSON.stringify(manifest);
    await replaceFile(path, `{"checksum":"${checksum(text)}","manifest":${text}}\n`, onWritten);
  },
});

/** Another text as soon as the manifest has been replaced: asking costs no reading. */
export function manifestStamp(folder: string): string {
  const path = join(folder, manifestName);
  try {
    const { ino, mtimeMs, ctimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
  } catch (error) {
    throw toStoreError(error, path, 'looking at the manifest');
  }
}

const none: Manifest = {
  format: 'bindeled-store',
  version: 0,
  generation: 0,
  snapshot: { file: '', bytes: 0, lines: 0 },
  journal: '',
  history: [],
  lastSeq: 0,
};

/** The manifest of a folder, or `undefined` where there is none yet. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const low = new Low<Manifest>(durableAdapter(join(folder, manifestName)), none);
  await low.read();
  return low.data === none ? undefined : low.data;
}

/** Makes a manifest the one that counts. From the rename on, every process sees the new files. */
export async function writeManifest(folder: string, manifest: Manifest, onWritten?: () => void): Promise<void> {
  const low = new Low<Manifest>(durableAdapter(join(folder, manifestName), onWritten), none);
  low.data = manifest;
  await low.write();
}

function parseManifest(path: string, text: string): Manifest {
  const damaged = (what: string): StoreError => new StoreError('damaged', path, what);
  const outer = wrapper.safeParse(parseJson(text));
  if (!outer.success) throw damaged(`no whole manifest (${text.length} characters)`);
  const version = z.object({ version: z.number() }).safeParse(outer.data.manifest);
  if (checksum(JSON.stringify(outer.data.manifest)) !== outer.data.checksum) throw damaged('the checksum does not fit');
  if (version.success && version.data.version > storeVersion) throw newerVersion(path, version.data.version);
  const manifest = shape.safeParse(outer.data.manifest);
  if (!manifest.success) throw damaged(`not a manifest: ${manifest.error.issues[0]?.path.join('.') ?? 'shape'}`);
  return manifest.data;
}

const newerVersion = (path: string, version: number): StoreError =>
  new StoreError('newer-version', path, `written by version ${version}; this program knows up to ${storeVersion}`);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
