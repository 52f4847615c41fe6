import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeRandom, type Random } from '../../src/demo/seeded-random.ts';
import { toProductId } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { fileLeases } from '../../src/stores/locking/leases.ts';
import { checkStore, restoreStore } from '../../src/stores/maintenance/store-admin.ts';
import { makeMark } from '../support/builders.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';
import { trouble } from './rejected-with.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-damage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (at: string) => jsonStore({ folder: at, clock: systemClock });
const check = (at: string) => checkStore({ folder: at, clock: systemClock });
const journalOf = (at: string): string => join(at, readdirSync(at).find((name) => /^journal-\d+\.jsonl$/.test(name))!);
const historyOf = (at: string): string => join(at, 'history', readdirSync(join(at, 'history'))[0]!);

/** A store with a snapshot, a history and a journal, as it was before anything happened to it. */
async function soundStore(compactAfter = 6000): Promise<string> {
  const sound = join(folder, 'sound');
  const store = await jsonStore({ folder: sound, clock: systemClock, compactAfter });
  for (let number = 0; number < 20; number += 1) await store.change(async () => numberedChange(`n${number}`));
  await store.close();
  return sound;
}
const dataFiles = (at: string): readonly string[] =>
  readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) => /(jsonl|store\.json)$/.test(name));

function flipBit(path: string, at: number, bit: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  writeFileSync(path, bytes);
}
const flip = (path: string, random: Random): string => {
  const [at, bit] = [random.below(readFileSync(path).length), random.below(8)];
  flipBit(path, at, bit);
  return `bit ${bit} of byte ${at} flipped`;
};
const cut = (path: string, random: Random): string => {
  const to = random.below(readFileSync(path).length);
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
    const random = makeRandom(seed);
    for (let round = 0; round < 60; round += 1) {
      const at = join(folder, `round-${round}`);
      cpSync(sound, at, { recursive: true });
      const name = random.pick(dataFiles(at).filter((file) => readFileSync(join(at, file)).length > 0));
      const what = `seed ${seed}, round ${round}: ${name}, ${harm(join(at, name), random)}`;
      const harmed = readFileSync(join(at, name));
      const found = await check(at);
      expect(found.ok, what).toBe(false);
      if (!found.ok) {
        expect(['damaged', 'missing', 'newer-version'], what).toContain(found.trouble.kind);
        expect(found.trouble.place, what).toContain(name);
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

test('a part of a store that is a folder by now is damage, and no fault of the disk or of the address', async () => {
  const sound = await soundStore();
  for (const name of dataFiles(sound).filter((one) => !one.startsWith('history'))) {
    const at = join(folder, `folder-${name}`);
    cpSync(sound, at, { recursive: true });
    rmSync(join(at, name));
    mkdirSync(join(at, name));
    expect(await trouble(open(at)), name).toMatchObject({ kind: 'damaged', place: join(at, name) });
  }
});

test('a line torn by a crash is dropped, and the next change takes its place', async () => {
  const at = join(folder, 'torn');
  const store = await open(at);
  await store.change(async () => numberedChange('a'));
  await store.close();
  const journal = journalOf(at);
  writeFileSync(journal, Buffer.concat([readFileSync(journal), Buffer.from('0a1b2c3d 5000 {"put":{"prod')]));
  const again = await open(at);
  expect((await again.counts()).products).toBe(1);
  await again.change(async () => numberedChange('b'));
  await again.close();
  expect(await check(at)).toMatchObject({ ok: true, found: { events: 2 } });
});

test('the note of what was confirmed is a net only: damaged or gone it costs nothing, and comes back', async () => {
  const sound = await soundStore();
  const note = `${journalOf(sound)}.confirmed`;
  const before = readFileSync(note);
  for (let at = 0; at < before.length; at += 1) {
    flipBit(note, at, at % 8);
    const store = await open(sound);
    expect((await store.counts()).products, `byte ${at}`).toBe(20);
    await store.close();
    writeFileSync(note, before);
  }
  rmSync(note);
  const store = await open(sound);
  await store.change(async () => numberedChange('new'));
  await store.close();
  expect(Number(readFileSync(note, 'latin1').slice(0, 16))).toBe(readFileSync(journalOf(sound)).length);
});

test('a journal and its note that lie in each other’s place are no end that a crash left', async () => {
  const sound = await soundStore();
  const journal = journalOf(sound);
  const [lines, note] = [readFileSync(journal), readFileSync(`${journal}.confirmed`)];
  writeFileSync(journal, note);
  writeFileSync(`${journal}.confirmed`, lines);
  await expect(open(sound)).rejects.toMatchObject({ kind: 'damaged', place: expect.stringContaining(journal) });
  expect(await check(sound)).toMatchObject({ ok: false });
});

test('a damaged line before the last is refused even without that note, its length too', {
  timeout: 60_000,
}, async () => {
  const at = join(folder, 'two');
  const store = await open(at);
  const name = 'so long that its line can seem to reach over the next. '.repeat(40);
  await store.change(async () => numberedChange(name));
  await store.change(async () => ({ put: { marks: [makeMark()] }, drop: {}, events: [] }));
  await store.close();
  const journal = journalOf(at);
  rmSync(`${journal}.confirmed`);
  const before = readFileSync(journal);
  for (let byte = 0; byte < 20; byte += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      flipBit(journal, byte, bit);
      const place = `${journal}, line 1, byte 0`;
      expect(await trouble(open(at)), `bit ${bit} of byte ${byte}`).toMatchObject({ kind: 'damaged', place });
      writeFileSync(journal, before);
    }
  }
});

test.each([
  ['gone', (lines: string[]) => lines.splice(3, 1)],
  ['there twice', (lines: string[]) => lines.splice(3, 0, lines[3]!)],
])('a whole line that is %s from the middle of the journal shows in the numbers of the events', async (_, spoil) => {
  const sound = await soundStore(1_000_000);
  const journal = journalOf(sound);
  rmSync(`${journal}.confirmed`);
  const lines = readFileSync(journal, 'utf8').split('\n');
  spoil(lines);
  writeFileSync(journal, lines.join('\n'));
  expect(await trouble(open(sound))).toMatchObject({ kind: 'damaged', place: expect.stringContaining(journal) });
});

test('a question about one product is not answered from a history that is damaged elsewhere', async () => {
  const sound = await soundStore();
  const history = historyOf(sound);
  const before = readFileSync(history);
  const asking = async () => {
    const store = await open(sound);
    try {
      await store.history({ productId: toProductId('n19'), limit: 9 });
    } finally {
      await store.close();
    }
  };
  await asking();
  const id = before.indexOf('"n3"') + 1;
  flipBit(history, id, 1);
  expect(await trouble(asking())).toMatchObject({ kind: 'damaged', place: expect.stringContaining(history) });
  for (const length of [0, 100, before.lastIndexOf('\n', -2) + 1]) {
    writeFileSync(history, before.subarray(0, length));
    expect(await trouble(asking()), `cut to ${length}`).toMatchObject({ kind: 'damaged' });
  }
});

test('what was read and then taken back by a writer whose disk failed is forgotten by everybody', async () => {
  const at = join(folder, 'back');
  const onlooker = await open(at);
  await onlooker.change(async () => numberedChange('kept'));
  const journal = journalOf(at);
  const before = readFileSync(journal);
  const other = await open(at);
  const seen = new Promise<void>((resolve) => onlooker.watch(() => resolve()));
  await other.change(async () => numberedChange('back'));
  // What the other would leave if its fsync had failed: the line is taken away again, and another takes its place.
  await seen;
  await onlooker.products([]);
  writeFileSync(journal, before);
  writeFileSync(`${journal}.confirmed`, '');
  await other.close();
  const third = await open(at);
  await third.change(async () => numberedChange('long enough to reach over the line that was there'));
  await third.close();
  await onlooker.change(async () => numberedChange('last'));
  expect((await onlooker.productPage({ limit: 9 })).map(({ id }) => id)).toEqual([
    'kept',
    'long enough to reach over the line that was there',
    'last',
  ]);
  await onlooker.close();
  expect(await check(at)).toMatchObject({ ok: true, found: { events: 3 } });
});

test('a lock that names nobody, as a power cut leaves it, is taken over once it is old, or from the future', async () => {
  const at = join(folder, 'locked');
  mkdirSync(join(at, 'locks'), { recursive: true });
  const lock = join(at, 'locks', 'write');
  for (const [name, aside] of [
    ['past', -60],
    ['future', 3600],
  ] as const) {
    writeFileSync(lock, '');
    const then = Date.now() / 1000 + aside;
    utimesSync(lock, then, then);
    const store = await jsonStore({ folder: at, clock: systemClock, timeoutMs: 5000 });
    await store.change(async () => numberedChange(name));
    await store.close();
    expect(existsSync(lock)).toBe(false);
  }
  writeFileSync(lock, '');
  const store = await jsonStore({ folder: at, clock: systemClock, timeoutMs: 1 });
  expect(await trouble(store.change(async () => numberedChange('now')))).toMatchObject({ kind: 'locked', place: lock });
  await store.close();
});

test('a damaged lease is nobody else’s to take, until it has not been kept for long', async () => {
  const leases = fileLeases({ folder, clock: systemClock, heartbeatMs: 60_000 });
  const lease = await leases.take('sync-dk', 'syncing dk');
  const file = join(folder, 'leases', 'sync-dk.json');
  const before = readFileSync(file);
  for (let at = 0; at < before.length; at += 1) {
    flipBit(file, at, at % 8);
    expect(await leases.take('sync-dk', 'too'), `byte ${at}`).toMatchObject({ held: false, by: { user: 'unknown' } });
    writeFileSync(file, before);
  }
  truncateSync(file, 30);
  utimesSync(file, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  expect(await leases.holder('sync-dk')).toBeUndefined();
  expect((await leases.take('sync-dk', 'later')).held).toBe(true);
  if (lease.held) await lease.release();
});
