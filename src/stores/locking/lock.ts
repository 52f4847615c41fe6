import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../ports/store-error.ts';
import { makeFolderOnce } from '../disk/durable-file.ts';
import { codeOf, throwIfNoLinks, toStoreError } from '../file-errors.ts';
import { beginTerm, type HeldLock, holdLock, touch } from './held-lock.ts';
import {
  heartbeatStamp,
  type LockTicket,
  makeLivenessCheck,
  readLockTicket,
  removeDeadTickets,
} from './lock-ticket.ts';
import { makeMutex } from './mutex.ts';
import { currentProcess } from './process-identity.ts';

/** The short lock around a write: one writer at a time, over all processes. */
export type Lock = {
  /** Does some work while holding the lock. Rejects with `locked` when a living process will not let go. */
  readonly hold: <Value>(work: (held: HeldLock) => Promise<Value>) => Promise<Value>;
  readonly close: () => void;
};

/** Where a process may die around its work; given only by tests, which kill it there. */
export type LockStep = 'lock-taken' | 'lock-claimed' | 'lock-left';

export type LockOptions = {
  /** Milliseconds to wait for a living holder. */
  readonly timeoutMs?: number;
  /** Milliseconds without a sign of life after which a holder on another machine, or in another container, counts as dead. */
  readonly staleMs?: number;
  readonly onStep?: (step: LockStep) => void;
};

// Who lets go while somebody waits steps back for so long, so that a busy writer does not starve the others.
const yieldMs = 5;

// However often the lock changes hands and its holders give signs of life, whoever waits gets an answer.
const maxTimeouts = 10;

/**
 * A lock file is a hard link to the holder's own ticket, so that it appears with its content or not at all.
 * A dead holder is replaced, at once, by whoever wins the claim file named after the dead ticket: tickets are
 * never used twice, so two who saw the same dead holder cannot both win. Taking over begins a new term.
 */
export function makeLock(folder: string, options: LockOptions = {}): Lock {
  const { timeoutMs = 60_000, staleMs = 30_000, onStep } = options;
  const token = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const lockPath = join(folder, 'write');
  const ticketPath = join(folder, `ticket-${token}`);
  const ticket: LockTicket = { token, ...currentProcess };
  const wantedPath = join(folder, 'wanted');
  const runExclusive = makeMutex();
  const isDead = makeLivenessCheck(staleMs);
  let ready = false;
  let swept = false;
  let yieldUntil = 0;

  const prepare = (): void => {
    if (ready) return;
    makeFolderOnce(folder);
    // Safe on disk before it can become the lock: a power cut must not leave a lock that names nobody.
    writeFileSync(ticketPath, JSON.stringify(ticket), { mode: 0o600, flush: true });
    ready = true;
  };
  const link = (path: string, tries = 1): boolean => {
    try {
      linkSync(ticketPath, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throwIfNoLinks(error, path);
      if (codeOf(error) !== 'ENOENT') throw error;
      // Somebody cleared the ticket away, or the whole folder.
      ready = false;
      if (tries === 0) throw error;
      prepare();
      return link(path, tries - 1);
    }
  };
  /** Whether the right to replace a dead holder's lock is ours. A claimant that died passes the right on. */
  const claim = (dead: LockTicket, depth = 0): boolean => {
    const path = join(folder, `claim-${dead.token}`);
    if (link(path)) return true;
    const claimant = readLockTicket(path);
    if (claimant === undefined || depth > 8 || !isDead(claimant, path)) return false;
    return claim(claimant, depth + 1);
  };
  const takeOver = (dead: LockTicket): boolean => {
    if (!claim(dead)) return false;
    onStep?.('lock-claimed');
    const still = readLockTicket(lockPath)?.token === dead.token;
    if (still) {
      const fresh = `${ticketPath}.link`;
      beginTerm(folder);
      if (!link(fresh)) throw new StoreError('locked', lockPath, 'the lock is being taken over');
      touch(fresh);
      renameSync(fresh, lockPath);
    }
    rmSync(join(folder, `claim-${dead.token}`), { force: true });
    return still;
  };
  const attempt = (): LockTicket | 'taken' | undefined => {
    prepare();
    if (link(lockPath)) {
      // The ticket is as old as its process: from now on its time is a sign of life.
      touch(lockPath);
      return 'taken';
    }
    const holder = readLockTicket(lockPath);
    // Ours from before, when it could not be taken away.
    if (holder?.token === token) return 'taken';
    if (holder === undefined || !isDead(holder, lockPath)) return holder;
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
    const begun = performance.now();
    let start = begun;
    let lastSign = '';
    if (start < yieldUntil) await pause(yieldUntil - start);
    for (let tries = 0; ; tries += 1) {
      const outcome = trying(lockPath, attempt);
      if (outcome === 'taken') return;
      // Long work gives signs of life: the time limit is for work that gives none.
      const sign = heartbeatStamp(lockPath);
      if (sign !== lastSign) start = performance.now();
      lastSign = sign;
      const now = performance.now();
      if (now - start > timeoutMs || now - begun > maxTimeouts * timeoutMs) throw heldByAnother(lockPath, outcome);
      if (tries === 3) trying(wantedPath, () => writeFileSync(wantedPath, ''));
      await pause(Math.min(20, 0.5 * (tries + 1)) * (0.5 + Math.random()));
    }
  };
  return {
    hold: (work) =>
      runExclusive(async () => {
        await acquire();
        const { held, stop } = holdLock(folder, { lockPath, token, heartbeatMs: staleMs / 10 });
        try {
          onStep?.('lock-taken');
          if (!swept) ignoreFileErrors(() => removeDeadTickets(folder, token));
          swept = true;
          return await work(held);
        } finally {
          stop();
          release();
          onStep?.('lock-left');
        }
      }),
    close: () => {
      ready = false;
      ignoreFileErrors(() => rmSync(ticketPath, { force: true }));
    },
  };
}

/** Does one piece of work under the lock, of which nothing stays behind. */
export async function withLock<Value>(folder: string, work: (held: HeldLock) => Promise<Value>): Promise<Value> {
  const lock = makeLock(folder);
  try {
    return await lock.hold(work);
  } finally {
    lock.close();
  }
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
