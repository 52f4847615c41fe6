import { readdirSync, rmSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { makeFolders } from '../../stores/disk/make-folders.ts';

/**
 * The folder for what was compiled of this build of the program, in the folder for caches; those of builds before it
 * are taken away. Nothing where none can be had: it must lie where nobody else may write, since what is kept is run.
 */
export function compiledFolder(cacheFolder: string, program: string): string | undefined {
  try {
    const all = join(cacheFolder, 'compiled');
    const own = join(all, Math.round(statSync(program).mtimeMs).toString(36));
    if (makeFolders(own) !== undefined) {
      for (const name of readdirSync(all)) if (join(all, name) !== own) rmSync(join(all, name), { recursive: true });
    }
    const { uid, mode } = statSync(own);
    return uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0 ? own : undefined;
  } catch {
    // Without a home, or on a disk that is full or may not be written.
    return undefined;
  }
}

/**
 * Has Node keep what it compiled of the program, so that the next start need not compile it again. What cannot be kept
 * is not, and nobody minds. `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` are heeded as ever.
 */
export function keepCompiled(cacheFolder: string, program: string): void {
  const own = compiledFolder(cacheFolder, program);
  if (own !== undefined) enableCompileCache(own);
}
