import { expect, test, vi } from 'vitest';
import { available } from '../../src/domain/product.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import { day, forever, stockUp } from './test-environment.ts';
import { lots, openPeak, ours, type PeakEnvironment, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A product whose figure was read and sent; then PeakWMS counts another, on a bad day. */
async function onABadDay(): Promise<PeakEnvironment> {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  // What stands on a page that was read well counts: the one that matters comes after it.
  for (let place = 0; place < 260; place += 1) world.model.add({ sku: `X-${place}`, name: 'X', lots: lots(1) });
  const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  await sync(world);
  const plan = await world.services.push.plan({});
  await world.services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, forever);
  world.model.count(good, 3);
  return world;
}

/** Nothing of ours has changed, and there is nothing to send. */
async function isUntouched(world: PeakEnvironment): Promise<void> {
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(10);
  expect((await world.store.stockLevelsOf([(await ours(world, 'SOK-1'))!.id])).map(({ onHand }) => onHand)).toEqual([
    10,
  ]);
  expect((await world.services.push.plan({})).rows.filter(({ kind }) => kind === 'send')).toEqual([]);
}

type BadDay = readonly [name: string, begin: (world: PeakEnvironment) => void, kind: string];
const badDays: readonly BadDay[] = [
  [
    'a server that answers HTML',
    ({ peak }) => {
      peak.temper.htmlPage = true;
    },
    'not-json',
  ],
  [
    'the same page for ever',
    ({ peak }) => {
      peak.temper.forgetPage = true;
    },
    'unintelligible',
  ],
  [
    'a server that is away',
    ({ peak }) => {
      peak.temper.down = true;
    },
    'unreachable',
  ],
  [
    'an answer that is cut off',
    ({ peak }) => {
      peak.temper.truncatedJson = true;
    },
    'not-json',
  ],
  [
    'a refusal in PeakWMS’s own words',
    ({ model }) => {
      model.faults.refusal = 'Kontoen er spærret';
    },
    'refused',
  ],
];

test.each(badDays)('%s: clear words, nothing sent, nothing lost, and it goes on by itself', async (_name, begin) => {
  const world = await onABadDay();
  begin(world);
  const read = await sync(world);
  expect(read.trouble).toBeDefined();
  for (const language of ['da', 'en'] as const) {
    const words = wordsOf(language);
    const { said, advice } = shopErrorLines(read.trouble!, words.warehouse.name, words);
    expect(said.length, said).toBeGreaterThan(10);
    expect(advice.length, advice).toBeGreaterThan(10);
  }
  expect(world.services.warehouse.show()?.state.failure).toBe(read.trouble?.kind);
  await isUntouched(world);
  Object.assign(world.peak.temper, { htmlPage: false, forgetPage: false, down: false, truncatedJson: false });
  world.model.faults.refusal = undefined;
  expect((await sync(world)).trouble).toBeUndefined();
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'send', willBe: 3 }]);
});

test('a wrong key is told as one, once, and changes nothing', async () => {
  const world = await onABadDay();
  const settings = world.services.warehouse.show()!.settings!;
  const warehouses = memoryWarehouses(world.clock, { settings, secrets: { key: 'no-such-key' } });
  const before = world.peak.memory.requests.length;
  const read = await world.as({ warehouses }).warehouse.sync({}, forever);
  expect(read.trouble?.kind).toBe('unauthorized');
  expect(JSON.stringify(read)).not.toContain('no-such-key');
  expect(world.peak.memory.requests.length - before).toBe(1);
  await isUntouched(world);
});

test('429 for ten minutes is waited out, and what was asked for comes', async () => {
  const world = await onABadDay();
  const began = Date.parse(world.clock.now());
  world.peak.temper.throttleEvery = 1;
  world.peak.temper.beforeAnswer = () => {
    if (Date.parse(world.clock.now()) - began > 10 * 60_000) world.peak.temper.throttleEvery = 0;
  };
  const read = await sync(world);
  if (read.trouble !== undefined) {
    // It gave up before: then it says so in words, and the next reading goes on.
    expect(read.trouble.kind).toBe('rate-limited');
    await isUntouched(world);
    world.clock.advance(11 * 60_000);
    expect((await sync(world)).trouble).toBeUndefined();
  }
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(3);
});

test('figures older than the limit are sent to nobody, also not by a plan that was made before', async () => {
  const world = await onABadDay();
  await sync(world);
  const plan = await world.services.push.plan({});
  expect(plan.rows).toMatchObject([{ kind: 'send', willBe: 3 }]);
  world.peak.temper.down = true;
  world.clock.advance(2 * day);
  const later = await world.services.push.plan({});
  expect(later.rows).toMatchObject([{ kind: 'skip', why: 'figure-too-old' }]);
  await expect(world.services.push.apply({ planId: plan.id, yes: {} }, forever)).rejects.toMatchObject({
    name: 'Refusal',
  });
});
