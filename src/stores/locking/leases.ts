import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { instantOf, parseInstant } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Holder, Lease, Leases } from '../../ports/store.ts';
import { StoreError } from '../../ports/store-error.ts';
import { encodeLine, findLine } from '../disk/checksummed-line.ts';
import { replaceFile } from '../disk/durable-file.ts';
import { leasesFolder, locksFolder } from '../disk/file-names.ts';
import { makeFolders } from '../disk/make-folders.ts';
import { codeOf, toStoreError, withFileErrors } from '../file-errors.ts';
import { withLock } from './lock.ts';
import { currentProcess, isProcessAlive } from './process-identity.ts';

export type LeaseOptions = {
  /** The store's folder. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Milliseconds between two signs of life. */
  readonly heartbeatMs?: number;
  /** Milliseconds without one after which a holder on another machine counts as gone. */
  readonly staleMs?: number;
  /** The same for a process of this machine that is still there, and perhaps only stopped or asleep. */
  readonly unresponsiveMs?: number;
};

const shape = z.lazy(() =>
  z.object({
    token: z.string(),
    pid: z.number(),
    host: z.string(),
    started: z.string(),
    user: z.string(),
    doing: z.string(),
    since: z.string(),
  }),
);
type Note = z.infer<typeof shape>;

/**
 * Leases as small files in the store's folder, kept alive by their modification time. A lease whose process is
 * gone, or which has not been kept for long, can be taken over; who lost it that way is told by `lost`.
 */
export function fileLeases(options: LeaseOptions): Leases {
  const { folder, clock, heartbeatMs = 2000 } = options;
  const place = join(folder, leasesFolder);
  const pathOf = (name: string): string => join(place, `${encodeURIComponent(name)}.json`);

  return {
    take: (name, doing) =>
      withLock(join(folder, locksFolder), async () => {
        await withFileErrors(place, 'making the folder of the leases', () => makeFolders(place));
        const path = pathOf(name);
        const standing = readNote(path);
        if (standing !== undefined && isKept(standing, path, options)) return { held: false, by: toHolder(standing) };
        const note = makeNote(doing, clock);
        await replaceFile(path, encodeLine(note).toString());
        return { held: true, ...keepAlive(path, note, heartbeatMs) };
      }),
    holder: async (name) => {
      const note = readNote(pathOf(name));
      return note !== undefined && isKept(note, pathOf(name), options) ? toHolder(note) : undefined;
    },
  };
}

const makeNote = (doing: string, clock: Pick<Clock, 'now'>): Note => ({
  token: randomBytes(8).toString('hex'),
  ...currentProcess,
  user: userName(),
  doing,
  since: clock.now(),
});

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
};

function toHolder({ pid, host, user, doing, since }: Note): Holder {
  const instant = parseInstant(since);
  if (instant === undefined) throw new StoreError('damaged', 'lease', `not a moment: ${since}`);
  return { pid, host: host.split('/')[0] ?? host, user, doing, since: instant };
}

function readNote(path: string): Note | undefined {
  try {
    const line = findLine(readFileSync(path), 0);
    const note = line.kind === 'whole' ? shape.safeParse(JSON.parse(line.body.toString('utf8'))).data : undefined;
    return note ?? { ...nobodysNote, since: instantOf(Math.trunc(statSync(path).mtimeMs)) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw toStoreError(error, path, 'reading a lease');
  }
}

// A damaged lease is taken for somebody's who cannot be named, until it has not been kept for long.
const nobodysNote = { token: '', pid: 0, host: 'unknown', started: '', user: 'unknown', doing: 'unknown' };

/** Whether a lease is somebody's. A clock that was set back makes a sign of life look new, never old. */
function isKept(note: Note, path: string, { staleMs = 30_000, unresponsiveMs = 120_000 }: LeaseOptions): boolean {
  const alive = isProcessAlive(note);
  if (alive === false) return false;
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    if (note.token === nobodysNote.token) return Math.abs(age) < staleMs;
    return age < (alive === 'unknown' ? staleMs : unresponsiveMs);
  } catch {
    return false;
  }
}

function keepAlive(path: string, note: Note, heartbeatMs: number): Omit<Lease, 'held'> {
  const controller = new AbortController();
  const isOurs = (): boolean => readNote(path)?.token === note.token;
  const timer = setInterval(() => {
    const kept = attempt(() => {
      if (!isOurs()) return false;
      utimesSync(path, Date.now() / 1000, Date.now() / 1000);
      return true;
    });
    if (kept) return;
    clearInterval(timer);
    controller.abort(new StoreError('locked', path, 'the lease was taken over or taken away'));
  }, heartbeatMs).unref();
  return {
    lost: controller.signal,
    isHeld: async () => isOurs(),
    release: async () => {
      clearInterval(timer);
      await withFileErrors(path, 'giving back a lease', () => {
        if (isOurs()) rmSync(path, { force: true });
      });
    },
  };
}

const attempt = (work: () => boolean): boolean => {
  try {
    return work();
  } catch {
    return false;
  }
};
