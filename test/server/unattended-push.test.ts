import { expect, test, vi } from 'vitest';
import {
  forever,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  theProduct,
} from '../services/test-environment.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;

async function twoProducts() {
  const environment = await openTestEnvironment(['dk']);
  for (const sku of ['SOK-1', 'SOK-2']) stockUp(environment, ['dk'], sku);
  await syncAll(environment);
  const { stock } = environment.services;
  const [one, two] = [await theProduct(environment, 'SOK-1'), await theProduct(environment, 'SOK-2')];
  for (const { id } of [one, two]) await stock.set(id, 10);
  await pushEverything(environment);
  const count = async (first: number, second: number): Promise<void> => {
    await stock.set(one.id, first);
    await stock.set(two.id, second);
  };
  const shown = () => ['SOK-1', 'SOK-2'].map((sku) => quantityIn(environment, 'dk', sku));
  return { environment, count, shown };
}

test('a shop that is not named is never told anything unattended', async () => {
  const { environment, count, shown } = await twoProducts();
  await count(9, 8);
  const { server } = await openTestServer(environment);
  environment.clock.advance(6 * minute);
  await server.tick();
  await server.idle();
  expect(shown()).toEqual([10, 10]);
});

test('what no guard stops is sent by the schedule, and a zero waits for a person', async () => {
  const { environment, count, shown } = await twoProducts();
  await count(9, 0);
  const { server } = await openTestServer(environment, { push: { dk: [] } });
  environment.clock.advance(6 * minute);
  await server.tick();
  await server.idle();
  expect(shown()).toEqual([9, 10]);
  const pushed = (await environment.services.history.list({ limit: 20 })).find(({ type }) => type === 'stock-pushed');
  expect(pushed?.by).toEqual({ kind: 'program', name: 'schedule' });
});

test('a guard that does not hold in a shop lets its figures through there', async () => {
  const { environment, count, shown } = await twoProducts();
  await count(9, 0);
  const { server } = await openTestServer(environment, { push: { dk: ['zeroes'] } });
  environment.clock.advance(6 * minute);
  await server.tick();
  await server.idle();
  expect(shown()).toEqual([9, 0]);
});

test('rounds that have nothing to say leave no plan behind', async () => {
  const { environment } = await twoProducts();
  const before = (await environment.services.push.planIds(100)).length;
  const { server } = await openTestServer(environment, { push: { dk: [] } });
  environment.clock.advance(6 * minute);
  await server.tick();
  await server.idle();
  expect((await environment.services.push.planIds(100)).length).toBe(before);
});

test('a plan of what is held keeps and sends nothing else, also of the same products', async () => {
  const { environment, count, shown } = await twoProducts();
  const { push } = environment.services;
  await count(9, 0);
  const plan = await push.plan({ only: (row) => row.kind === 'send' && row.guards.length > 0 });
  expect((await push.storedPlan(plan.id))?.rows).toHaveLength(1);
  const result = await push.apply({ planId: plan.id, yes: { zeroes: 1 } }, forever);
  expect(result).toMatchObject({ sent: 1, heldByGuard: 0 });
  expect(shown()).toEqual([10, 0]);
});
