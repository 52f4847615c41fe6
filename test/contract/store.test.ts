import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { jsonStore } from '../../src/stores/json-store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { makeClock } from '../support/clock.ts';
import { makeSchema } from '../support/postgres/schema.ts';
import { describeChangedFields } from './changed-fields.contract.ts';
import { describeQuestions } from './questions.contract.ts';
import { describeStore, type StoreUnderTest } from './store.contract.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const inMemory = async () => ({ open: async () => memoryStore(), remove: async () => undefined });

const onDisk = (compactAfter: number) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-contract-'));
  return {
    open: () => jsonStore({ folder, clock: makeClock(), compactAfter }),
    remove: () => rm(folder, { recursive: true }),
  };
};

const inSqlite = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-contract-'));
  return {
    open: async () => sqlStore(await sqliteEngine({ path: join(folder, 'store.sqlite') })),
    remove: () => rm(folder, { recursive: true }),
  };
};

const inPostgres = async () => {
  const { url, remove } = await makeSchema();
  return { open: async () => sqlStore(await postgresEngine(url)), remove };
};

const stores: Readonly<Record<string, () => Promise<StoreUnderTest>>> = {
  memory: inMemory,
  json: onDisk(16 * 1024 * 1024),
  'json, with a new snapshot after every change': onDisk(1),
  sqlite: inSqlite,
  postgres: inPostgres,
};
for (const [name, make] of Object.entries(stores)) {
  describeStore(name, make);
  describeQuestions(name, make);
  describeChangedFields(name, make);
}
