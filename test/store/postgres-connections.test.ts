import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId } from '../../src/domain/ids.ts';
import type { StoreError } from '../../src/ports/store-error.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { openStore } from '../../src/stores/open-store.ts';
import type { ChangeNotice } from '../../src/stores/sql/engine.ts';
import { readPostgresAddress } from '../../src/stores/sql/postgres/address.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { listen } from '../../src/stores/sql/postgres/listen.ts';
import { callServer, growWhenNeeded } from '../../src/stores/sql/postgres/pool.ts';
import { unlessSilent } from '../../src/stores/sql/postgres/silence.ts';
import { isLost } from '../../src/stores/sql/postgres/trouble.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { makeProduct } from '../support/builders.ts';
import { makeProxy } from '../support/postgres/proxy.ts';
import { makeSchema, type TestSchema } from '../support/postgres/schema.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let schema: TestSchema;
beforeEach(async () => {
  schema = await makeSchema();
});
afterEach(() => schema.remove());

test('what asks and ends opens one connection; only who watches has another one listen', async () => {
  const proxy = await makeProxy(schema.url);
  const store = sqlStore(await postgresEngine(proxy.url));
  await store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
  await store.counts();
  await store.products([toProductId('p1')]);
  expect(proxy.connections()).toBe(1);
  store.watch(() => undefined);
  await expect.poll(() => proxy.connections(), { timeout: 30_000 }).toBe(2);
  await store.close();
  // A server that is called before the store is loaded is called once.
  const places = { jsonFolder: '', sqliteFile: '' };
  const { store: called } = await openStore({ kind: 'postgres', connection: proxy.url }, systemClock, places);
  expect((await called.products([toProductId('p1')])).length).toBe(1);
  expect(proxy.connections()).toBe(3);
  await called.close();
  // Nor twice by a command, which calls it before the store is opened.
  const { connection, ...others } = callServer(proxy.url);
  const config = { kind: 'postgres', connection } as const;
  const { store: opened } = await openStore(config, systemClock, places, { called: { connection, ...others } });
  expect((await opened.products([toProductId('p1')])).length).toBe(1);
  expect(proxy.connections()).toBe(4);
  await opened.close();
  const env = { ...process.env, BINDELED_HOME: tmpdir(), BINDELED_STORE: proxy.url };
  const program = fileURLToPath(new URL('../../dist/start.cjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'find', 'p1', '--json'], {
    env,
    timeout: 50_000,
  });
  expect([JSON.parse(stdout).hits.length, proxy.connections()]).toEqual([1, 5]);
  await proxy.close();
});

test('a command puts its questions at once over one connection, a refused one beside others; who watches puts them apart', async () => {
  const proxy = await makeProxy(schema.url);
  const engine = await postgresEngine(proxy.url);
  const slowly = (divisor: number) =>
    engine.ask(sql<{ said: number }>`select ${divisor}::int as said, 1 / ${divisor}::int as part, pg_sleep(0.15)`);
  const answers = await Promise.allSettled([slowly(1), slowly(0), slowly(2)]);
  expect(answers.map((one) => (one.status === 'fulfilled' ? one.value[0]?.said : one.status))).toEqual([
    1,
    'rejected',
    2,
  ]);
  expect(proxy.connections()).toBe(1);
  // Who begins to listen asks once itself: that is not to be counted among the two.
  const listening = Promise.withResolvers<void>();
  const stop = engine.follow({ onNotice: () => undefined, onTrouble: () => listening.resolve() });
  await listening.promise;
  expect(proxy.connections()).toBe(2);
  const other = await postgresEngine(schema.url);
  const held = () => engine.ask(sql`select pg_advisory_lock_shared(2412)`);
  const both = await other.transact('lock', async (ask) => {
    await ask(sql`select pg_advisory_xact_lock(2412)`);
    const two = Promise.all([held(), held()]);
    // One more to ask, and one that listens.
    await expect.poll(() => proxy.connections(), { timeout: 30_000 }).toBe(3);
    return { two };
  });
  await both.two;
  stop();
  await engine.close();
  await other.close();
  await proxy.close();
});

test('of three questions in one go each has its own answer, whatever becomes of the one in the middle', async () => {
  const engine = await postgresEngine(schema.url);
  const other = await postgresEngine(schema.url);
  const said = (number: number) => engine.ask(sql<{ said: number }>`select ${number}::int as said`);
  const held = () => engine.ask(sql<{ said: number }>`select 2 as said, pg_advisory_lock_shared(2411)`);
  const answers = async (middle: () => ReturnType<typeof held>) =>
    (await Promise.allSettled([said(1), middle(), said(3)])).map((one) =>
      one.status === 'fulfilled' ? one.value[0]?.said : one.reason.kind,
    );
  /** What happens to a connection while its second question waits. */
  const meanwhile = async (done: 'pg_cancel_backend' | 'pg_terminate_backend') => {
    const lock = Promise.withResolvers<void>();
    const holding = other.transact('lock', async (ask) => {
      await ask(sql`select pg_advisory_xact_lock(2411)`);
      const three = answers(held);
      const hit = () =>
        ask(sql<{ done: boolean }>`
        select ${sql.raw(done)}(pid) as done from pg_locks
        where locktype = 'advisory' and objid = 2411 and not granted`);
      await expect.poll(async () => (await hit()).length, { timeout: 30_000 }).toBe(1);
      three.then(() => lock.resolve());
      // One that is asked anew waits for the lock again.
      if (done === 'pg_cancel_backend') await lock.promise;
      return { three };
    });
    return (await holding).three;
  };
  expect(await meanwhile('pg_cancel_backend')).toEqual([1, 'too-slow', 3]);
  expect(await meanwhile('pg_terminate_backend')).toEqual([1, 2, 3]);
  await engine.ask(sql`select set_config('statement_timeout', '500', false)`);
  const slow = () => engine.ask(sql<{ said: number }>`select 2 as said, pg_sleep(60)`);
  expect(await answers(slow)).toEqual([1, 'too-slow', 3]);
  await engine.close();
  await other.close();
});

test('a question that is put again is planned once, and one for a text each time', async () => {
  const engine = await postgresEngine(schema.url);
  const { products, search, close } = sqlStore(engine);
  const ids = [toProductId('p1')];
  for (let round = 0; round < 3; round += 1) await Promise.all([products(ids), search({ text: 'lygte', limit: 3 })]);
  const planned = await engine.ask(sql<{ statement: string }>`select statement from pg_prepared_statements`);
  expect(planned.filter(({ statement }) => statement.includes('from products t where'))).toHaveLength(1);
  expect(planned.filter(({ statement }) => statement.includes('t.search'))).toEqual([]);
  await close();
});

test('what is changed before anybody listens is told by name, or that there may be something', async () => {
  const engine = await postgresEngine(schema.url);
  const store = sqlStore(engine);
  await store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
  const hear = (since: number | undefined) =>
    new Promise<ChangeNotice | undefined>((resolve) => {
      const follower = {
        onNotice: (notice: ChangeNotice | undefined) => {
          stop();
          resolve(notice);
        },
        onTrouble: () => undefined,
      };
      const stop = listen(readPostgresAddress(schema.url), follower, Promise.resolve(since));
    });
  expect(await hear(0)).toMatchObject({ change: { tables: ['products'], products: ['p1'] } });
  expect(await hear(undefined)).toBeUndefined();
  await store.close();
});

test('an answer that comes late is no silence', async () => {
  const engine = await postgresEngine(schema.url);
  const address = readPostgresAddress(schema.url);
  const heard: (string | undefined)[] = [];
  const follower = { onNotice: () => undefined, onTrouble: (trouble?: StoreError) => void heard.push(trouble?.kind) };
  const stop = listen(address, follower, Promise.resolve(0));
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const client = new pg.Client(address.config);
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${address.schema}.changes in access exclusive mode`);
  const waited = sql<{ seconds: number | null }>`
    select max(extract(epoch from clock_timestamp() - query_start))::float8 as seconds from pg_stat_activity
    where wait_event_type = 'Lock' and query like '%from changes c%'`;
  const seconds = async () => (await engine.ask(waited))[0]?.seconds ?? 0;
  await expect.poll(seconds, { timeout: 20_000, interval: 20 }).toBeGreaterThan(1.1);
  await client.query('rollback');
  const before = heard.length;
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(before);
  expect(heard.filter((kind) => kind !== undefined)).toEqual([]);
  stop();
  await client.end();
  await engine.close();
});

describe('a statement that may take as long as it needs', () => {
  const configOf = (url: string) => readPostgresAddress(url).config;

  test('is given up once the server answers nobody any more', async () => {
    const proxy = await makeProxy(schema.url);
    proxy.freeze();
    const never = new Promise<never>(() => undefined);
    const given = unlessSilent(configOf(proxy.url), never, { everyMs: 10, answerMs: 100, atMost: 3 });
    const error = await given.catch((thrown: unknown) => thrown);
    expect(isLost(error)).toBe(true);
    // One that was given up at once may still be on its way in.
    await expect.poll(() => proxy.connections(), { timeout: 30_000 }).toBe(3);
    await proxy.close();
  });

  test('is waited for while the server answers, be it by a refusal', async () => {
    const proxy = await makeProxy(schema.url);
    for (const config of [configOf(proxy.url), { ...configOf(proxy.url), password: 'another' }]) {
      const work = Promise.withResolvers<string>();
      const before = proxy.connections();
      const waited = unlessSilent(config, work.promise, { everyMs: 10, answerMs: 30_000, atMost: 1 });
      await expect.poll(() => proxy.connections() - before, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
      work.resolve('done');
      expect(await waited).toBe('done');
    }
    await proxy.close();
  });
});

describe('a pool', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A pool that makes a connection for whoever asks while all others are taken, as the driver's own does. */
  const makePool = (max = 5) => {
    const pool = {
      totalCount: 0,
      taken: 0,
      refuses: false,
      connect: async () => {
        if (pool.refuses) throw new Error('refused');
        pool.taken += 1;
        pool.totalCount = Math.max(pool.totalCount, pool.taken);
      },
    };
    const { connect, released } = growWhenNeeded({ connect: pool.connect, max, count: () => pool.totalCount });
    const give = (): void => {
      pool.taken -= 1;
      released();
    };
    return { pool, take: connect, give };
  };

  test('gives a connection that came free to who waits, in turn, and makes no other', async () => {
    const { pool, take, give } = makePool();
    await take();
    const order: number[] = [];
    const two = take().then(() => order.push(2));
    const three = take().then(() => order.push(3));
    await vi.advanceTimersByTimeAsync(10);
    give();
    await two;
    give();
    await three;
    expect(order).toEqual([2, 3]);
    expect(pool.totalCount).toBe(1);
  });

  test('makes another where none came free in time, and keeps to its most', async () => {
    const { pool, take, give } = makePool(2);
    await take();
    const second = take();
    await vi.advanceTimersByTimeAsync(1_000);
    await second;
    expect(pool.totalCount).toBe(2);
    give();
    give();
    await take();
    await take();
    expect(pool.totalCount).toBe(2);
  });

  test('that was refused a connection lets the next one try', async () => {
    const { pool, take } = makePool();
    pool.refuses = true;
    const [one, two] = [take(), take()];
    await expect(one).rejects.toThrow('refused');
    await expect(two).rejects.toThrow('refused');
    pool.refuses = false;
    await take();
    expect(pool.taken).toBe(1);
  });
});
