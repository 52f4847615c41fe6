import { expect, test, vi } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import { serverBoard } from '../../src/stores/shared-state/server-board.ts';
import { openTestEnvironment, stockUp } from '../services/test-environment.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A server whose store, and what servers say of themselves in it, can be away. */
async function withStoreAway() {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  const state = { away: false, tell: (_: StoreError | undefined): void => {} };
  const orAway = <Value>(value: Value): Value => {
    if (state.away) throw new StoreError('unreachable', 'postgres://db/warehouse', 'connect ECONNREFUSED');
    return value;
  };
  const guarded = <Thing extends object>(thing: Thing): Thing =>
    new Proxy(thing, {
      get: (target, name, receiver) => {
        const found: unknown = Reflect.get(target, name, receiver);
        if (typeof found !== 'function') return found;
        return async (...given: readonly unknown[]) => orAway(found.apply(target, given));
      },
    });
  const notes: { readonly level: string; readonly what: string; readonly told?: unknown }[] = [];
  const noting = (level: string) => (what: string, told?: unknown) => void notes.push({ level, what, told });
  const log = { info: noting('info'), warn: noting('warn'), error: noting('error') };
  const { clock, harness } = environment;
  const store: Store = guarded(environment.store);
  const servers = guarded(serverBoard(memorySharedState(clock)));
  const wait = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const world = {
    ...harness,
    store: {
      ...store,
      watch: environment.store.watch,
      watchTrouble: (listener: (trouble: StoreError | undefined) => void) => {
        state.tell = listener;
        return () => undefined;
      },
    },
    servers,
    clock: { now: clock.now, wait },
  };
  const { server, url } = await openTestServer(environment, {}, { world, log });
  const ask = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { server, ask, clock, state, noted: (level: string) => notes.filter((note) => note.level === level) };
}

test('a store that is away for long is noted once, and once more when it is back', async () => {
  const { server, clock, state, noted } = await withStoreAway();
  await server.tick();
  await server.idle();
  state.away = true;
  for (let tick = 0; tick < 5; tick += 1) {
    clock.advance(5_000);
    await server.tick();
  }
  expect(noted('error')).toMatchObject([
    {
      what: expect.stringContaining('the store is in trouble'),
      told: { kind: 'unreachable', detail: 'connect ECONNREFUSED' },
    },
  ]);
  state.away = false;
  await server.tick();
  await server.idle();
  expect(noted('info').filter(({ what }) => what === 'the store is back')).toHaveLength(1);
  expect(noted('error')).toHaveLength(1);
});

test('while the store is away the figures say so, and give none that are old', async () => {
  const { server, ask, state } = await withStoreAway();
  await server.tick();
  await server.idle();
  const there = (await ask('/metrics')).text;
  expect(there).toContain('\nbindeled_store_up 1\n');
  expect(there).toContain('bindeled_integrations{shop="dk"} 1');
  state.away = true;
  const away = await ask('/metrics');
  expect(away.status).toBe(200);
  expect(away.text).toContain('\nbindeled_store_up 0\n');
  expect(away.text).toContain('bindeled_rounds_total{');
  expect(away.text).not.toContain('bindeled_integrations{');
  expect([(await ask('/readyz')).status, (await ask('/healthz')).status]).toEqual([503, 200]);
});

test('a store that answers and may be read by nobody else is no sound store: log, readiness and figures say so', async () => {
  const { server, ask, state, noted } = await withStoreAway();
  await server.tick();
  await server.idle();
  state.tell(new StoreError('no-access', '/srv/bindeled.sqlite', 'looking at the store: EACCES'));
  expect((await ask('/readyz')).status).toBe(503);
  const { text } = await ask('/metrics');
  expect(text).toContain('bindeled_store_up 0');
  expect(text).not.toContain('bindeled_integrations{');
  for (let tick = 0; tick < 3; tick += 1) await server.tick();
  expect(noted('error')).toMatchObject([{ told: { kind: 'no-access', place: '/srv/bindeled.sqlite' } }]);
  state.tell(undefined);
  await server.tick();
  expect((await ask('/readyz')).status).toBe(200);
  expect(noted('info').filter(({ what }) => what === 'the store is back')).toHaveLength(1);
});

test('a server that stops while its store is away stops, and says that something was left', async () => {
  const { server, state } = await withStoreAway();
  await server.tick();
  await server.idle();
  state.away = true;
  expect(await server.close()).toBe(false);
});
