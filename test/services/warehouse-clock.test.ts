import { expect, test, vi } from 'vitest';
import { available } from '../../src/domain/product.ts';
import { warehouseFacts, warehouseHealth } from '../../src/views/warehouse/warehouse-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { stockUp } from './test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync, syncChanges } from './warehouse-environment.ts';

// It reads warehouses over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const minute = 60_000;

const systems = {
  peakwms: async () => {
    const world = await openPeak();
    const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
    world.model.add({ sku: 'HUE-1', name: 'Hue', lots: lots(4) });
    let onHand = 10;
    return { ...world, server: world.peak, sell: () => world.model.count(good, --onHand) };
  },
  tryton: async () => {
    const world = await openTryton();
    const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
    world.model.move(good, 10, true);
    world.model.move(world.model.add({ code: 'HUE-1', name: 'Hue' }), 4, true);
    return { ...world, server: world.erp, sell: () => world.model.move(good, -1, true) };
  },
};

test.each(
  Object.entries(systems),
)('R11: what changes in %s is not missed, whatever its clock says', async (name, open) => {
  const world = await open();
  const { clock, services, server } = world;
  const { temper } = server;
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const figure = async () => available((await ours(world, 'SOK-1'))!.stock);
  /** What the screen, `warehouse show` and `doctor` say of the clock. */
  const said = () => {
    const overview = services.warehouse.show()!;
    const format = { words: wordsOf('en'), now: clock.now() };
    const lines = [
      ...warehouseFacts(overview, format).map(([, value]) => value),
      warehouseHealth(overview, format).said,
    ];
    return lines.filter((line) => line.includes('clock'));
  };
  /** Something is sold, and somewhat later what changed is read. */
  const sold = async () => {
    clock.advance(minute);
    world.sell();
    clock.advance(5 * minute);
    return syncChanges(world);
  };

  // Half an hour behind: near enough to go by, in its own time.
  temper.clockSkewMs = -30 * minute;
  clock.advance(60 * minute);
  await sync(world);
  expect(await sold()).toMatchObject({ kind: 'changes', counts: { changed: 1 } });
  expect(await figure()).toBe(9);
  expect(said()).toEqual([]);

  // Set right: what happened since the last reading is dated by two clocks.
  world.sell();
  temper.clockSkewMs = 20 * minute;
  expect(await syncChanges(world)).toMatchObject({ kind: 'full' });
  expect(await figure()).toBe(8);
  expect(said()).toEqual([expect.stringMatching(/jumped/), expect.stringMatching(/jumped/)]);
  expect(await sold()).toMatchObject({ kind: 'changes', counts: { changed: 1 } });
  expect(said()).toEqual([]);

  // And back: by the clock of then, everything since is older than the last reading.
  temper.clockSkewMs = 0;
  world.sell();
  expect(await syncChanges(world)).toMatchObject({ kind: 'full' });
  expect(await figure()).toBe(6);

  for (const [skewMs, words] of [
    [-180 * minute, /3 h.* behind/],
    [600 * minute, /10 h.* ahead/],
  ] as const) {
    temper.clockSkewMs = skewMs;
    for (let round = 0; round < 2; round += 1) {
      const before = await figure();
      expect(await sold()).toMatchObject({ kind: 'full' });
      expect(await figure()).toBe(before - 1);
      expect(said()).toEqual([expect.stringMatching(words), expect.stringMatching(words)]);
    }
  }
  temper.clockSkewMs = 0;
  await sold();
  temper.dateHeader = 'Fri, 31 Dec 9999 23:59:59 GMT';
  expect(await sold()).toMatchObject({ kind: 'full' });
  expect(await sold()).toMatchObject({ kind: 'full' });
  // Where it says nothing any more, it stands as it stood.
  temper.dateHeader = 'yesterday';
  expect(await sold()).toMatchObject({ kind: 'full' });
  temper.dateHeader = undefined;
  await sold();
  temper.dateHeader = 'yesterday';
  expect([name, (await sold()).kind, await figure()]).toEqual([name, 'changes', -4]);
});

test.each(
  Object.entries(systems),
)('R11: where %s dates its records by a slower clock than the one that answers, no change is missed', async (_, open) => {
  const world = await open();
  const { clock, server } = world;
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  clock.advance(60 * minute);
  server.temper.clockSkewMs = -40 * minute;
  const tick = (minutes: number) => {
    clock.advance(minutes * minute);
    server.temper.dateHeader = new Date(clock.now()).toUTCString();
  };
  tick(0);
  await sync(world);
  for (const left of [9, 8, 7]) {
    tick(1);
    world.sell();
    tick(20);
    expect(await syncChanges(world)).toMatchObject({ kind: 'changes' });
    expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(left);
    // And one in which nothing happened.
    tick(30);
    await syncChanges(world);
  }
  // Changes alone are not gone by for more than a day: what none of them told is found then.
  clock.advance(25 * 60 * minute);
  tick(0);
  expect(await syncChanges(world)).toMatchObject({ kind: 'full' });
});
