import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bindeled-start-'));
  path = join(folder, 'store.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

test('the tables of a new file are there all at once, so that nobody who is killed leaves some of them', async () => {
  const opening = sqliteEngine({ path });
  let opened = false;
  void opening.then(() => {
    opened = true;
  });
  const onlooker = new DatabaseSync(path, { readOnly: true });
  const counted = onlooker.prepare('select count(*) as tables from sqlite_master');
  const seen = new Set<unknown>();
  while (!opened) {
    seen.add(counted.get()?.tables);
    await Promise.resolve();
  }
  seen.add(counted.get()?.tables);
  onlooker.close();
  await (await opening).close();
  expect(seen.size).toBe(2);
  expect(seen).toContain(0);
});

test('six that start at once on a new file all find the tables made', async () => {
  const engines = await Promise.all(Array.from({ length: 6 }, () => sqliteEngine({ path })));
  for (const engine of engines) {
    expect(await engine.faults()).toEqual([]);
    await engine.close();
  }
});
