import { type FSWatcher, watch } from 'node:fs';

/**
 * Calls `look` soon after anything in a folder changed, and now and then in any case, since some file systems
 * tell nobody. Keeps no process alive. Returns the way to stop.
 */
export function watchFolder(folder: string, everyMs: number, look: () => void): () => void {
  let soon: NodeJS.Timeout | undefined;
  const lookSoon = (): void => {
    if (soon !== undefined) return;
    soon = setTimeout(() => {
      soon = undefined;
      look();
    }, 15).unref();
  };
  const slowly = setInterval(look, everyMs).unref();
  const watcher = watchIfPossible(folder, lookSoon);
  return () => {
    clearInterval(slowly);
    clearTimeout(soon);
    watcher?.close();
  };
}

// Without a watcher (too many in use, or a file system that has none) the slow look is all there is, and enough.
function watchIfPossible(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
