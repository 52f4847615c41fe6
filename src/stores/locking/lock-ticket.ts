import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isProcessAlive } from './process-identity.ts';

const ticketShape = z.object({ token: z.string(), pid: z.number(), host: z.string(), started: z.string() });
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

/** On this machine the process list decides; for another machine's holder only its last sign of life can. */
export function isDead(holder: LockTicket, path: string, staleMs: number): boolean {
  const alive = isProcessAlive(holder);
  if (alive !== 'unknown') return !alive;
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    // Nobody gives signs of life, so one from the future is only a clock that was set back.
    return (holder.host === unknownHolder ? Math.abs(age) : age) > staleMs;
  } catch {
    return false;
  }
}

/** Takes away what dead processes left beside the lock. */
export function removeDeadTickets(folder: string, mine: string, staleMs: number): void {
  for (const name of readdirSync(folder)) {
    if (name === 'write' || name === 'wanted' || name.includes(mine)) continue;
    const path = join(folder, name);
    const ticket = readLockTicket(path);
    if (ticket !== undefined && isDead(ticket, path, staleMs)) rmSync(path, { force: true });
  }
}
