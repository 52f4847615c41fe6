import { expect, test, vi } from 'vitest';
import { quantityIn, theProduct } from '../services/test-environment.ts';
import { openTestServer } from './open-test-server.ts';
import { withPeakWms } from './with-peakwms.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;

test('the warehouse is read every minute, and what changed there is told at once where that is switched on', async () => {
  const { environment, model } = await withPeakWms();
  const { server } = await openTestServer(environment, { push: { dk: ['firsts'] } });
  const tick = async (milliseconds: number): Promise<void> => {
    environment.clock.advance(milliseconds);
    await server.tick();
    await server.idle();
  };
  await tick(0);
  expect((await theProduct(environment, 'SOK-1')).stock.onHand).toBe(10);
  expect(quantityIn(environment, 'dk', 'SOK-1')).toBe(10);
  const [good] = [...model.goods.values()];
  model.count(good!, 8);
  await tick(minute / 2);
  expect(quantityIn(environment, 'dk', 'SOK-1')).toBe(10);
  await tick(minute);
  expect(quantityIn(environment, 'dk', 'SOK-1')).toBe(8);
  const pushed = (await environment.services.history.list({ limit: 20 })).find(({ type }) => type === 'stock-pushed');
  expect(pushed?.by).toEqual({ kind: 'program', name: 'schedule' });
});

test('what comes next names the warehouse', async () => {
  const { environment } = await withPeakWms();
  const { server } = await openTestServer(environment);
  await server.tick();
  expect((await server.status()).doing).toMatchObject([{ what: 'warehouse' }]);
  await server.idle();
  expect((await server.status()).next.map(({ what }) => what)).toEqual(['warehouse', 'changes']);
});
