import { readdirSync, rmSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { makeFolders } from '../../stores/disk/make-folders.ts';

/**
 * Has Node keep what it compiled of the program, so that the next start need not compile it again: 30 ms a command.
 * Each build has a folder of its own in the folder for caches; those of builds before it are taken away. What cannot
 * be kept is not, and nobody minds. `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` are heeded as ever.
 */
export function keepCompiled(cacheFolder: string, program: string): void {
  try {
    const all = join(cacheFolder, 'compiled');
    const own = join(all, Math.round(statSync(program).mtimeMs).toString(36));
    if (makeFolders(own) !== undefined) {
      for (const name of readdirSync(all)) if (join(all, name) !== own) rmSync(join(all, name), { recursive: true });
    }
    // What is kept is run: it must lie where nobody else may write.
    const { uid, mode } = statSync(own);
    if (uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0) enableCompileCache(own);
  } catch {
    // Without a home, or on a disk that is full or may not be written, it is compiled anew.
  }
}
