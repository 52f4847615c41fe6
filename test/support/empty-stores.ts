import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { StoreConfig, StoreEngine, StoreKind } from '../../src/ports/store-engine.ts';
import { storeEngine } from '../../src/stores/open-store.ts';
import { type StorePlaces, storeConfig } from '../../src/stores/store-config.ts';
import { systemClock } from '../store/children/system-clock.ts';
import { makeSchema, type TestSchema } from './postgres/schema.ts';

/** A folder and a schema for each test, with a store of every kind in them that nothing was written into yet. */
export type EmptyStores = {
  readonly folder: () => string;
  readonly schema: () => TestSchema;
  readonly places: () => StorePlaces;
  readonly configOf: (kind: StoreKind) => StoreConfig;
  readonly engineOf: (kind: StoreKind) => Promise<StoreEngine>;
};

/** Makes them before each test, and takes them away after it. */
export function emptyStores(): EmptyStores {
  let folder: string;
  let schema: TestSchema;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bindeled-stores-'));
    schema = await makeSchema();
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await schema.remove();
  });
  const places = (): StorePlaces => ({ jsonFolder: join(folder, 'json'), sqliteFile: join(folder, 'store.sqlite') });
  const configOf = (kind: StoreKind): StoreConfig => {
    const text = { json: 'json:', sqlite: 'sqlite:', postgres: schema.url }[kind];
    const config = storeConfig(text, places());
    if (config === undefined) throw new Error(text);
    return config;
  };
  const engineOf = (kind: StoreKind): Promise<StoreEngine> => storeEngine(configOf(kind), systemClock, places());
  return { folder: () => folder, schema: () => schema, places, configOf, engineOf };
}
