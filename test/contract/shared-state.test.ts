import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SharedState } from '../../src/ports/shared-state.ts';
import { fileSharedState } from '../../src/stores/shared-state/file-shared-state.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlSharedState } from '../../src/stores/sql/store/shared-state.ts';
import { makeClock } from '../support/clock.ts';
import { makeSchema } from '../support/postgres/schema.ts';

// The first that asks for the database server waits until it has started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Two machines on one store. */
type Pair = readonly [SharedState, SharedState];

const makers: Readonly<Record<string, () => Promise<Pair>>> = {
  memory: async () => {
    const state = memorySharedState(makeClock({ auto: true }));
    return [state, state];
  },
  json: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bindeled-shared-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    return [fileSharedState(folder), fileSharedState(folder)];
  },
  sqlite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bindeled-shared-'));
    const path = join(folder, 'store.sqlite');
    const engines = [await sqliteEngine({ path }), await sqliteEngine({ path })] as const;
    onTestFinished(async () => {
      for (const engine of engines) await engine.close();
      await rm(folder, { recursive: true });
    });
    return [sqlSharedState(engines[0]), sqlSharedState(engines[1])];
  },
  postgres: async () => {
    const { url, remove } = await makeSchema();
    const engines = [await postgresEngine(url), await postgresEngine(url)] as const;
    onTestFinished(async () => {
      for (const engine of engines) await engine.close();
      await remove();
    });
    return [sqlSharedState(engines[0]), sqlSharedState(engines[1])];
  },
};

describe.each(Object.entries(makers))('%s keeps the contract of what servers share', (_name, make) => {
  test('what one puts the other sees, the newest of a key, and only what was asked for', async () => {
    const [one, other] = await make();
    expect(await other.list('')).toEqual([]);
    await one.put('server a/1', { doing: ['æbler', '%'] });
    await one.put('server b', 1);
    await one.put('alarms', { told: [] });
    await other.put('server b', { n: 2 });
    const found = (await one.list('server ')).map(({ key, value }) => ({ key, value }));
    expect(found.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'server a/1', value: { doing: ['æbler', '%'] } },
      { key: 'server b', value: { n: 2 } },
    ]);
    expect((await one.list('')).every(({ ageMs }) => ageMs >= 0 && ageMs < 60_000)).toBe(true);
    await other.remove('server b');
    await other.remove('server b');
    expect((await one.list('server ')).map(({ key }) => key)).toEqual(['server a/1']);
  });
});
