import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process so that it cannot be taken for a later one with the same number. */
export type ProcessIdentity = {
  readonly pid: number;
  /** The machine, and where there are several, the space in which process numbers count. */
  readonly host: string;
  /** When it started: which run of the machine, and the kernel's own count in it; empty where the system does not tell. */
  readonly started: string;
};

const readOr = (path: string, otherwise: string): string => {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return otherwise;
  }
};
let runOfMachine: string | undefined;

const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    // After a restart the same process numbers start at the same ticks again.
    runOfMachine ??= readOr('/proc/sys/kernel/random/boot_id', '');
    return ticks === undefined ? '' : `${runOfMachine} ${ticks}`;
  } catch {
    return '';
  }
};
const numberSpace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '';
  }
};
const isZombie = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
};

let host: string | undefined;
let started: string | undefined;
/** Looked up when something is to be held: who only reads needs it not. */
export const currentProcess: ProcessIdentity = {
  pid: process.pid,
  get host() {
    host ??= [hostname(), numberSpace()].join('/');
    return host;
  },
  get started() {
    started ??= startOf(process.pid);
    return started;
  },
};

const runOf = (started: string): string => started.split(' ')[0] ?? '';

/**
 * Whether a process lives. `unknown` where machine, run of the machine or number space is another than ours: the
 * process list proves nothing there (two machines of one name number their first spaces alike), only a heartbeat.
 */
export function isProcessAlive({ pid, host, started }: ProcessIdentity): boolean | 'unknown' {
  if (host !== currentProcess.host || runOf(started) !== runOf(currentProcess.started)) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not allowed to signal it means that it is there, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (isZombie(pid)) return false;
  const start = startOf(pid);
  return start === '' || started === '' || start === started;
}
