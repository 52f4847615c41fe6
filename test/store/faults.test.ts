import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { checkStore, restoreStore } from '../../src/stores/admin.ts';
import { jsonStore } from '../../src/stores/json.ts';
import { type Dice, makeDice } from '../support/dice.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (at = folder) => jsonStore({ folder: at, clock: systemClock });
const write = (store: Store, name: string) => store.change(async () => numberedChange(name));
const trouble = (work: Promise<unknown>): Promise<StoreError> =>
  work.then(
    () => {
      throw new Error('it went well');
    },
    (error: unknown) => {
      if (error instanceof StoreError) return error;
      throw error;
    },
  );

/** Mounts a small disk, or says why it cannot be. */
function mountSmallDisk(at: string): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can mount a small disk';
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at]);
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

test('a disk that may not be written: reading goes on, writing says so, and goes on when it may be', async (context) => {
  const reason = mountSmallDisk(folder);
  if (reason !== undefined) return context.skip(reason);
  try {
    const store = await open();
    await write(store, 'before');
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(await trouble(write(store, 'refused'))).toMatchObject({ kind: 'read-only' });
    const reader = await open();
    expect((await reader.counts()).products).toBe(1);
    await reader.close();
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    await write(store, 'after');
    expect((await store.counts()).products).toBe(2);
    await store.close();
  } finally {
    unmount(folder);
  }
});

test('a folder of somebody else: the error names the place', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write anywhere');
  chmodSync(folder, 0o500);
  expect(await trouble(open(join(folder, 'store')))).toMatchObject({
    kind: 'no-access',
    place: expect.stringContaining(folder),
  });
  chmodSync(folder, 0o700);
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

describe('damage', () => {
  /** A store with a snapshot, a history and a journal, as it was before anything happened to it. */
  async function soundStore(): Promise<string> {
    const sound = join(folder, 'sound');
    const store = await jsonStore({ folder: sound, clock: systemClock, compactAfter: 6000 });
    for (let number = 0; number < 20; number += 1) await write(store, `n${number}`);
    await store.close();
    return sound;
  }
  const dataFiles = (at: string): readonly string[] =>
    readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) => /(jsonl|store\.json)$/.test(name));

  const flip = (path: string, dice: Dice): string => {
    const bytes = readFileSync(path);
    const at = dice.roll(bytes.length);
    const bit = dice.roll(8);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    writeFileSync(path, bytes);
    return `bit ${bit} of byte ${at} flipped`;
  };
  const cut = (path: string, dice: Dice): string => {
    const to = dice.roll(readFileSync(path).length);
    truncateSync(path, to);
    return `cut to ${to} bytes`;
  };

  test.each([
    ['a flipped bit', flip, 20261],
    ['a cut', cut, 20262],
  ])(
    '%s anywhere is found, with file and place, and the files are left as they are',
    { timeout: 60_000 },
    async (_, harm, seed) => {
      const sound = await soundStore();
      const dice = makeDice(seed);
      for (let round = 0; round < 60; round += 1) {
        const at = join(folder, `round-${round}`);
        cpSync(sound, at, { recursive: true });
        const name = dice.pick(dataFiles(at).filter((file) => readFileSync(join(at, file)).length > 0));
        const what = `seed ${seed}, round ${round}: ${name}, ${harm(join(at, name), dice)}`;
        const harmed = readFileSync(join(at, name));
        const check = await checkStore({ folder: at, clock: systemClock });
        expect(check.ok, what).toBe(false);
        if (!check.ok) {
          expect(['damaged', 'missing', 'newer-version'], what).toContain(check.trouble.kind);
          expect(check.trouble.place, what).toContain(name);
        }
        expect(readFileSync(join(at, name)).equals(harmed), what).toBe(true);
        rmSync(at, { recursive: true });
      }
    },
  );

  test('a damaged store refuses to open, and a backup brings it back with the damage kept beside', async () => {
    const sound = await soundStore();
    const at = join(folder, 'harmed');
    cpSync(sound, at, { recursive: true });
    const snapshot = dataFiles(at).find((name) => name.startsWith('snapshot-'))!;
    truncateSync(join(at, snapshot), 50);
    expect(await trouble(open(at))).toMatchObject({ kind: 'damaged', place: expect.stringContaining(snapshot) });
    const { kept, findings } = await restoreStore({ folder: at, clock: systemClock }, sound);
    expect(findings.counts.products).toBe(20);
    expect(readFileSync(join(kept!, snapshot))).toHaveLength(50);
  });

  test('a line torn by a crash is dropped, and the next change takes its place', async () => {
    const store = await open();
    await write(store, 'a');
    await store.close();
    const journal = join(folder, 'journal-000001.jsonl');
    writeFileSync(journal, Buffer.concat([readFileSync(journal), Buffer.from('0a1b2c3d 5000 {"put":{"prod')]));
    const again = await open();
    expect((await again.counts()).products).toBe(1);
    await write(again, 'b');
    await again.close();
    expect(await checkStore({ folder, clock: systemClock })).toMatchObject({ ok: true, found: { events: 2 } });
  });
});
