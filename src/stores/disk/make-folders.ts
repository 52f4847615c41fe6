import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with all that is missing above it, for its owner alone; answers the first that was made. Node's own
 * `recursive` goes on for ever where a folder is there and takes no new ones (`/proc`): here that is an error.
 */
export function makeFolders(folder: string, mode = 0o700): string | undefined {
  const place = resolve(folder);
  // Mostly it is there, and to make an error for that takes longer than to look.
  if (isFolder(place)) return undefined;
  const above = dirname(place);
  const first = isFolder(above) || above === place ? undefined : makeFolders(above, mode);
  try {
    mkdirSync(place, { mode });
    return first ?? place;
  } catch (error) {
    // It was there, or another process made it meanwhile.
    if (isFolder(place)) return first;
    throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
