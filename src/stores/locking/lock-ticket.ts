import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { currentProcess, isProcessAlive } from './process-identity.ts';

const ticketShape = z.lazy(() =>
  z.object({ token: z.string(), pid: z.number(), host: z.string(), started: z.string() }),
);
/** Who holds a lock, or wants to; its token is never used twice. */
export type LockTicket = z.infer<typeof ticketShape>;

/**
 * The ticket in a file; none where it is gone or may not be read. A file that says nothing sensible, as a power cut
 * can leave it, bears a ticket too: nobody's, named after the file, so that it can be taken over like a dead one's.
 */
export function readLockTicket(path: string): LockTicket | undefined {
  try {
    return ticketShape.safeParse(parsed(readFileSync(path, 'utf8'))).data ?? unreadableTicket(path);
  } catch {
    return undefined;
  }
}

const unknownHolder = 'nobody';
const unreadableTicket = (path: string): LockTicket => {
  const { ino, mtimeMs } = statSync(path);
  return { token: `${unknownHolder}-${ino}-${mtimeMs}`, pid: 0, host: unknownHolder, started: '' };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Which file lies there and when it was last touched: changes with every sign of life. Empty where there is none. */
export function heartbeatStamp(path: string): string {
  try {
    const { ino, mtimeMs } = statSync(path);
    return `${ino} ${mtimeMs}`;
  } catch {
    return '';
  }
}

/** The file beside a lock that its holder touches for as long as it holds it. */
export const heartbeatFile = 'beat';

/** Whether the holder of a lock file is dead, asked again and again while waiting for it. */
export type LivenessCheck = (holder: LockTicket, path: string) => boolean;

/**
 * In our own number space the process list decides. Of a holder elsewhere only the signs of life tell: it is dead
 * once they have stood still for `staleMs` while we looked on, by our own steady clock; no clock of another machine,
 * and none that can be set, takes part.
 */
export function makeLivenessCheck(staleMs: number): LivenessCheck {
  const seen = new Map<string, { readonly sign: string; readonly since: number }>();
  return (holder, path) => {
    const alive = isProcessAlive(holder);
    if (alive !== 'unknown') return !alive;
    // Nobody's file gets no signs of life, so one from the future is only a clock that was set back.
    if (holder.host === unknownHolder) return Math.abs(ageOf(path)) > staleMs;
    const sign = [holder.token, heartbeatStamp(path), heartbeatStamp(join(dirname(path), heartbeatFile))].join(' ');
    const before = seen.get(path);
    if (before?.sign === sign) return performance.now() - before.since > staleMs;
    seen.set(path, { sign, since: performance.now() });
    return false;
  };
}

/** Milliseconds since a file was touched; nought where it is gone. */
function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

const dayMs = 24 * 3_600_000;

/** Takes away what dead processes left beside the lock; what cannot be told for dead, after a day. Only under the lock. */
export function removeDeadTickets(folder: string, mine: string): void {
  for (const name of readdirSync(folder)) {
    if (!/^(ticket|claim)-/.test(name) || name.includes(mine)) continue;
    const path = join(folder, name);
    const ticket = readLockTicket(path);
    if (ticket === undefined) continue;
    const alive = isProcessAlive(ticket);
    if (alive === false || (alive === 'unknown' && ageOf(path) > dayMs)) rmSync(path, { force: true });
  }
}

/** The name of another machine that used the lock within a day, as far as its tickets tell. */
export function otherHost(folder: string): string | undefined {
  const nameOf = (host: string): string => host.split('/')[0] ?? host;
  try {
    return readdirSync(folder)
      .filter((name) => name === 'write' || name.startsWith('ticket-'))
      .filter((name) => Math.abs(ageOf(join(folder, name))) < dayMs)
      .map((name) => nameOf(readLockTicket(join(folder, name))?.host ?? unknownHolder))
      .find((host) => host !== unknownHolder && host !== nameOf(currentProcess.host));
  } catch {
    return undefined;
  }
}
