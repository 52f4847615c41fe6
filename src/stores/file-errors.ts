import { accessSync, constants, statfsSync } from 'node:fs';
import { constants as system } from 'node:os';
import { StoreError, type StoreErrorKind } from '../ports/store-error.ts';

const kinds: Readonly<Record<string, StoreErrorKind>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
  EROFS: 'read-only',
  EACCES: 'no-access',
  EPERM: 'no-access',
  ENOENT: 'missing',
  ENOTDIR: 'no-folder',
  EISDIR: 'damaged',
};

/** The system's own word for what went wrong (`ENOSPC`), where the error carries one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Node knows no name for some of them (EDQUOT, ENOLCK, ESTALE), and hands on their number.
  if (error.code !== 'UNKNOWN' || !('errno' in error)) return error.code;
  return Object.entries(system.errno).find(([, number]) => number === Math.abs(Number(error.errno)))?.[0] ?? error.code;
}

/** What a file system answers that cannot be made to write down what it was given. */
const cannotSync: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
const isSync = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && /^f(?:data)?sync$/.test(String(error.syscall));

/** Trouble with a file, by what somebody can do about it. A `StoreError` passes as it is. */
export function toStoreError(error: unknown, place: string, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const said = code ?? (error instanceof Error ? error.message : String(error));
  if (isSync(error) && cannotSync.includes(code)) return new StoreError('no-sync', place, `${doing}: ${said}`, error);
  return new StoreError(kinds[code ?? ''] ?? 'disk', place, `${doing}: ${said}`, error);
}

/**
 * Why a folder can only be read, where the whole disk is so or has no room left, not even for a file; nothing where it may
 * be written, or that is not known.
 */
export function whyNoChanges(folder: string): StoreError | undefined {
  try {
    accessSync(folder, constants.W_OK);
    return isFull(folder) ? new StoreError('disk-full', folder, 'looking at the store: ENOSPC') : undefined;
  } catch (error) {
    return codeOf(error) === 'EROFS' ? toStoreError(error, folder, 'looking at the store') : undefined;
  }
}

/** Some file systems count neither blocks nor files, and say nought of all. */
function isFull(folder: string): boolean {
  const { blocks, bfree, bavail, files, ffree } = statfsSync(folder);
  const left = process.getuid?.() === 0 ? bfree : bavail;
  return (blocks > 0 && left === 0) || (files > 0 && ffree === 0);
}

/** A folder could not be made. Where a file is in the way, or no folder can be there, nothing is missing that could be put back. */
export function toFolderError(error: unknown, folder: string): StoreError {
  const code = codeOf(error) ?? '';
  return ['ENOENT', 'ENOTDIR', 'EEXIST'].includes(code)
    ? new StoreError('no-folder', folder, code, error)
    : toStoreError(error, folder, 'making the folder of the store');
}

/** Does some work on a file and turns what it throws into a `StoreError` that names the file. */
export async function withFileErrors<Value>(
  place: string,
  doing: string,
  work: () => Promise<Value> | Value,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error, place, doing);
  }
}

/** What file systems answer that give a file no second name: exFAT, FAT, some network drives. */
const noLinks: readonly (string | undefined)[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'];

/** Throws where a hard link to a file of our own was refused for what the file system is, and not for who asks. */
export function throwIfNoLinks(error: unknown, place: string): void {
  const code = codeOf(error);
  if (noLinks.includes(code)) throw new StoreError('no-hard-links', place, `taking the lock: ${code}`, error);
}
