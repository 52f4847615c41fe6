import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeRandom, type Random } from '../../src/demo/seeded-random.ts';
import { encodeLine } from '../../src/stores/disk/checksummed-line.ts';
import { loadGeneration } from '../../src/stores/generation/generation.ts';
import { closeJournal } from '../../src/stores/generation/journal.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { beginTerm } from '../../src/stores/locking/held-lock.ts';
import { checkStore, compactStore } from '../../src/stores/maintenance/store-admin.ts';
import { makeMark, makeShop } from '../support/builders.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';
import { trouble } from './rejected-with.ts';

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

type Mutation = (lines: string[], random: Random) => void;
const mutations: Readonly<Record<string, Mutation>> = {
  moveline: (lines, random) => {
    const [line] = lines.splice(random.below(lines.length), 1);
    lines.splice(random.below(lines.length + 1), 0, line!);
  },
  movelast: (lines, random) => lines.splice(random.below(lines.length - 1), 0, lines.pop()!),
  copyline: (lines, random) => lines.splice(random.below(lines.length + 1), 0, random.pick(lines)),
  copyover: (lines, random) => lines.splice(random.below(lines.length), 1, random.pick(lines)),
  swap: (lines, random) => {
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  },
  dropfirst: (lines, random) => lines.splice(0, 1 + random.below(lines.length - 1)),
  dropmiddle: (lines, random) => lines.splice(random.below(lines.length - 1), 1),
};

/** Lines of a journal that are not where they were written are found, whatever was done to them, so many times each. */
export function describeLineOrder(times: number): void {
  // Stores are written to a disk, and the machine may be busy.
  vi.setConfig({ testTimeout: 60_000 + 200 * times, hookTimeout: 60_000 });
  let folder: string;
  let at: string;
  let sound: readonly string[];
  let journal: string;
  const write = (lines: readonly string[]): void => writeFileSync(journal, lines.map((line) => `${line}\n`).join(''));

  /** A journal of lines with and without events, written in several terms. */
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bindeled-order-'));
    at = join(folder, 'store');
    const store = await jsonStore({ folder: at, clock: systemClock });
    await store.change(async () => numberedChange('before'));
    await store.close();
    await compactStore({ folder: at, clock: systemClock });
    for (let number = 0; number < 12; number += 1) {
      if (number % 4 === 3) beginTerm(join(at, 'locks'));
      const writer = await jsonStore({ folder: at, clock: systemClock });
      if (number % 2 === 0) await writer.change(async () => numberedChange(`n${number}`));
      // One record again and again, the same each second time: nothing but the order tells the lines apart.
      const note = `note ${number % 4}`;
      await writer.change(async () => ({ put: { marks: [makeMark({ note } as never)] }, drop: {}, events: [] }));
      await writer.close();
    }
    journal = join(at, readdirSync(at).find((name) => /^journal-\d+\.jsonl$/.test(name))!);
    sound = linesOf(journal);
    rmSync(`${journal}.confirmed`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(
    Object.entries(mutations),
  )(`%s of lines of a journal is refused each of ${times} times, with file and place`, async (_, mutate) => {
    const random = makeRandom(20_264);
    let harmed = 0;
    for (let round = 0; harmed < times && round < 5 * times; round += 1) {
      const lines = [...sound];
      mutate(lines, random);
      if (lines.join() === sound.join()) continue;
      harmed += 1;
      write(lines);
      const found = await loadGeneration(at).then(
        (store) => {
          if (store !== undefined) closeJournal(store.journal);
          return 'accepted';
        },
        (error: unknown) => error,
      );
      expect(found, `round ${round}`).toMatchObject({
        kind: 'damaged',
        place: expect.stringMatching(/journal-\d+\.jsonl, line \d+, byte \d+$/),
      });
    }
    expect(harmed).toBe(times);
    write(sound);
  });

  test('a line of a journal in the place of another generation’s first one is refused', async () => {
    const other = join(folder, 'other');
    write(sound);
    cpSync(at, other, { recursive: true });
    await compactStore({ folder: other, clock: systemClock });
    const next = join(other, readdirSync(other).find((name) => /^journal-\d+\.jsonl$/.test(name))!);
    writeFileSync(next, `${sound.find((line) => line.includes('"events":[]'))}\n`);
    expect(await checkStore({ folder: other, clock: systemClock })).toMatchObject({
      ok: false,
      trouble: { kind: 'damaged', place: `${next}, line 1, byte 0` },
    });
  });

  test('lines of a snapshot that were exchanged are refused', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    const store = await jsonStore({ folder: many, clock: systemClock });
    await store.change(async () => ({
      ...numberedChange('a'),
      put: { ...numberedChange('a').put, shops: [makeShop()] },
    }));
    await store.close();
    await compactStore({ folder: many, clock: systemClock });
    const snapshot = join(many, readdirSync(many).find((name) => name.startsWith('snapshot-'))!);
    writeFileSync(snapshot, `${linesOf(snapshot).reverse().join('\n')}\n`);
    expect(await checkStore({ folder: many, clock: systemClock })).toMatchObject({
      ok: false,
      trouble: { kind: 'damaged', place: expect.stringContaining(snapshot) },
    });
  });

  test('a line that a writer of an older term wrote too late does not count, and the next writer takes it away', async () => {
    const late = join(folder, 'late');
    const store = await jsonStore({ folder: late, clock: systemClock });
    await store.change(async () => numberedChange('first'));
    const path = join(late, 'journal-000001.jsonl');
    const [first = ''] = linesOf(path);
    beginTerm(join(late, 'locks'));
    await store.change(async () => numberedChange('second'));
    await store.change(async () => numberedChange('third'));
    const before = readFileSync(path, 'utf8');
    const { put, drop } = numberedChange('too late');
    const line = encodeLine({ after: first.slice(0, 8), term: 0, put, drop, events: [] });
    writeFileSync(path, before + line.toString());
    expect(await checkStore({ folder: late, clock: systemClock })).toMatchObject({ ok: true, found: { events: 3 } });
    await store.change(async () => numberedChange('fourth'));
    await store.close();
    expect(readFileSync(path, 'utf8')).not.toContain('too late');
    expect(await checkStore({ folder: late, clock: systemClock })).toMatchObject({ ok: true, found: { events: 4 } });
    writeFileSync(path, `${readFileSync(path, 'utf8')}${first}\n`);
    expect(await trouble(jsonStore({ folder: late, clock: systemClock }))).toMatchObject({ kind: 'damaged' });
  });
}
