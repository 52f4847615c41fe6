import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../ports/store-error.ts';
import { codeOf, toStoreError } from '../file-errors.ts';
import { isDead, type LockTicket, readLockTicket, removeDeadTickets } from './lock-ticket.ts';
import { makeMutex } from './mutex.ts';
import { currentProcess } from './process-identity.ts';

/** The short lock around a write: one writer at a time, over all processes on this machine. */
export type Lock = {
  /** Does some work while holding the lock. Rejects with `locked` when a living process will not let go. */
  readonly hold: <Value>(work: (held: HeldLock) => Promise<Value>) => Promise<Value>;
  readonly close: () => void;
};
/** `refresh` tells other machines during long work that the holder still lives. */
export type HeldLock = { readonly refresh: () => void };

/** Where a process may die around its work; given only by tests, which kill it there. */
export type LockStep = 'lock-taken' | 'lock-claimed' | 'lock-left';

export type LockOptions = {
  /** Milliseconds to wait for a living holder. */
  readonly timeoutMs?: number;
  /** Milliseconds without a sign of life after which a holder on another machine counts as dead. */
  readonly staleMs?: number;
  readonly onStep?: (step: LockStep) => void;
};

// Who lets go while somebody waits steps back for so long, so that a busy writer does not starve the others.
const yieldMs = 5;

/**
 * A lock file is a hard link to the holder's own ticket, so that it appears with its content or not at all.
 * A dead holder is replaced, at once, by whoever wins the claim file named after the dead ticket: tickets are
 * never used twice, so two who saw the same dead holder cannot both win.
 */
export function makeLock(folder: string, options: LockOptions = {}): Lock {
  const { timeoutMs = 60_000, staleMs = 30_000, onStep } = options;
  const token = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const lockPath = join(folder, 'write');
  const ticketPath = join(folder, `ticket-${token}`);
  const ticket: LockTicket = { token, ...currentProcess };
  const wantedPath = join(folder, 'wanted');
  const runExclusive = makeMutex();
  let ready = false;
  let yieldUntil = 0;

  const prepare = (): void => {
    if (ready) return;
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    // Safe on disk before it can become the lock: a power cut must not leave a lock that names nobody.
    writeFileSync(ticketPath, JSON.stringify(ticket), { mode: 0o600, flush: true });
    ready = true;
  };
  const link = (path: string): boolean => {
    try {
      linkSync(ticketPath, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      // Somebody cleared the folder away: the ticket is written anew at the next try.
      if (codeOf(error) === 'ENOENT') ready = false;
      throw error;
    }
  };
  /** Whether the right to replace a dead holder's lock is ours. A claimant that died passes the right on. */
  const claim = (dead: LockTicket, depth = 0): boolean => {
    const path = join(folder, `claim-${dead.token}`);
    if (link(path)) return true;
    const claimant = readLockTicket(path);
    if (claimant === undefined || depth > 8 || !isDead(claimant, path, staleMs)) return false;
    return claim(claimant, depth + 1);
  };
  const takeOver = (dead: LockTicket): boolean => {
    if (!claim(dead)) return false;
    onStep?.('lock-claimed');
    const still = readLockTicket(lockPath)?.token === dead.token;
    if (still) {
      const fresh = `${ticketPath}.link`;
      linkSync(ticketPath, fresh);
      renameSync(fresh, lockPath);
    }
    rmSync(join(folder, `claim-${dead.token}`), { force: true });
    if (still) removeDeadTickets(folder, token, staleMs);
    return still;
  };
  const attempt = (): LockTicket | 'taken' | undefined => {
    prepare();
    if (link(lockPath)) return 'taken';
    const holder = readLockTicket(lockPath);
    // Ours from before, when it could not be taken away.
    if (holder?.token === token) return 'taken';
    if (holder === undefined || !isDead(holder, lockPath, staleMs)) return holder;
    return takeOver(holder) ? 'taken' : holder;
  };
  // What was done under the lock is done; a lock that cannot be taken away now is used again, or taken away, next time.
  const release = (): void => {
    ignoreFileErrors(() => {
      if (readLockTicket(lockPath)?.token === token) unlinkSync(lockPath);
      if (!existsSync(wantedPath)) return;
      rmSync(wantedPath, { force: true });
      yieldUntil = performance.now() + yieldMs;
    });
  };

  const acquire = async (): Promise<void> => {
    let start = performance.now();
    let lastSign = '';
    if (start < yieldUntil) await pause(yieldUntil - start);
    for (let tries = 0; ; tries += 1) {
      const outcome = trying(lockPath, attempt);
      if (outcome === 'taken') return;
      // Long work gives signs of life: the time limit is for work that gives none.
      const sign = signOfLife(lockPath);
      if (sign !== lastSign) start = performance.now();
      lastSign = sign;
      if (performance.now() - start > timeoutMs) throw heldByAnother(lockPath, outcome);
      if (tries === 3) trying(wantedPath, () => writeFileSync(wantedPath, ''));
      await pause(Math.min(20, 0.5 * (tries + 1)) * (0.5 + Math.random()));
    }
  };
  return {
    hold: (work) =>
      runExclusive(async () => {
        await acquire();
        try {
          onStep?.('lock-taken');
          return await work({ refresh: atMostEvery(1000, () => refresh(lockPath)) });
        } finally {
          release();
          onStep?.('lock-left');
        }
      }),
    close: () => ignoreFileErrors(() => rmSync(ticketPath, { force: true })),
  };
}

const trying = <Value>(path: string, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error, path, 'taking the lock');
  }
};

const ignoreFileErrors = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
};

const heldByAnother = (path: string, holder: LockTicket | undefined): StoreError =>
  new StoreError(
    'locked',
    path,
    (holder?.pid ?? 0) === 0 ? 'held by another process' : `held by process ${holder?.pid}`,
  );

const signOfLife = (path: string): string => {
  try {
    const { ino, mtimeMs } = statSync(path);
    return `${ino} ${mtimeMs}`;
  } catch {
    return '';
  }
};

const atMostEvery = (milliseconds: number, act: () => void): (() => void) => {
  let next = performance.now() + milliseconds;
  return () => {
    if (performance.now() < next) return;
    next = performance.now() + milliseconds;
    act();
  };
};

function refresh(path: string): void {
  const now = Date.now() / 1000;
  try {
    utimesSync(path, now, now);
  } catch (error) {
    throw toStoreError(error, path, 'keeping the lock');
  }
}
