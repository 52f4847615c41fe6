import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../ports/store-error.ts';
import { toStoreError } from '../file-errors.ts';
import { heartbeatFile, readLockTicket } from './lock-ticket.ts';

/** What who holds the lock may ask and has to do. */
export type HeldLock = {
  /** Tells other machines during long work, which leaves no time for the heartbeat, that the holder still lives. */
  readonly refresh: () => void;
  /** Whether the lock is still ours: one who gave no sign of life for long has lost it to another machine. */
  readonly isHeld: () => boolean;
  /** Throws `locked` where it is not. To be asked before each write. */
  readonly requireHeld: () => void;
  /** The term that this holder writes in, at least one that is known from elsewhere; higher than that of any before it that lost the lock. */
  readonly termFrom: (known: number) => number;
};

/** The lock as held from now on, with a heartbeat until `stop`. */
export function holdLock(
  folder: string,
  { lockPath, token, heartbeatMs }: { readonly lockPath: string; readonly token: string; readonly heartbeatMs: number },
): { readonly held: HeldLock; readonly stop: () => void } {
  let term = readTerm(folder);
  const isHeld = (): boolean => readLockTicket(lockPath)?.token === token;
  const requireHeld = (): void => {
    if (!isHeld()) throw new StoreError('locked', lockPath, 'another process took the lock meanwhile');
  };
  // Beside the lock and not at it: that the holder lives says nothing of whether its work comes on.
  const beat = setInterval(() => {
    try {
      if (isHeld()) writeFileSync(join(folder, heartbeatFile), token, { mode: 0o600 });
    } catch {
      // Whoever writes next learns from `requireHeld` what is wrong.
    }
  }, heartbeatMs).unref();
  const refresh = (): void => {
    requireHeld();
    try {
      touch(lockPath);
    } catch (error) {
      throw toStoreError(error, lockPath, 'keeping the lock');
    }
  };
  const held: HeldLock = {
    refresh: atMostEvery(1000, refresh),
    isHeld,
    requireHeld,
    termFrom: (known) => {
      if (known > term) {
        term = known;
        writeTerm(folder, term);
      }
      return term;
    },
  };
  return { held, stop: () => clearInterval(beat) };
}

/** Begins the term after the last: whoever loses the lock in the old one writes nothing that counts any more. */
export const beginTerm = (folder: string): void => writeTerm(folder, readTerm(folder) + 1);

/** The number of the term, in a file beside the lock; nought where there was none yet. */
function readTerm(folder: string): number {
  try {
    const term = Number(readFileSync(join(folder, termName), 'latin1'));
    return Number.isSafeInteger(term) && term >= 0 ? term : 0;
  } catch {
    return 0;
  }
}
const writeTerm = (folder: string, term: number): void =>
  writeFileSync(join(folder, termName), String(term), { mode: 0o600 });
const termName = 'term';

export function touch(path: string): void {
  const now = Date.now() / 1000;
  utimesSync(path, now, now);
}

const atMostEvery = (milliseconds: number, act: () => void): (() => void) => {
  let next = performance.now() + milliseconds;
  return () => {
    if (performance.now() < next) return;
    next = performance.now() + milliseconds;
    act();
  };
};
