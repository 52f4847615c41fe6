import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { jsonStore } from '../../src/stores/json-store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { makeClock } from '../support/clock.ts';
import { emptied, makeSchema, type TestSchema } from '../support/postgres/schema.ts';
import type { StoreUnderTest } from './store.contract.ts';

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

/** Stores in one schema, each of which finds it empty: one after another, never two at once. */
function inPostgres(): () => Promise<StoreUnderTest> {
  let schema: TestSchema | undefined;
  afterAll(() => schema?.remove());
  return async () => {
    schema ??= await makeSchema();
    const { url, name } = schema;
    let isEmpty = false;
    const open = async () => {
      const engine = await postgresEngine(url);
      if (!isEmpty) await engine.run(sql.raw(emptied(name)));
      isEmpty = true;
      return sqlStore(engine);
    };
    return { open, remove: async () => undefined };
  };
}

/** Every kind of store there is, each held to the same contract. To be asked for by the file of tests that needs them. */
export const everyStore = (): Readonly<Record<string, () => Promise<StoreUnderTest>>> => ({
  memory: inMemory,
  json: onDisk(16 * 1024 * 1024),
  'json, with a new snapshot after every change': onDisk(1),
  sqlite: inSqlite,
  postgres: inPostgres(),
});
