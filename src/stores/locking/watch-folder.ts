import { type FSWatcher, watch } from 'node:fs';

/**
 * Calls `look` soon after anything in a folder changed, and now and then in any case, since some file systems
 * tell nobody. Keeps no process alive. Returns the way to stop.
 */
export function watchFolder(folder: string, everyMs: number, look: () => void): () => void {
  const slowly = setInterval(look, everyMs).unref();
  const stop = onChanges(folder, look);
  return () => {
    clearInterval(slowly);
    stop();
  };
}

/**
 * Calls `look` soon after anything in a folder changed whose name begins like this, where the file system tells.
 * Keeps no process alive. Returns the way to stop.
 */
export function onChanges(folder: string, look: () => void, namePrefix = ''): () => void {
  let soon: NodeJS.Timeout | undefined;
  const lookSoon = (_event: string, name: string | null): void => {
    if (soon !== undefined || (name !== null && !name.startsWith(namePrefix))) return;
    soon = setTimeout(() => {
      soon = undefined;
      look();
    }, 15).unref();
  };
  const watcher = watchIfPossible(folder, lookSoon);
  return () => {
    clearTimeout(soon);
    watcher?.close();
  };
}

// Without a watcher (too many in use, or a file system that has none) the slow look is all there is, and enough.
function watchIfPossible(
  folder: string,
  onChange: (event: string, name: string | null) => void,
): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
