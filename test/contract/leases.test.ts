import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { StoreError } from '../../src/ports/store-error.ts';
import type { Engine } from '../../src/stores/sql/engine.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlLeases } from '../../src/stores/sql/store/leases.ts';
import { makeSchema } from '../support/postgres/schema.ts';
import { describeLeases, type LeasesUnderTest } from './leases.contract.ts';

// The first that asks for the database server waits until it has started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Held for longer than a busy machine lets a process stand still, for that would lose a lease as it should. */
const times = { heartbeatMs: 50, holdMs: 1_500 };

/** Two engines on one database; the first one's way to it can be cut. */
async function pair(open: () => Promise<Engine>, remove: () => Promise<unknown>): Promise<LeasesUnderTest> {
  const [first, second] = [await open(), await open()];
  let cut = false;
  const run: Engine['run'] = async (query) => {
    if (cut) throw new StoreError('unreachable', first.place, 'cut');
    return first.run(query);
  };
  return {
    one: sqlLeases({ ...first, run }, times),
    other: sqlLeases(second, times),
    holdMs: times.holdMs,
    cutOne: async () => {
      cut = true;
    },
    remove: async () => {
      await first.close();
      await second.close();
      await remove();
    },
  };
}

describeLeases('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-leases-'));
  return pair(
    () => sqliteEngine({ path: join(folder, 'store.sqlite') }),
    () => rm(folder, { recursive: true }),
  );
});
describeLeases('postgres', async () => {
  const { url, remove } = await makeSchema();
  return pair(() => postgresEngine(url), remove);
});

test('a lease in PostgreSQL goes by the server, however wrong the clock of a machine is', async () => {
  const { url, remove } = await makeSchema();
  const [first, second] = [await postgresEngine(url), await postgresEngine(url)];
  try {
    const held = await sqlLeases(first).take('sync', 'reading');
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const aside of [-24, 24]) {
      vi.setSystemTime(performance.timeOrigin + performance.now() + aside * 3_600_000);
      expect(await sqlLeases(second).take('sync', 'reading')).toMatchObject({ held: false });
      expect(await sqlLeases(second).holder('sync')).toBeDefined();
    }
    if (!held.held) throw new Error('not held');
    expect(await held.isHeld()).toBe(true);
    await held.release();
  } finally {
    vi.useRealTimers();
    await first.close();
    await second.close();
    await remove();
  }
});
