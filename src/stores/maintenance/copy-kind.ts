import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyKind } from '../../ports/store-engine.ts';
import { manifestName } from '../generation/manifest.ts';

const headBytes = 64;

/** What a copy is of, told from its first bytes; nothing where that is not plain, or it cannot be read. */
export function copyKind(path: string): CopyKind | undefined {
  if (existsSync(join(path, manifestName))) return 'json';
  try {
    const head = headOf(path);
    // https://sqlite.org/fileformat.html#magic_header_string
    if (head.startsWith('SQLite format 3\0')) return 'sqlite';
    return /^\s*\{\s*"format"\s*:\s*"bindeled-export"/.test(head) ? 'export' : undefined;
  } catch {
    // What stands in the way is told by whoever was to read it.
    return undefined;
  }
}

function headOf(path: string): string {
  // Without waiting: a pipe that nobody writes to would hang here for ever.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const head = Buffer.alloc(headBytes);
    return head.toString('latin1', 0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}
