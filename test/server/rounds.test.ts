import { expect, test, vi } from 'vitest';
import { later, toShopId } from '../../src/domain/ids.ts';
import type { Leases } from '../../src/ports/store.ts';
import { linkedIn, openTestEnvironment, stockUp } from '../services/test-environment.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;
const lists = (requests: readonly { readonly path: string }[]): number =>
  requests.filter(({ path }) => path.endsWith('/wc/v3/products')).length;

test('a new shop is read whole at once, and what changed five minutes later', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  const { server } = await openTestServer(environment);
  await server.tick();
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['dk']);
  const [state] = await environment.store.shopStates();
  expect(state?.run).toMatchObject({ kind: 'full', status: 'finished' });

  const read = lists(environment.shop('dk').memory.requests);
  environment.clock.advance(4 * minute);
  await server.tick();
  await server.idle();
  expect(lists(environment.shop('dk').memory.requests)).toBe(read);

  environment.clock.advance(2 * minute);
  await server.tick();
  await server.idle();
  expect((await environment.store.shopStates())[0]?.run).toMatchObject({ kind: 'changes', status: 'finished' });
});

test('a round acts as the schedule, not as a person', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  const { server } = await openTestServer(environment);
  await server.tick();
  await server.idle();
  const events = await environment.services.history.list({ limit: 50 });
  expect(new Set(events.map(({ by }) => by.kind))).toEqual(new Set(['program']));
  expect(events.find(({ type }) => type === 'run-finished')?.by).toEqual({ kind: 'program', name: 'schedule' });
});

test('every shop is read whole at night', async () => {
  const environment = await openTestEnvironment(['dk'], {}, '2026-11-24T23:00:00.000Z');
  const { server } = await openTestServer(environment);
  await server.tick();
  await server.idle();
  // 02:30 in Copenhagen is 01:30 in UTC.
  environment.clock.advance(155 * minute);
  await server.tick();
  await server.idle();
  expect((await environment.store.shopStates())[0]?.run).toMatchObject({ kind: 'full', status: 'finished' });
  environment.clock.advance(6 * minute);
  await server.tick();
  await server.idle();
  expect((await environment.store.shopStates())[0]?.run?.kind).toBe('changes');
});

test('a clock that was years ahead and is set right holds no shop up, and none is read by another server over and over', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { server } = await openTestServer(environment);
  const run = async () => (await environment.store.shopStates())[0]?.run;
  /** What is read by a server in two rounds, after time went on or back. */
  const readAfter = async (advance: number, by = server): Promise<readonly (string | undefined)[]> => {
    environment.clock.set(later(environment.clock.now(), advance));
    const read: (string | undefined)[] = [];
    for (let tick = 0; tick < 2; tick += 1) {
      const before = await run();
      await by.tick();
      await by.idle();
      const after = await run();
      if (after?.id !== before?.id) read.push(after?.kind);
    }
    return read;
  };
  const year = 365 * 24 * 60 * minute;
  expect(await readAfter(3 * year)).toEqual(['full']);
  expect(await readAfter(-3 * year)).toEqual(['full']);
  expect(await readAfter(4 * minute)).toEqual([]);
  expect(await readAfter(2 * minute)).toHaveLength(1);
  expect(await readAfter(-30 * minute)).toHaveLength(1);
  // A server that starts anew knows of no clock but its own, which is not further from those of others than an hour.
  const { server: other } = await openTestServer(environment, {}, { serverId: 'b' });
  expect(await readAfter(-10 * minute, other)).toEqual([]);
  expect(await readAfter(-24 * 60 * minute, other)).toEqual(['full']);
});

test('two servers over one store: each shop is read by one', async () => {
  const environment = await openTestEnvironment(['dk', 'no', 'se']);
  stockUp(environment, ['dk', 'no', 'se'], 'SOK-1');
  const [first, second] = [
    await openTestServer(environment, {}, { serverId: 'a' }),
    await openTestServer(environment, {}, { serverId: 'b' }),
  ];
  await Promise.all([first.server.tick(), second.server.tick()]);
  await Promise.all([first.server.idle(), second.server.idle()]);
  await Promise.all([first.server.tick(), second.server.tick()]);
  await Promise.all([first.server.idle(), second.server.idle()]);
  const events = await environment.services.history.list({ limit: 50 });
  const read = events.flatMap((event) => (event.type === 'run-finished' ? [event.run.shopId] : []));
  expect(read.toSorted()).toEqual(['dk', 'no', 'se']);
});

test('a paused shop is left in peace, and planned again when it is resumed', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { server } = await openTestServer(environment);
  await environment.services.shops.change(toShopId('dk'), { paused: true });
  await server.tick();
  await server.idle();
  expect(environment.shop('dk').memory.requests).toEqual([]);
  expect(await server.status()).toMatchObject({ doing: [], next: [], paused: ['dk'] });
  await environment.services.shops.change(toShopId('dk'), { paused: false });
  await server.tick();
  await server.idle();
  expect(environment.shop('dk').memory.requests.length).toBeGreaterThan(0);
});

test('a stop in mid round ends cleanly, and the next server goes on at once', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  const { server } = await openTestServer(environment);
  const end = new AbortController();
  const ended = server.run(end.signal);
  environment.shop('dk').temper.beforeAnswer = () => end.abort();
  await ended;
  expect((await environment.store.shopStates())[0]?.run?.status).toBe('interrupted');

  environment.shop('dk').temper.beforeAnswer = undefined;
  environment.clock.advance(6 * minute);
  const next = await openTestServer(environment);
  await next.server.tick();
  await next.server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['dk']);
});

test('a shop that another reads is due here as soon as the other has died', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  const { leases } = environment.harness;
  let refusals = 1;
  // Two servers found the shop due at the same moment, and the other was quicker.
  const late: Leases = {
    ...leases,
    take: async (name, doing) => {
      const other = { pid: 7, host: 'other', user: 'other', since: environment.clock.now(), doing };
      if (name === 'sync-dk' && refusals-- > 0) return { held: false, by: other };
      return leases.take(name, doing);
    },
  };
  const { server } = await openTestServer({ ...environment, harness: { ...environment.harness, leases: late } });
  await server.tick();
  await server.idle();
  expect([refusals, lists(environment.shop('dk').memory.requests)]).toEqual([0, 0]);
  await server.tick();
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['dk']);
});

test('a reading that another began after our last one, and died in, goes on at once', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { server } = await openTestServer(environment);
  await server.tick();
  await server.idle();
  environment.clock.advance(minute);
  const [state] = await environment.store.shopStates();
  const { endedAt: _, ...begun } = state!.run!;
  const died = { ...state!, run: { ...begun, status: 'running', startedAt: environment.clock.now() } } as const;
  await environment.store.change(async () => ({ put: { shopStates: [died] }, drop: {}, events: [] }));
  const read = lists(environment.shop('dk').memory.requests);
  await server.tick();
  await server.idle();
  expect(lists(environment.shop('dk').memory.requests)).toBeGreaterThan(read);
  expect((await environment.store.shopStates())[0]?.run?.status).toBe('finished');
});

test('health tells whether it lives, and readiness whether it may be asked', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { server, url } = await openTestServer(environment);
  const status = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;
  await server.tick();
  await server.idle();
  expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 200]);
  environment.clock.advance(2 * minute);
  expect(await status('/healthz')).toBe(503);
  const figures = await (await fetch(`${url}/metrics`)).text();
  expect(figures).toContain('bindeled_rounds_total{shop="dk",kind="full",outcome="unchanged"} 1');
});
