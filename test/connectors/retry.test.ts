import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { makeLimiter } from '../../src/connectors/limiter.ts';
import { withRetry } from '../../src/connectors/retry.ts';
import { redactor } from '../../src/connectors/secrets/redact.ts';
import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { type Instant, toShopId, toShopProductId, toSku } from '../../src/domain/ids.ts';
import type { Quantity, ShopConnector } from '../../src/ports/shop-connector.ts';
import { ShopError, type ShopErrorKind } from '../../src/ports/shop-error.ts';
import { errorOf, forever } from '../contract/connector-harness.ts';
import { makeClock } from '../support/clock.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const trouble = (kind: ShopErrorKind, retryAfter?: number): ShopError =>
  new ShopError(kind, { shop: 'dk', doing: 'asking', retryAfter });
const id = toShopProductId('1');

/** A connector that ends as it is told, call by call, and counts; after that all goes well. */
function scripted(ends: readonly (ShopError | Error | undefined)[], auto = true) {
  const clock = makeClock({ auto });
  const waits: (Instant | undefined)[] = [];
  let calls = 0;
  const next = async (): Promise<void> => {
    const end = ends[calls];
    calls += 1;
    if (end !== undefined) throw end;
  };
  const connector: ShopConnector = {
    platform: wooCommerce.id,
    can: wooCommerce.capabilities,
    test: () => next().then(() => ({ identity: 'x', permissions: [], warnings: [], choices: [] })),
    page: () => next().then(() => ({ listings: [], broken: [], asOf: clock.now() })),
    product: () => next().then(() => []),
    withSku: () => next().then(() => []),
    sales: () => next().then(() => ({ sales: [] })),
    push: () => next().then(() => []),
  };
  const limiter = makeLimiter(clock);
  const patiently = withRetry(connector, {
    shopId: 'dk',
    clock,
    limiter,
    chance: () => 0.5,
    onWaiting: (until) => waits.push(until),
  });
  return { connector, patiently, clock, waits, limiter, calls: () => calls };
}

const seconds = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 1000;

describe('Patience', () => {
  it.each(['unreachable', 'rate-limited'] as const)('tries again when a shop is %s, longer each time', async (kind) => {
    const { patiently, clock, calls, waits } = scripted([trouble(kind), trouble(kind), trouble(kind)]);
    const before = clock.now();
    await patiently.page({}, forever);
    expect(calls()).toBe(4);
    expect(seconds(before, clock.now())).toBe(0.75 + 1.5 + 3);
    expect(waits.filter((until) => until === undefined)).toHaveLength(3);
  });

  it.each([
    'forbidden',
    'refused',
    'moved',
    'another-shop',
    'unintelligible',
    'not-found',
    'cancelled',
  ] as const)('does not try again when it is %s', async (kind) => {
    const { patiently, calls } = scripted([trouble(kind)]);
    expect((await errorOf(patiently.page({}, forever))).kind).toBe(kind);
    expect(calls()).toBe(1);
  });

  it('gives up in the end, and sooner where a person waits', async () => {
    const ends = Array.from({ length: 20 }, () => trouble('unreachable'));
    const reading = scripted(ends);
    await errorOf(reading.patiently.page({}, forever));
    const asking = scripted(ends);
    await errorOf(asking.patiently.product(id, forever));
    expect([reading.calls(), asking.calls()]).toEqual([6, 3]);
  });

  it('asks a shop that stayed down only once, until some time has passed', async () => {
    const { patiently, calls, clock } = scripted(Array.from({ length: 20 }, () => trouble('unreachable')));
    await errorOf(patiently.product(id, forever));
    await errorOf(patiently.product(id, forever));
    expect(calls()).toBe(4);
    clock.advance(20_000);
    await errorOf(patiently.product(id, forever));
    expect(calls()).toBe(7);
  });

  it('88: waits as long as it is asked to, says until when, and holds all other calls back as well', async () => {
    const { patiently, clock, waits, limiter } = scripted([trouble('rate-limited', 120)]);
    const before = clock.now();
    await patiently.page({}, forever);
    expect(seconds(before, clock.now())).toBe(120);
    expect(seconds(before, waits[0]!)).toBe(120);
    limiter.pauseFor(10_000);
    const later = clock.now();
    await patiently.product(id, forever);
    expect(seconds(later, clock.now())).toBe(10);
  });

  it('88: waits a quarter of an hour at a time, and not at all where it is asked for more than an hour', async () => {
    const { patiently, clock } = scripted([trouble('rate-limited', 3000)]);
    const before = clock.now();
    await patiently.page({}, forever);
    expect(seconds(before, clock.now())).toBe(900);
    const year = scripted([trouble('rate-limited', 31_536_000)]);
    const now = year.clock.now();
    const error = await errorOf(year.patiently.page({}, forever));
    expect([error.kind, error.detail.retryAfter, year.calls(), year.clock.now()]).toEqual([
      'rate-limited',
      31_536_000,
      1,
      now,
    ]);
  });

  it('88: tells a person about a long wait instead of waiting it out', async () => {
    const { patiently, clock, calls } = scripted([trouble('rate-limited', 300)]);
    const before = clock.now();
    const first = await errorOf(patiently.product(id, forever));
    const second = await errorOf(patiently.withSku(toSku('A'), forever));
    expect([first.kind, first.detail.retryAfter, second.kind, second.detail.retryAfter]).toEqual([
      'rate-limited',
      300,
      'rate-limited',
      300,
    ]);
    expect([first.detail.doing, calls(), clock.now()]).toEqual(['asking', 1, before]);
  });

  it('85: after a wrong key it asks no more, until a test succeeds or some time has passed', async () => {
    const wrong = trouble('unauthorized');
    const { patiently, calls, clock } = scripted([wrong, undefined, wrong]);
    expect(await errorOf(patiently.page({}, forever))).toBe(wrong);
    expect(await errorOf(patiently.product(id, forever))).toBe(wrong);
    expect(calls()).toBe(1);
    await patiently.test(forever);
    await errorOf(patiently.product(id, forever));
    clock.advance(11_000);
    await patiently.product(id, forever);
    expect(calls()).toBe(4);
  });

  it('waits no longer than it was asked to where the clock is set back a year meanwhile', async () => {
    const { patiently, clock, limiter } = scripted([]);
    clock.set('2027-11-24T08:00:00.000Z' as Instant);
    limiter.pauseFor(10_000);
    clock.set('2026-11-24T08:00:00.000Z' as Instant);
    expect(limiter.pauseLeftMs()).toBe(10_000);
    // Asked for anew, it is not added to what lay a year ahead.
    limiter.pauseFor(5000);
    const before = clock.now();
    await patiently.page({}, forever);
    expect(seconds(before, clock.now())).toBe(10);
  });

  it('remembers a wrong key and a shop that is down no year longer where the clock is set back', async () => {
    const wrong = trouble('unauthorized');
    const refused = scripted([wrong]);
    await errorOf(refused.patiently.page({}, forever));
    refused.clock.set('2025-11-24T08:00:00.000Z' as Instant);
    await refused.patiently.page({}, forever);
    expect(refused.calls()).toBe(2);
    const down = scripted(Array.from({ length: 20 }, () => trouble('unreachable')));
    await errorOf(down.patiently.product(id, forever));
    down.clock.set('2025-11-24T08:00:00.000Z' as Instant);
    await errorOf(down.patiently.product(id, forever));
    expect(down.calls()).toBe(6);
  });

  it('stops waiting at once when nobody wants the answer any more', async () => {
    const { patiently, clock } = scripted([trouble('rate-limited', 60)], false);
    const stop = new AbortController();
    const ended = errorOf(patiently.page({}, stop.signal));
    while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await ended).kind).toBe('cancelled');
    expect(clock.waiting).toBe(0);
  });

  it('lets nothing out but a ShopError, a bug neither', async () => {
    const { patiently, calls } = scripted([new TypeError('x is not a function')]);
    const error = await errorOf(patiently.page({}, forever));
    expect([error.kind, error.detail.said, calls()]).toEqual(['unintelligible', 'x is not a function', 1]);
    // Nobody is to look for it in the shop, whatever was thrown.
    expect([error.detail.reason, error.detail.saidBy]).toEqual(['program-fault', 'us']);
    const other = await errorOf(scripted([new Error('no such row')]).patiently.page({}, forever));
    expect([other.kind, other.detail.reason]).toEqual(['unintelligible', 'program-fault']);
  });
});

it('R16: a bug that repeats a key does not put it into the error', async () => {
  const { connector, limiter, clock } = scripted([]);
  const key = 'cs_geheim/1234';
  const buggy = { ...connector, product: () => Promise.reject(new TypeError(`no x in ${[...key].join('\u200b')}`)) };
  const wrapped = withRetry(buggy, { shopId: 'dk', clock, limiter, redact: redactor([key]) });
  const error = await errorOf(wrapped.product(id, forever));
  const told = inspect(error, { depth: 9, showHidden: true }).replace(/[^a-z0-9]/g, '');
  expect([error.detail.said, told.includes('geheim')]).toEqual(['no x in [hidden]', false]);
});

describe('The gate to a host', () => {
  it('98: lets two through at a time, a person before the program', async () => {
    const limiter = makeLimiter(makeClock());
    const order: string[] = [];
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const hold = gates.map((gate, at) =>
      limiter.run(() => gate.promise.then(() => void order.push(`held ${at}`)), 'background', forever),
    );
    const pauseFor = [
      limiter.run(async () => void order.push('program'), 'background', forever),
      limiter.run(async () => void order.push('person'), 'interactive', forever),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    gates[0]!.resolve();
    await Promise.all([...pauseFor, hold[0]]);
    expect(order).toEqual(['held 0', 'person', 'program']);
    gates[1]!.resolve();
    await hold[1];
  });

  it('a product that is one of many waits with the program, one that a person asks for goes first', async () => {
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const { connector, patiently } = scripted([]);
    Object.assign(connector, {
      product: async (asked: string) => {
        order.push(asked);
        if (asked.startsWith('held')) await gate.promise;
        return [];
      },
    });
    const held = ['held 1', 'held 2'].map((id) => patiently.product(toShopProductId(id), forever));
    const listed = patiently.product(toShopProductId('of a list'), forever, 'background');
    const asked = patiently.product(toShopProductId('by a person'), forever);
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['held 1', 'held 2']);
    gate.resolve();
    await Promise.all([...held, listed, asked]);
    expect(order).toEqual(['held 1', 'held 2', 'by a person', 'of a list']);
  });
});

describe('R13: an ask that somebody waits for', () => {
  const slow = () => {
    const world = scripted([]);
    const stopped: string[] = [];
    const never = (name: string) => (_: unknown, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(name);
          reject(new ShopError('cancelled', { shop: 'dk', doing: name }));
        });
      });
    Object.assign(world.connector, { product: never('product'), withSku: never('withSku'), page: never('page') });
    const budgets = { interactive: 40, background: 80 };
    const limiter = makeLimiter(world.clock);
    return { stopped, patiently: withRetry(world.connector, { shopId: 'dk', clock: world.clock, limiter, budgets }) };
  };

  it('is given up when its time is over, and says so', async () => {
    const { patiently, stopped } = slow();
    const errors = await Promise.all([
      errorOf(patiently.product(id, forever)),
      errorOf(patiently.withSku(toSku('A'), forever)),
    ]);
    expect(errors.map(({ kind, detail }) => [kind, detail.said])).toEqual([
      ['unreachable', 'no whole answer within 0 s'],
      ['unreachable', 'no whole answer within 0 s'],
    ]);
    expect(stopped).toEqual(['product', 'withSku']);
  });

  it('a reading is given up as well, later', async () => {
    const { patiently } = slow();
    expect((await errorOf(patiently.page({}, forever))).kind).toBe('unreachable');
  });
});

describe('A push that was tried several times in vain', () => {
  it('knows what an earlier try settled, and makes nothing up of the rest', async () => {
    const ref = { shopId: toShopId('dk'), shopProductId: id };
    const sure: Quantity = { ref, quantity: 3, key: 'k-3' };
    const open: Quantity = { ref, quantity: 4, key: 'k-4' };
    const first = trouble('unreachable');
    first.settled = new Map([
      [sure, { ref, kind: 'set', quantity: 3 }],
      [open, { ref, kind: 'refused', why: 'outcome-unknown' }],
    ]);
    const { patiently } = scripted([first, trouble('unreachable'), trouble('refused')]);
    const { kind, settled } = await errorOf(patiently.push([sure, open], forever));
    expect(kind).toBe('refused');
    expect([...(settled ?? [])]).toEqual([[sure, { ref, kind: 'set', quantity: 3 }]]);
  });
});

describe('What the platforms can do beyond the least', () => {
  it('is passed on where it is there, and not made up where it is not', () => {
    const { connector, patiently, limiter, clock } = scripted([]);
    expect([patiently.withGtin, patiently.stockPage]).toEqual([undefined, undefined]);
    const more = {
      ...connector,
      withGtin: async () => [],
      stockPage: async () => ({ rows: [], broken: [], asOf: clock.now() }),
    };
    const wrapped = withRetry(more, { shopId: 'dk', clock, limiter });
    expect([typeof wrapped.withGtin, typeof wrapped.stockPage]).toEqual(['function', 'function']);
  });
});
