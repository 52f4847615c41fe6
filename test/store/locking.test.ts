import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checksum } from '../../src/stores/disk/checksummed-line.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { fileLeases } from '../../src/stores/locking/leases.ts';
import { makeLock } from '../../src/stores/locking/lock.ts';
import { backupStore, restoreStore } from '../../src/stores/maintenance/store-admin.ts';
import { registerChild } from '../support/children.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bindeled-sharing-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (compactAfter?: number) => jsonStore({ folder, clock: systemClock, compactAfter });
const [leaseHolder, otherWriter] = ['lease-holder.ts', 'write-and-wait.ts'].map((name) =>
  fileURLToPath(new URL(`children/${name}`, import.meta.url)),
) as [string, string];

/** The first line that a process of its own says; that it ended, where it says nothing. */
const firstWord = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.stdout?.once('data', (text: Buffer) => resolve(String(text).trim()));
    child.once('close', (code) => resolve(`ended without a word, exit code ${code}`));
  });
const start = (script: string, ...given: readonly string[]): ChildProcess =>
  registerChild(spawn(process.execPath, [script, ...given], { stdio: ['ignore', 'pipe', 'inherit', 'ignore'] }));
const end = async (child: ChildProcess): Promise<void> => {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
};

test('who watches is told by the folder itself, not by looking now and then, of what another process wrote, and sees it', async () => {
  const onlooker = await jsonStore({ folder, clock: systemClock, lookEveryMs: 3_600_000 });
  const told = new Promise<void>((resolve) => onlooker.watch(() => resolve()));
  const other = start(otherWriter, folder);
  await firstWord(other);
  await told;
  expect((await onlooker.counts()).products).toBe(1);
  await end(other);
  await onlooker.close();
});

test('what a newer program made of the store is refused by one that runs still, which goes on reading', async () => {
  const store = await open();
  await store.change(async () => numberedChange('kept'));
  const path = join(folder, 'store.json');
  const { manifest } = JSON.parse(await readFile(path, 'utf8'));
  const text = JSON.stringify({ ...manifest, version: 99, generation: manifest.generation + 1 });
  await writeFile(path, `{"checksum":"${checksum(text)}","manifest":${text}}\n`);
  await expect(store.change(async () => numberedChange('refused'))).rejects.toMatchObject({
    kind: 'newer-version',
    place: path,
  });
  expect((await store.counts()).products).toBe(1);
  await store.close();
});

test('an onlooker follows through new snapshots, and a writer decides on what others wrote', async () => {
  const [first, second] = [await open(1), await open(1)];
  for (let number = 0; number < 10; number += 1) {
    await (number % 2 === 0 ? first : second).change(async (now) => {
      expect((await now.counts()).products).toBe(number);
      return numberedChange(`n${number}`);
    });
  }
  await first.change(async () => numberedChange('last'));
  await second.change(async (now) => {
    expect(await now.history({ limit: 20 })).toHaveLength(11);
    return numberedChange('very last');
  });
  await Promise.all([first.close(), second.close()]);
});

test('an open store takes over what was restored under it', async () => {
  const backup = join(folder, 'backup');
  const store = await open();
  await store.change(async () => numberedChange('kept'));
  await backupStore({ folder, clock: systemClock }, backup);
  await store.change(async () => numberedChange('undone'));
  await restoreStore({ folder, clock: systemClock }, backup);
  await store.change(async (now) => {
    expect((await now.productPage({ limit: 9 })).map(({ id }) => id)).toEqual(['kept']);
    return numberedChange('new');
  });
  expect((await store.history({ limit: 9 })).map(({ seq }) => seq)).toEqual([2, 1]);
  await store.close();
});

const leases = (options: { staleMs?: number; unresponsiveMs?: number; heartbeatMs?: number } = {}) =>
  fileLeases({ folder, clock: systemClock, ...options });

test('a lease is one holder’s until it is given back, and says who has it', async () => {
  const lease = await leases().take('sync:dk', 'reading dk');
  expect(lease.held).toBe(true);
  expect(await leases().take('sync:dk', 'too')).toMatchObject({
    held: false,
    by: { doing: 'reading dk', pid: process.pid },
  });
  expect((await leases().take('sync:no', 'other')).held).toBe(true);
  if (lease.held) await lease.release();
  expect(await leases().holder('sync:dk')).toBeUndefined();
  expect((await leases().take('sync:dk', 'again')).held).toBe(true);
});

test('the lease of a process that was killed is free at once', async () => {
  const child = start(leaseHolder, folder);
  await firstWord(child);
  expect(await leases().holder('sync:dk')).toMatchObject({ pid: child.pid, doing: 'waiting to be killed' });
  await end(child);
  expect(await leases().holder('sync:dk')).toBeUndefined();
  expect((await leases().take('sync:dk', 'taking over')).held).toBe(true);
});

test('of several processes that want a lease at the same moment one has it', async () => {
  const children = Array.from({ length: 5 }, () => start(leaseHolder, folder));
  const held = await Promise.all(children.map(firstWord));
  await Promise.all(children.map(end));
  expect(held.sort()).toEqual(['false', 'false', 'false', 'false', 'true']);
});

test('a lease is neither lost nor held for ever when the clock is set back', async () => {
  const child = start(leaseHolder, folder);
  await firstWord(child);
  const file = join(folder, 'leases', (await readdir(join(folder, 'leases')))[0]!);
  const tomorrow = new Date(Date.now() + 86_400_000);
  await utimes(file, tomorrow, tomorrow);
  expect(await leases().take('sync:dk', 'too')).toMatchObject({ held: false });
  await end(child);
  await utimes(file, tomorrow, tomorrow);
  expect((await leases().take('sync:dk', 'after it')).held).toBe(true);
});

test('who slept too long loses the lease and is told', async () => {
  const sleeper = await leases({ heartbeatMs: 20 }).take('sync:dk', 'sleeping');
  const file = join(folder, 'leases', (await readdir(join(folder, 'leases')))[0]!);
  const longAgo = new Date(Date.now() - 3_600_000);
  // The sign of life is set back and looked at in one go, before the next beat.
  const taken = utimes(file, longAgo, longAgo).then(() => leases({ unresponsiveMs: -1 }).take('sync:dk', 'awake'));
  expect((await taken).held).toBe(true);
  if (!sleeper.held) throw new Error('the first lease was not held');
  const { lost } = sleeper;
  await new Promise<void>((resolve) => (lost.aborted ? resolve() : lost.addEventListener('abort', () => resolve())));
  expect(lost.reason).toMatchObject({ name: 'StoreError', kind: 'locked' });
  await sleeper.release();
  expect(await leases().holder('sync:dk')).toMatchObject({ doing: 'awake' });
});

test('who waits for long work loses patience only when it gives no sign of life', async () => {
  const [locks, timeoutMs] = [join(folder, 'locks'), 300];
  const [holder, waiter] = [makeLock(locks), makeLock(locks, { timeoutMs })];
  let waiting: Promise<string> | undefined;
  await holder.hold(async () => {
    waiting = waiter.hold(async () => 'taken');
    waiting.catch(() => undefined);
    const end = performance.now() + 3 * timeoutMs;
    for (let beat = 1; performance.now() < end; beat += 1) await utimes(join(locks, 'write'), beat, beat);
  });
  expect(await waiting).toBe('taken');
  await holder.hold(async () => {
    await expect(waiter.hold(async () => 'taken')).rejects.toMatchObject({ kind: 'locked' });
  });
});
