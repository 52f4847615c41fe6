import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instantOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { jsonStoreEngine } from '../../src/stores/json-engine.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { exportToFile } from '../../src/stores/maintenance/export-import.ts';
import { backupStore, restoreStore } from '../../src/stores/maintenance/store-admin.ts';
import { sqliteStoreEngine } from '../../src/stores/sql/sqlite/store-engine.ts';
import { storeErrorLines } from '../../src/views/errors/store-error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';
import { trouble } from './rejected-with.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (at = folder) => jsonStore({ folder: at, clock: systemClock });
const write = (store: Store, name: string) => store.change(async () => numberedChange(name));

/** Mounts a small disk, or says why it cannot be. */
function mountSmallDisk(at: string, size = '256k', files = '1k'): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can mount a small disk';
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},nr_inodes=${files}`, 'tmpfs', at]);
  return made.status === 0 ? undefined : 'this machine lets nobody mount a small disk';
}
const unmount = (at: string): void => void execFileSync('umount', ['-l', at]);

test('a full disk: the change is refused, memory and file stay as they were, and it goes on when there is room', async (context) => {
  const reason = mountSmallDisk(folder);
  if (reason !== undefined) return context.skip(reason);
  try {
    const store = await open();
    await write(store, 'before');
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(220 * 1024));
    let written = 0;
    const filling = async (): Promise<void> => {
      for (; written < 2000; written += 1) await write(store, `n${written}`);
    };
    expect(await trouble(filling())).toMatchObject({ kind: 'disk-full', place: expect.stringContaining('journal-') });
    expect((await store.counts()).products).toBe(written + 1);
    expect(await store.history({ limit: 5000 })).toHaveLength(written + 1);
    rmSync(join(folder, 'ballast'));
    await write(store, 'after');
    await store.close();
    const again = await open();
    expect((await again.counts()).products).toBe(written + 2);
    await again.close();
  } finally {
    unmount(folder);
  }
});

test('an export that does not fit leaves no half of a file, and a backup of nothing makes no folder', async (context) => {
  const disk = mkdtempSync(join(folder, 'disk-'));
  const reason = mountSmallDisk(disk);
  if (reason !== undefined) return context.skip(reason);
  try {
    const at = { folder: join(folder, 'store'), clock: systemClock };
    await expect(backupStore(at, join(folder, 'copy'))).rejects.toMatchObject({ kind: 'missing' });
    expect(readdirSync(folder)).not.toContain('copy');
    const store = await open(at.folder);
    await write(store, 'a');
    await store.close();
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(256 * 1024 - 4096));
    const path = join(disk, 'export.json');
    await write(await open(at.folder), 'long '.repeat(2000));
    expect(await trouble(exportToFile(at, path))).toMatchObject({ kind: 'disk-full', place: path });
    expect(readdirSync(disk)).toEqual(['ballast']);
    const copy = join(disk, 'copy');
    expect(await trouble(backupStore(at, copy))).toMatchObject({ kind: 'disk-full' });
    expect(readdirSync(copy)).toEqual([]);
    const { maintenance } = sqliteStoreEngine(join(folder, 'store.sqlite'), systemClock);
    await maintenance.size();
    const file = join(disk, 'copy.sqlite');
    expect(await trouble(maintenance.backup(file))).toMatchObject({ kind: 'disk-full', place: file });
    expect(readdirSync(disk).toSorted()).toEqual(['ballast', 'copy']);
    rmSync(join(disk, 'ballast'));
    expect(await backupStore(at, copy)).toMatchObject({ folder: copy });
    rmSync(copy, { recursive: true });
    expect(await exportToFile(at, path)).toBe(true);
    expect(await exportToFile(at, path)).toBe(false);
  } finally {
    unmount(disk);
  }
});

test('a copy that is restored again and again never writes over the files that are the store', async () => {
  const at = { folder: join(folder, 'store'), clock: systemClock };
  const store = await open(at.folder);
  await write(store, 'a');
  await store.close();
  const copy = join(folder, 'copy');
  await backupStore(at, copy);
  const generations: number[] = [];
  for (let time = 0; time < 3; time += 1) generations.push((await restoreStore(at, copy)).findings.generation);
  expect(generations).toEqual([2, 3, 4]);
});

test('a disk that may not be written: reading goes on, writing says so, and goes on when it may be', async (context) => {
  const reason = mountSmallDisk(folder);
  if (reason !== undefined) return context.skip(reason);
  try {
    const store = await open();
    await write(store, 'before');
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(await trouble(write(store, 'refused'))).toMatchObject({ kind: 'read-only' });
    const { onlyRead } = await jsonStoreEngine(folder, systemClock).open();
    expect(onlyRead).toMatchObject({ kind: 'read-only' });
    const reader = await open();
    expect((await reader.counts()).products).toBe(1);
    await reader.close();
    const copy = mkdtempSync(join(tmpdir(), 'bindeled-copy-'));
    expect(await backupStore({ folder, clock: systemClock }, copy)).toMatchObject({
      findings: { counts: { products: 1 } },
    });
    rmSync(copy, { recursive: true });
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    await write(store, 'after');
    // Full: what is there can be copied to another disk, and it is said before anybody writes.
    const heard: (string | undefined)[] = [];
    store.watchTrouble?.((now) => void heard.push(now?.kind));
    expect(() => writeFileSync(join(folder, 'ballast'), Buffer.alloc(2 ** 20))).toThrow('ENOSPC');
    expect((await jsonStoreEngine(folder, systemClock).open()).onlyRead).toMatchObject({ kind: 'disk-full' });
    await expect.poll(() => heard, { timeout: 20_000 }).toContain('disk-full');
    const fullCopy = mkdtempSync(join(tmpdir(), 'bindeled-copy-'));
    expect(await backupStore({ folder, clock: systemClock }, fullCopy)).toMatchObject({
      findings: { counts: { products: 2 } },
    });
    rmSync(fullCopy, { recursive: true });
    rmSync(join(folder, 'ballast'));
    await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBeUndefined();
    expect((await store.counts()).products).toBe(2);
    await store.close();
  } finally {
    unmount(folder);
  }
});

test('SQLite on a disk that takes no changes is read, says why nothing can be changed, and goes on when it can', async (context) => {
  const disk = mkdtempSync(join(folder, 'disk-'));
  const reason = mountSmallDisk(disk, '1m', '40');
  if (reason !== undefined) return context.skip(reason);
  const path = join(disk, 'store.sqlite');
  const opened = () => sqliteStoreEngine(path, systemClock).open();
  const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, disk]);
  const useUpFiles = () => {
    mkdirSync(join(disk, 'many'));
    const fileOf = (number: number) => () => writeFileSync(join(disk, 'many', `${number}`), '');
    expect(() => Array.from({ length: 40 }, (_, number) => fileOf(number)())).toThrow('ENOSPC');
  };
  const fill = () => writeFileSync(join(disk, 'ballast'), Buffer.alloc(2 ** 20));
  try {
    const first = await opened();
    await write(first.store, 'before');
    await first.store.close();
    for (const [kind, harm, heal] of [
      ['read-only', () => remount('ro'), () => remount('rw')],
      ['disk-full', () => expect(fill).toThrow('ENOSPC'), () => rmSync(join(disk, 'ballast'))],
      ['disk-full', useUpFiles, () => rmSync(join(disk, 'many'), { recursive: true })],
    ] as const) {
      harm();
      const { store, leases, onlyRead } = await opened();
      expect(onlyRead).toMatchObject({ kind });
      const { products } = await store.counts();
      expect(products).toBeGreaterThan(0);
      expect(await trouble(write(store, `refused ${products}`))).toMatchObject({ kind });
      expect(await trouble(leases.take('sync', 'x'))).toMatchObject({ kind });
      expect(await leases.holder('sync')).toBeUndefined();
      const { maintenance } = sqliteStoreEngine(path, systemClock);
      expect(await maintenance.check()).toMatchObject({ ok: true });
      expect(await trouble(maintenance.compact())).toMatchObject({ kind });
      expect(await maintenance.backup(join(folder, `copy-${products}`))).toMatchObject({
        findings: { counts: { products } },
      });
      const heard: (string | undefined)[] = [];
      store.watchTrouble?.((now) => void heard.push(now?.kind));
      await expect.poll(() => heard, { timeout: 20_000 }).toEqual([kind]);
      heal();
      await expect.poll(() => heard, { timeout: 20_000 }).toEqual([kind, undefined]);
      await write(store, `after ${products}`);
      expect((await store.counts()).products).toBe(products + 1);
      await store.close();
      const again = await opened();
      expect(again.onlyRead).toBeUndefined();
      await again.store.close();
    }
  } finally {
    unmount(disk);
  }
});

/** What a process comes to that is somebody else, as far as the system lets us be somebody else. */
function asStranger(at: string): object | string {
  const unknownHolder = 65_534;
  const other = process.getuid?.() === 0 ? { uid: unknownHolder, gid: unknownHolder } : {};
  const { stdout, error } = spawnSync(process.execPath, [otherProcess, at], {
    ...other,
    encoding: 'utf8',
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  return error === undefined && stdout !== '' ? JSON.parse(stdout) : 'nobody else may run this program here';
}
const otherProcess = fileURLToPath(new URL('children/open-and-write.ts', import.meta.url));

test('a store of somebody else can be read where it may be, and the error names the place where it may not', async (context) => {
  const at = join(folder, 'store');
  const store = await open(at);
  await write(store, 'a');
  await store.close();
  for (const path of [folder, at, ...readdirSync(at).map((name) => join(at, name))]) chmodSync(path, 0o555);
  const reading = asStranger(at);
  chmodSync(at, 0o000);
  const shut = asStranger(at);
  for (const path of [at, folder]) chmodSync(path, 0o700);
  if (typeof reading === 'string') return context.skip(reading);
  expect(reading).toEqual({ products: 1, kind: 'no-access', place: expect.stringContaining(at) });
  expect(shut).toEqual({ kind: 'no-access', place: expect.stringContaining(at) });
});

test('the journal is taken away under a running program: writing says so, and goes on when it is back', async () => {
  const store = await open();
  await write(store, 'before');
  const journal = join(folder, 'journal-000001.jsonl');
  renameSync(journal, `${journal}.away`);
  expect(await trouble(write(store, 'refused'))).toMatchObject({ kind: 'missing', place: journal });
  expect((await store.counts()).products).toBe(1);
  renameSync(`${journal}.away`, journal);
  await write(store, 'after');
  await store.close();
  const again = await open();
  expect((await again.counts()).products).toBe(2);
  await again.close();
});

test('the whole folder is taken away under a running program, and put back', async () => {
  const at = join(folder, 'store');
  const store = await open(at);
  await write(store, 'before');
  renameSync(at, `${at}-away`);
  expect(await trouble(write(store, 'refused'))).toMatchObject({ kind: 'missing' });
  expect((await store.counts()).products).toBe(1);
  rmSync(at, { recursive: true, force: true });
  renameSync(`${at}-away`, at);
  await write(store, 'after');
  expect((await store.counts()).products).toBe(2);
  await store.close();
});

test('records without a manifest are a store that lost it, not an empty warehouse', async () => {
  const store = await open();
  await write(store, 'a');
  await store.close();
  rmSync(join(folder, 'store.json'));
  expect(await trouble(open())).toMatchObject({ kind: 'missing', place: expect.stringContaining('store.json') });
});

test('a store from a newer version is refused and left untouched', async () => {
  await (await open()).close();
  const path = join(folder, 'store.json');
  const before = readFileSync(path, 'utf8');
  const { manifest } = JSON.parse(before);
  const { crc32 } = await import('node:zlib');
  const text = JSON.stringify({ ...manifest, version: 99 });
  writeFileSync(path, `{"checksum":"${crc32(text).toString(16).padStart(8, '0')}","manifest":${text}}\n`);
  const names = readdirSync(folder);
  expect(await trouble(open())).toMatchObject({ kind: 'newer-version', place: path });
  expect(readdirSync(folder)).toEqual(names);
});

test('a clock that is set back neither loses nor reorders anything', async () => {
  let now = Date.parse('2026-11-24T08:00:00Z');
  const store = await jsonStore({
    folder,
    clock: { now: () => new Date(now).toISOString() as never },
    compactAfter: 1,
  });
  await write(store, 'a');
  now -= 400 * 24 * 3_600_000;
  await write(store, 'b');
  expect((await store.history({ limit: 9 })).map(({ seq }) => seq)).toEqual([2, 1]);
  await store.close();
});

test('a clock that jumps ahead takes no history along with the next snapshot', async () => {
  let now = Date.parse('2026-11-24T08:00:00Z');
  const clock = { now: () => instantOf(now) };
  const store = await jsonStore({ folder, clock, compactAfter: 1, keepMonths: 24 });
  await write(store, 'a');
  await write(store, 'b');
  now += 10 * 365 * 24 * 3_600_000;
  await write(store, 'c');
  expect((await store.history({ limit: 9 })).map(({ seq }) => seq)).toEqual([3, 2, 1]);
  await store.close();
});

test.each([
  ['JSON', open],
  ['SQLite', (at: string) => sqliteStoreEngine(join(at, 'store.db'), systemClock).open()],
])('%s: a folder that cannot be made is no store that is missing', async (_, openAt) => {
  writeFileSync(join(folder, 'file'), '');
  const refused = await trouble(openAt(join(folder, 'file', 'store')));
  expect(refused.kind).toBe('no-folder');
  // A person reads it: no English of ours in a Danish sentence, and no copy to go back to.
  expect(refused.detail).toMatch(/^(?:EEXIST|ENOTDIR)$/);
  const { advice } = storeErrorLines(refused, wordsOf('da'));
  expect(advice).toContain('BINDELED_HOME');
  expect(advice).not.toContain('store restore');
});
