import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import { serverBoard } from '../../src/stores/shared-state/server-board.ts';
import { openTestEnvironment, stockUp, type TestEnvironment } from '../services/test-environment.ts';
import { makeClock } from '../support/clock.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;

/** Shops whose store holds what servers say of themselves. */
async function withBoard(ids: readonly string[]) {
  const clock = makeClock({ auto: true });
  const shared = memorySharedState({ now: () => opened.current?.clock.now() ?? clock.now() });
  const opened: { current?: TestEnvironment } = {};
  const environment = await openTestEnvironment(ids, { servers: serverBoard(shared) });
  opened.current = environment;
  return { environment, shared, servers: () => environment.services.servers.list() };
}

test('what a server does now and next is seen by whoever opens the store', async () => {
  const { environment, servers } = await withBoard(['dk', 'no']);
  stockUp(environment, ['dk', 'no'], 'SOK-1');
  expect(await servers()).toEqual([]);
  await environment.services.shops.change(toShopId('no'), { paused: true });
  const { server, url } = await openTestServer(environment);
  await server.tick();
  expect(await servers()).toMatchObject([
    { running: true, address: url, paused: ['no'], doing: [{ shopId: 'dk', what: 'full' }], next: [] },
  ]);
  await server.idle();
  await server.tick();
  expect(await servers()).toMatchObject([{ doing: [], next: [{ shopId: 'dk', what: 'changes' }] }]);
});

test('a server that ends cleanly is no longer there; one that was ended by force was last seen', async () => {
  const { environment, servers } = await withBoard(['dk']);
  const [first, second] = [
    await openTestServer(environment, {}, { serverId: 'a' }),
    await openTestServer(environment, {}, { serverId: 'b' }),
  ];
  for (const { server } of [first, second]) {
    await server.tick();
    await server.idle();
  }
  expect((await servers()).map(({ id, running }) => [id, running])).toEqual([
    ['a', true],
    ['b', true],
  ]);
  await first.server.close();
  expect((await servers()).map(({ id }) => id)).toEqual(['b']);
  environment.clock.advance(2 * minute);
  expect(await servers()).toMatchObject([{ id: 'b', running: false }]);
  // The next one on that machine takes the dead one's report away.
  const third = await openTestServer(environment, {}, { serverId: 'c' });
  await third.server.tick();
  await third.server.idle();
  expect((await servers()).map(({ id }) => id)).toEqual(['c']);
});

test('a report of a newer version is left out, and the others are read', async () => {
  const { environment, shared, servers } = await withBoard(['dk']);
  await shared.put('server x', { id: 'x', tasks: 'another shape' });
  const { server } = await openTestServer(environment);
  await server.tick();
  await server.idle();
  expect(await servers()).toHaveLength(1);
});
