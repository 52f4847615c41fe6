import { expect, test, vi } from 'vitest';
import type { Instant } from '../../src/domain/ids.ts';
import { available } from '../../src/domain/product.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import { day, forever, stockUp, type TestEnvironment } from './test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Server = Awaited<ReturnType<typeof openPeak>>['peak'];
/** A world in which ten of a product were read and sent; then the warehouse counts three, on a bad day. */
type BadWorld = TestEnvironment & { readonly server: Server; refuse?: (said: string | undefined) => void };

// What stands on a page that was read well counts: the product that matters comes after it.
const before = 260;

async function peakWms(): Promise<BadWorld> {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  for (let place = 0; place < before; place += 1) world.model.add({ sku: `X-${place}`, name: 'X', lots: lots(1) });
  const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  await sendAll(world);
  world.model.count(good, 3);
  const refuse = (said: string | undefined): void => {
    world.model.faults.refusal = said;
  };
  return { ...world, server: world.peak, refuse };
}

async function tryton(): Promise<BadWorld> {
  const world = await openTryton();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  for (let place = 0; place < before; place += 1)
    world.model.move(world.model.add({ code: `X-${place}`, name: 'X' }), 1, true);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 10, true);
  await sendAll(world);
  world.model.move(good, -7, true);
  return { ...world, server: world.erp };
}

async function sendAll(world: Pick<TestEnvironment, 'services'>): Promise<void> {
  await sync(world);
  const plan = await world.services.push.plan({});
  await world.services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, forever);
}

/** Nothing of ours has changed, and there is nothing to send. */
async function isUntouched(world: BadWorld): Promise<void> {
  const product = (await ours(world, 'SOK-1'))!;
  expect(available(product.stock)).toBe(10);
  expect(product.warehouse?.goneAt).toBeUndefined();
  expect((await world.store.stockLevelsOf([product.id])).map(({ onHand }) => onHand)).toEqual([10]);
  expect((await world.services.push.plan({})).rows.filter(({ kind }) => kind === 'send')).toEqual([]);
}

const systems = [
  ['PeakWMS', peakWms],
  ['Tryton', tryton],
] as const;
const spoil = (over: Partial<Server['temper']>) => (world: BadWorld) => void Object.assign(world.server.temper, over);

type BadDay = readonly [name: string, begin: (world: BadWorld) => void, kind: string];
const badDays: readonly BadDay[] = [
  ['a server that answers HTML', spoil({ htmlPage: true }), 'unintelligible'],
  ['the same page for ever', spoil({ forgetPage: true }), 'unintelligible'],
  ['a server that is away', spoil({ down: true }), 'unreachable'],
  ['an answer that is cut off', spoil({ truncatedJson: true }), 'unintelligible'],
  ['an address that leads elsewhere', spoil({ redirectTo: 'http://127.0.0.1:9/' }), 'moved'],
];
const calm = { htmlPage: false, forgetPage: false, down: false, truncatedJson: false, redirectTo: undefined } as const;

const cases = systems.flatMap(([system, open]) =>
  badDays.map(([name, begin, kind]) => [`${system}: ${name}`, open, begin, kind] as const),
);

test.each(
  cases,
)('%s: clear words, nothing sent, nothing lost, and it goes on by itself', async (_name, open, begin, kind) => {
  const world = await open();
  begin(world);
  const read = await sync(world);
  expect(read.trouble?.kind).toBe(kind);
  for (const language of ['da', 'en'] as const) {
    const words = wordsOf(language);
    const { said, advice } = shopErrorLines(read.trouble!, words.warehouse.name, words);
    expect(said.length, said).toBeGreaterThan(10);
    expect(advice.length, advice).toBeGreaterThan(10);
  }
  expect(world.services.warehouse.show()?.state.failure).toBe(kind);
  await isUntouched(world);
  spoil(calm)(world);
  expect((await sync(world)).trouble).toBeUndefined();
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'send', willBe: 3 }]);
});

test('PeakWMS: a refusal in its own words is told in them', async () => {
  const world = await peakWms();
  world.refuse?.('Kontoen er spærret');
  const read = await sync(world);
  expect(read.trouble).toMatchObject({
    kind: 'refused',
    detail: { said: expect.stringContaining('Kontoen er spærret') },
  });
  await isUntouched(world);
});

test.each(systems)('%s: a wrong key is told as one, once, and changes nothing', async (_system, open) => {
  const world = await open();
  const settings = world.services.warehouse.show()!.settings!;
  const secrets = { key: 'no-such-key', user: 'admin', password: 'no-such-key' };
  const warehouses = memoryWarehouses(world.clock, { settings, secrets });
  const asked = world.server.memory.requests.length;
  const read = await world.as({ warehouses }).warehouse.sync({}, forever);
  expect(read.trouble?.kind).toBe('unauthorized');
  expect(JSON.stringify(read)).not.toContain('no-such-key');
  expect(world.server.memory.requests.length - asked).toBe(1);
  await isUntouched(world);
});

/** From the second page on, 429 for so long. */
function slowDown(world: BadWorld, minutes: number): { readonly pages: string[]; readonly refusedAt: number[] } {
  const seen: { pages: string[]; refusedAt: number[] } = { pages: [], refusedAt: [] };
  let began: number | undefined;
  world.server.temper.beforeAnswer = ({ path, query, body }) => {
    const now = Date.parse(world.clock.now());
    const isFirst = began === undefined;
    began ??= now;
    const isSlow = !isFirst && now - began < minutes * 60_000;
    world.server.temper.throttleEvery = isSlow ? 1 : 0;
    if (isSlow) seen.refusedAt.push(now);
    else seen.pages.push(`${path}?${JSON.stringify(query)}${body}`);
  };
  return seen;
}

test('PeakWMS: 429 for ten minutes is waited out as it was told, said, and gone on from where it was', async () => {
  const world = await peakWms();
  world.server.temper.retryAfter = '90';
  const { pages, refusedAt } = slowDown(world, 10);
  const signalled: (Instant | undefined)[] = [];
  const read = await world.services.warehouse.sync({ onWaiting: (until) => signalled.push(until) }, forever);
  expect(read.trouble).toBeUndefined();
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(3);
  // No page that was had is asked for again.
  expect(new Set(pages).size).toBe(pages.length);
  // Never sooner than it was told, and no more often than that needs.
  const apart = refusedAt.slice(1).map((at, place) => at - refusedAt[place]!);
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(90_000);
  expect(refusedAt.length).toBeLessThan(9);
  const waits = signalled.filter((until) => until !== undefined);
  expect(waits.length).toBe(refusedAt.length);
  expect(signalled.at(-1)).toBeUndefined();
});

test.each(systems)('%s: 429 without an end is given up in words, and nothing is lost by it', async (_system, open) => {
  const world = await open();
  slowDown(world, 100_000);
  const began = Date.parse(world.clock.now());
  const read = await sync(world);
  expect(read.trouble?.kind).toBe('rate-limited');
  expect(Date.parse(world.clock.now()) - began).toBeLessThan(60 * 60_000);
  await isUntouched(world);
  world.server.temper.beforeAnswer = undefined;
  world.server.temper.throttleEvery = 0;
  world.clock.advance(20 * 60_000);
  expect((await sync(world)).trouble).toBeUndefined();
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(3);
});

test.each(
  systems,
)('%s: figures older than the limit are sent to nobody, also not by a plan made before', async (_system, open) => {
  const world = await open();
  await sync(world);
  const plan = await world.services.push.plan({});
  expect(plan.rows).toMatchObject([{ kind: 'send', willBe: 3 }]);
  world.server.temper.down = true;
  world.clock.advance(2 * day);
  const later = await world.services.push.plan({});
  expect(later.rows).toMatchObject([{ kind: 'skip', why: 'figure-too-old' }]);
  await expect(world.services.push.apply({ planId: plan.id, yes: {} }, forever)).rejects.toMatchObject({
    name: 'Refusal',
  });
});
