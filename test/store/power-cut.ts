import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '../../src/demo/seeded-random.ts';

/** What is done to a disk, as far as it tells what a power cut leaves. A file is a number; a name may come to mean another. */
export type DiskOperation =
  | { readonly does: 'folder'; readonly path: string }
  /** A name now means a file, which may have had another name; or none. */
  | { readonly does: 'name'; readonly path: string; readonly file?: number; readonly from?: string }
  | { readonly does: 'write'; readonly file: number; readonly at: number; readonly bytes: string }
  | { readonly does: 'cut'; readonly file: number; readonly to: number }
  | { readonly does: 'sync'; readonly file: number }
  | { readonly does: 'sync-folder'; readonly path: string }
  | { readonly does: 'begin' | 'confirm'; readonly names: readonly string[] };

/** How much of what was not made safe is on the disk all the same. */
export type UnsyncedWrites = 'none' | 'all' | 'some';

const sector = 512;

/**
 * Writes into a folder what a disk holds after a power cut: all that was made safe by then, and of the rest what luck
 * would have it, a sector of a write here and a name there. Stricter than any one file system: names and bytes that
 * were not made safe reach the disk in any order.
 */
export function afterPowerCut(
  operations: readonly DiskOperation[],
  { luck, random }: { readonly luck: UnsyncedWrites; readonly random: Random },
  place: { readonly root: string; readonly to: string },
): void {
  const happens = (): boolean => luck === 'all' || (luck === 'some' && random.chance(0.5));
  const bytes = contents(operations, happens, { luck, random });
  for (const [path, file] of names(operations, happens)) {
    const target = join(place.to, relative(place.root, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes.get(file) ?? Buffer.alloc(0));
  }
}

function contents(
  operations: readonly DiskOperation[],
  happens: () => boolean,
  { luck, random }: { readonly luck: UnsyncedWrites; readonly random: Random },
): ReadonlyMap<number, Buffer> {
  const files = new Map<number, Buffer>();
  for (const [at, operation] of operations.entries()) {
    if (operation.does !== 'write' && operation.does !== 'cut') continue;
    const { file } = operation;
    const isSafe = operations.some((later, place) => place > at && later.does === 'sync' && later.file === file);
    const before = files.get(file) ?? Buffer.alloc(0);
    if (operation.does === 'cut') {
      if (isSafe || happens()) files.set(file, resized(before, operation.to));
      continue;
    }
    const written = Buffer.from(operation.bytes, 'base64');
    if (isSafe) files.set(file, overwritten(before, written, operation.at));
    else if (happens()) {
      const arrived = luck === 'all' ? written : sectorsOf(written, operation.at, random);
      files.set(file, overwritten(before, arrived, operation.at));
    }
  }
  return files;
}

const resized = (bytes: Buffer, to: number): Buffer => Buffer.concat([bytes, Buffer.alloc(to)]).subarray(0, to);
const overwritten = (bytes: Buffer, written: Buffer, at: number): Buffer => {
  const all = resized(bytes, Math.max(bytes.length, at + written.length));
  return Buffer.concat([all.subarray(0, at), written, all.subarray(at + written.length)]);
};

/** A write of which some sectors never reached the disk: they read as nothing but noughts. */
function sectorsOf(written: Buffer, at: number, random: Random): Buffer {
  const torn = Buffer.from(written);
  for (let start = 0; start < torn.length; ) {
    const end = Math.min(torn.length, start + sector - ((at + start) % sector));
    if (random.chance(0.2)) torn.fill(0, start, end);
    start = end;
  }
  return random.chance(0.3) ? torn.subarray(0, random.below(torn.length + 1)) : torn;
}

function names(operations: readonly DiskOperation[], happens: () => boolean): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const [at, operation] of operations.entries()) {
    if (operation.does !== 'name') continue;
    const { path, file, from } = operation;
    const folder = dirname(path);
    const isSafe = operations.some(
      (later, place) => place > at && later.does === 'sync-folder' && later.path === folder,
    );
    if (!isSafe && !happens()) continue;
    if (from !== undefined) known.delete(from);
    if (file === undefined) known.delete(path);
    else known.set(path, file);
  }
  return known;
}
