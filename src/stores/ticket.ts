import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive } from './living.ts';

const ticketShape = z.object({ token: z.string(), pid: z.number(), host: z.string(), started: z.string() });
/** Who holds a lock, or wants to; its token is never used twice. */
export type Ticket = z.infer<typeof ticketShape>;

/** The ticket in a file; none where it is gone, or not written yet. */
export function readTicket(path: string): Ticket | undefined {
  try {
    return ticketShape.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** On this machine the process list decides; for another machine's holder only its last sign of life can. */
export function isDead(holder: Ticket, path: string, staleMs: number): boolean {
  const alive = isAlive(holder);
  if (alive !== 'unknown') return !alive;
  try {
    return Date.now() - statSync(path).mtimeMs > staleMs;
  } catch {
    return false;
  }
}

/** Takes away what dead processes left beside the lock. */
export function sweepTickets(folder: string, mine: string, staleMs: number): void {
  for (const name of readdirSync(folder)) {
    if (name === 'write' || name === 'wanted' || name.includes(mine)) continue;
    const path = join(folder, name);
    const ticket = readTicket(path);
    if (ticket !== undefined && isDead(ticket, path, staleMs)) rmSync(path, { force: true });
  }
}
