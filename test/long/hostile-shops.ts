import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credential, type FakeShop, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { instantOf, toShopId, toShopProductId } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ShopConnector } from '../../src/ports/shop-connector.ts';
import type { Store } from '../../src/ports/store.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { defaultTuning } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import type { Services } from '../../src/services/services.ts';
import { memoryLeases, memoryStore } from '../../src/stores/memory-store.ts';
import { beginEndless } from '../support/hostile/endless-content.ts';
import { type HostileServer, realSku, serveHostile } from '../support/hostile/hostile-server.ts';
import { type Ask, asks, contentKinds, type HostileKind, hostileKinds, slowKinds } from '../support/hostile/kinds.ts';
import { platformParts } from '../support/platform-parts.ts';

/*
 * Hostile shops of all ten platforms, read with the real limits by a process of its own for each: every call must end
 * by itself, with every link there, under 400 MB, and what is sane again must be whole after one ordinary sync.
 * `node test/long/hostile-shops.ts [--slow] [--everything] [platform|kind|ask ...]`. `--slow`: waits as long as people
 * do. `--everything`: each question about each kind.
 */
const maxMegabytes = 400;
const shopId = toShopId('shop');
const simples = 50;
const families = 5;
const links = simples + 2 * families;

type Case = { readonly kind: HostileKind; readonly ask: Ask };
type Ended = Case & {
  readonly platform: string;
  /** What it took in all, with the waits that the shop asked for: those are not waited for here. */
  readonly seconds: number;
  /** From the call in which the limit was reached to the end: what was waited, and what the shop was asked. */
  readonly afterLimit: { readonly seconds: number; readonly requests: number };
  readonly megabytes: number;
  readonly lost: number;
  readonly linked: number;
  readonly said: string;
  /** What one ordinary sync made of it once the shop was sane again. */
  readonly healed: {
    readonly trouble: string;
    readonly lost: number;
    readonly products: number;
    readonly requests: number;
    readonly seconds: number;
  };
};

const isContent = (kind: HostileKind): boolean => contentKinds.some((one) => one === kind);
const isSlow = (kind: HostileKind): boolean => slowKinds.some((one) => one === kind);

/** What content does to asking for one thing is nothing; what is slow is asked about everything that a person waits for. */
const isWorthTrying = ({ kind, ask }: Case): boolean => {
  if (isContent(kind)) return ask === 'full' || ask === 'changes';
  return ask !== 'changes' && (isSlow(kind) || ask !== 'why');
};
/** One kind each says enough of every question; the others are for the longest readings and the shortest. */
const alike: readonly HostileKind[] = ['giant-page', 'silent', 'slow-bytes'];
const changing: readonly HostileKind[] = ['rows', 'variations', 'orders'];
function isForEveryDay({ kind, ask }: Case): boolean {
  if (isContent(kind)) return ask === 'full' || changing.includes(kind);
  return alike.includes(kind) || ask === 'fetch' || ask === (isSlow(kind) ? 'test' : 'full');
}
const cases: readonly Case[] = hostileKinds
  .flatMap((kind) => asks.map((ask): Case => ({ kind, ask })))
  .filter(isWorthTrying);

/** What one process tries: what it held for one kind of content is not to count for another. */
const groupOf = ({ kind }: Case): string => (isContent(kind) ? kind : isSlow(kind) ? 'slow' : 'answers');

type Budgets = Partial<Record<'interactive' | 'testing' | 'identifying' | 'background', number>>;
/** What a call to a hostile shop may take, so that a test need not wait as long as people do. A sane one has its time. */
const shortBudgets: Budgets = { interactive: 1500, testing: 1500, identifying: 3000, background: 5000 };

// --- the shop's process

function stock(shop: FakeShop): void {
  for (let at = 0; at < simples; at += 1) shop.add({ sku: realSku(at), quantity: 1 });
  for (let at = simples; at < simples + families; at += 1) {
    const sizes = ['S', 'M'].map((value, place) => ({
      sku: realSku(100 + 2 * at + place),
      quantity: 2,
      options: [{ name: 'Size', value }],
    }));
    shop.add({ sku: `F-${at}`, variants: sizes });
  }
  for (const product of shop.shelf.slice(0, 5))
    shop.sell([{ productId: product.id, variantId: product.variants[0]?.id, quantity: 1 }]);
}

/** Takes away what only the madness put there. */
function soberUp(shop: FakeShop, orders: number): void {
  const isReal = ({ sku }: { readonly sku?: string | undefined }): boolean => sku?.startsWith('H-') !== true;
  const kept = shop.shelf.filter(({ variants, kind }) => kind === 'variable' || variants.every(isReal));
  shop.shelf.splice(0, shop.shelf.length, ...kept);
  for (const product of kept) product.variants = product.variants.filter(isReal);
  shop.orders.splice(orders);
}

type ToShop =
  | { readonly do: 'open' }
  | { readonly do: 'mad'; readonly kind: HostileKind; readonly everything: boolean }
  | { readonly do: 'sane' }
  | { readonly do: 'count' }
  | { readonly do: 'pass'; readonly milliseconds: number };
type FromShop = { readonly id: number; readonly url: string; readonly tls: string; readonly requests: number };

async function runShop(platform: string): Promise<void> {
  let server: HostileServer | undefined;
  let shop = fakeShop();
  let orders = 0;
  let passed = 0;
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const tls = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  process.on('message', async ({ id, order }: { readonly id: number; readonly order: ToShop }) => {
    if (order.do === 'pass') {
      passed += order.milliseconds;
      shop.passTime(order.milliseconds);
    } else if (order.do === 'open') {
      await server?.close();
      const parts = platformParts[platform]!;
      shop = fakeShop({ ...parts.shop, startsAt: Date.now() + passed - 60_000, stepMs: 1 });
      stock(shop);
      orders = shop.orders.length;
      server = await serveHostile(
        shop,
        parts.dialect(() => Date.now() + passed),
      );
    } else if (order.do === 'mad') {
      beginEndless(order.kind, shop);
      server?.drive(order.kind, order.everything);
    } else if (order.do === 'sane') {
      server?.drive(undefined);
      soberUp(shop, orders);
    }
    process.send?.({ id, url: server?.url, tls, requests: server?.requests() ?? 0 });
  });
  process.on('disconnect', () => process.exit(0));
}

// --- the reader's process

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The most that this process has held since it was last asked, in megabytes. */
function peak(): number {
  const held = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(held) / 1024;
}
function forgetPeak(): void {
  collect();
  writeFileSync('/proc/self/clear_refs', '5');
}

const forever = new AbortController().signal;

type ShopProcess = {
  order(what: ToShop): Promise<FromShop>;
  end(): void;
};

function startShop(platform: string): ShopProcess {
  const child = fork(fileURLToPath(import.meta.url), ['shop', platform]);
  const waiting = new Map<number, (answer: FromShop) => void>();
  let last = 0;
  child.on('message', (answer: FromShop) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return {
    order: (order) => {
      last += 1;
      child.send({ id: last, order });
      return new Promise((resolve) => waiting.set(last, resolve));
    },
    end: () => child.disconnect(),
  };
}

/** Passes the time that is to be waited for at once, here and in the shop: how long a shop makes us wait is counted only. */
function passingClock(shop: ShopProcess): Clock & { readonly waitedMs: () => number } {
  let waitedMs = 0;
  return {
    now: () => instantOf(Date.now() + waitedMs),
    wait: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      waitedMs += milliseconds;
      await shop.order({ do: 'pass', milliseconds });
    },
    waitedMs: () => waitedMs,
  };
}

/** The call to the shop that began last: how long had been waited until then, and what the shop had been asked. */
type LastCall = { waitedMs: number; requests: number };

const counted: readonly (string | symbol)[] = ['page', 'stockPage', 'sales', 'product', 'products', 'push', 'test'];

/** A connector that notes when each call begins. */
function noting(connector: ShopConnector, note: () => Promise<void>): ShopConnector {
  return new Proxy(connector, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || !counted.includes(name)) return value;
      return async (...given: readonly unknown[]) => {
        await note();
        return value(...given);
      };
    },
  });
}

type Opened = {
  readonly services: Services;
  readonly store: Store;
  readonly budgets: Budgets;
  readonly clock: ReturnType<typeof passingClock>;
  readonly lastCall: LastCall;
};

async function open(platform: string, shop: ShopProcess, url: string, slow: boolean): Promise<Opened> {
  const parts = platformParts[platform]!;
  const store = memoryStore();
  let count = 0;
  const budgets: Budgets = {};
  const clock = passingClock(shop);
  const lastCall = { waitedMs: 0, requests: 0 };
  const note = async (): Promise<void> => {
    const { requests } = await shop.order({ do: 'count' });
    Object.assign(lastCall, { waitedMs: clock.waitedMs(), requests });
  };
  const factory = makeConnectorFactory({
    drivers: platformRegistry,
    credentialsFor: () => parts.secretsOf(credential(rightKey.key, rightKey.secret)),
    save: async () => undefined,
    clock,
    budgets,
  });
  const connectors = {
    ...factory,
    connect: (...given: Parameters<typeof factory.connect>) => {
      const connector = factory.connect(...given);
      return connector && noting(connector, note);
    },
  };
  const services = makeServices({
    store,
    leases: memoryLeases(systemClock),
    clock,
    connectors,
    newId: () => `id-${String(++count).padStart(9, '0')}`,
    actor: { kind: 'program', name: 'long test' },
    readOnly: false,
    // A shop that is slow to show its orders is as endless after some pages of them.
    tuning: slow ? defaultTuning : { ...defaultTuning, orderPages: 20 },
  });
  await services.shops.add({ id: shopId, platform, url: `${url}${parts.path ?? ''}`, options: parts.options ?? {} });
  const [read] = await services.sync.run({ full: true }, forever);
  if (read?.trouble !== undefined) throw new Error(`${platform} was no sane shop: ${JSON.stringify(read.trouble)}`);
  return { services, store, budgets, clock, lastCall };
}

/** Asks the shop; answers what was said of it in a few words. */
async function askShop({ services, store }: Opened, ask: Ask, url: string): Promise<string> {
  switch (ask) {
    case 'full':
    case 'changes': {
      const [result] = await services.sync.run({ full: ask === 'full' }, forever);
      return `${result?.run?.outcome} ${result?.trouble?.detail.said ?? result?.trouble?.kind ?? ''} ${result?.wouldRemove ?? ''}`;
    }
    case 'fetch': {
      const [result] = await services.fetch.run({ asked: [realSku(1)] }, forever);
      return `${result?.outcome} ${result?.trouble?.detail.said ?? ''}`;
    }
    case 'webhook': {
      const ids = (await store.integrationsOn(shopId)).slice(0, 30).map(({ ref }) => ref.shopProductId);
      const signalled = ids.map((id) => ({ shopId, shopProductId: toShopProductId(id) }));
      const results = await services.fetch.run({ asked: [], signalled }, forever);
      return `${[...new Set(results.map(({ outcome }) => outcome))]} ${results[0]?.trouble?.detail.said ?? ''}`;
    }
    case 'test': {
      const result = await services.shops.test(shopId, undefined, forever);
      return JSON.stringify(result).slice(0, 200);
    }
    case 'detect':
      return JSON.stringify(await services.shops.detectPlatform(url, forever)).slice(0, 100);
    case 'why': {
      const [product] = await services.lookup.identify(realSku(1));
      const [diagnosis] = await services.diagnosis.explain(product!.id, shopId, { signal: forever });
      return diagnosis?.verdict ?? 'nothing';
    }
    case 'verify': {
      const [product] = await services.lookup.identify(realSku(1));
      const results = await services.inactive.verify([{ productId: product!.id, shopId }], forever);
      return `${results[0]?.outcome} ${results[0]?.trouble?.detail.said ?? ''}`;
    }
    case 'push': {
      const [product] = await services.lookup.identify(realSku(1));
      await services.stock.set(product!.id, 7);
      const plan = await services.push.plan({});
      const counted = (...guards: readonly string[]): number =>
        plan.rows.filter((row) => row.kind === 'send' && row.guards.some((guard) => guards.includes(guard))).length;
      const yes = {
        zeroes: counted('zero', 'zero-hides'),
        jumps: counted('jump'),
        firsts: counted('first-push', 'by-gtin'),
        changed: counted('changed-in-shop'),
      };
      const result = await services.push.apply({ planId: plan.id, yes }, forever);
      return `sent ${result.sent}, refused ${result.refused}: ${result.troubles[0]?.detail.said ?? result.troubles[0]?.kind ?? ''}`;
    }
  }
}

async function runReader(platform: string, wanted: readonly Case[], slow: boolean): Promise<void> {
  const shop = startShop(platform);
  const { order } = shop;
  for (const one of wanted) {
    const { url, tls } = await order({ do: 'open' });
    const opened = await open(platform, shop, url, slow);
    const linked = await opened.store.integrationsOn(shopId);
    const lostOf = async (): Promise<number> => {
      const kept = new Set(
        (await opened.store.integrationsOn(shopId)).map(
          ({ productId, ref }) => `${productId} ${ref.shopProductId} ${ref.shopVariantId}`,
        ),
      );
      return linked.filter(({ productId, ref }) => !kept.has(`${productId} ${ref.shopProductId} ${ref.shopVariantId}`))
        .length;
    };
    // What is said of everything ends at the first question; a reading is to get to its lists.
    const everything = one.ask !== 'full' && one.ask !== 'changes';
    await order({ do: 'mad', kind: one.kind, everything });
    if (one.kind === 'silent-tls')
      await opened.services.shops.change(shopId, { url: `${tls}${platformParts[platform]!.path ?? ''}` });
    if (!slow) Object.assign(opened.budgets, shortBudgets);
    forgetPeak();
    const waitedBefore = opened.clock.waitedMs();
    const began = performance.now();
    const said = await askShop(opened, one.ask, one.kind === 'silent-tls' ? tls : url).catch(
      (error: unknown) => `threw ${error}`,
    );
    const waitedMs = opened.clock.waitedMs();
    const seconds = (performance.now() - began + waitedMs - waitedBefore) / 1000;
    const megabytes = peak();
    const lost = await lostOf();
    const before = (await order({ do: 'sane' })).requests;
    const afterLimit = {
      seconds: (waitedMs - opened.lastCall.waitedMs) / 1000,
      requests: before - opened.lastCall.requests,
    };
    if (one.kind === 'silent-tls')
      await opened.services.shops.change(shopId, { url: `${url}${platformParts[platform]!.path ?? ''}` });
    for (const purpose of ['interactive', 'testing', 'identifying', 'background'] as const)
      delete opened.budgets[purpose];
    const healing = performance.now();
    const [again] = await opened.services.sync.run({}, forever);
    const { requests } = await order({ do: 'sane' });
    process.send?.({
      ...one,
      platform,
      seconds,
      afterLimit,
      megabytes,
      lost,
      linked: linked.length,
      said,
      healed: {
        trouble:
          again?.trouble?.detail.said ?? (again?.wouldRemove === undefined ? '' : `would remove ${again.wouldRemove}`),
        lost: await lostOf(),
        products: (await opened.store.counts()).products,
        requests: requests - before,
        seconds: (performance.now() - healing) / 1000,
      },
    } satisfies Ended);
  }
  shop.end();
  process.disconnect();
}

// --- all of it

const platforms = Object.keys(platformParts);

/** Tries cases on platforms, each platform by a process of its own, so many at a time. */
async function tryHostileShops(
  wanted: readonly string[],
  { slow = false, everything = false, atOnce = 2, onEnd = (_: Ended): void => undefined } = {},
): Promise<readonly Ended[]> {
  const isWanted = (names: readonly string[], name: string): boolean => {
    const asked = wanted.filter((one) => names.includes(one));
    return asked.length === 0 || asked.includes(name);
  };
  const chosen = cases.filter(
    (one) => isWanted(hostileKinds, one.kind) && isWanted(asks, one.ask) && (everything || isForEveryDay(one)),
  );
  const queue = platforms
    .filter((platform) => isWanted(platforms, platform))
    .flatMap((platform) => [...Map.groupBy(chosen, groupOf).values()].map((group) => ({ platform, group })));
  const all: Ended[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { platform, group } = next;
      const reader = fork(fileURLToPath(import.meta.url), ['reader', platform, JSON.stringify(group), String(slow)]);
      reader.on('message', (ended: Ended) => {
        all.push(ended);
        onEnd(ended);
      });
      const [code] = await once(reader, 'exit');
      if (code !== 0) throw new Error(`the reader of ${platform} ended with ${code}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return all;
}

/** A reading that shows the same for ever, or more than there is. */
const givenUp = /shows more (orders )?than it has|repeats itself at page|came again|does not filter/;
/** Came to an end as the shop showed one: what it did not show is asked about before a link goes. */
const believed = /^(changed|unchanged|stopped-by-guard)/;
const tooSlow = /no whole answer within \d+ s/;
const tooMuch =
  /larger than \d+ MB|longer than \d+ bytes|more than \d+ (rows|elements|times)|nested deeper than \d+|Header overflow/;
const senseless = /Parse Error|a page came instead|not JSON|<!DOCTYPE|moved|Invalid input|expected|breaks off/i;
const asked = /^(full|changes|fetch|verify|webhook)$/;

/** The limit at which a call ended; nothing where none is named. */
function limitOf({ kind, ask, said }: Ended): string | undefined {
  if (!asked.test(ask)) return 'told otherwise';
  if (/^retry-/.test(kind)) return 'as often as it is tried';
  // Where it was sent to is told in a field of its own.
  if (kind === 'redirect-loop') return 'moved';
  const limits = isContent(kind) ? [givenUp, believed, tooSlow, senseless] : [tooMuch, tooSlow, senseless, believed];
  return limits.map((limit) => limit.exec(said)?.[0]).find((found) => found !== undefined);
}

/** After the call in which a limit was reached: seconds that are waited, and requests, to its end. */
const maxAfterLimit = { seconds: 60, requests: 100 };

/** Why a case did not end as it should; nothing where it did. */
function wrongIn(ended: Ended): readonly string[] {
  const { kind, megabytes, lost, linked, said, healed, afterLimit } = ended;
  // A reading that came to an end was believed: what it showed is asked about before it goes. So is one in which the shop
  // was too slow, as a sane one may be on a busy day: what it had shown by then is kept.
  const wasBelieved = believed.test(said) || tooSlow.test(said);
  const waitsLong = afterLimit.seconds <= maxAfterLimit.seconds;
  const isReal = kind === 'ten-thousand' && wasBelieved;
  return [
    ...(limitOf(ended) === undefined ? ['names no limit'] : []),
    ...(waitsLong ? [] : [`waited ${afterLimit.seconds.toFixed(0)} s after the limit`]),
    ...(afterLimit.requests <= maxAfterLimit.requests ? [] : [`${afterLimit.requests} requests after the limit`]),
    ...(megabytes < maxMegabytes ? [] : [`held ${Math.round(megabytes)} MB`]),
    ...(lost === 0 ? [] : [`lost ${lost} links`]),
    ...(linked === links ? [] : [`${linked} links before it`]),
    ...(healed.trouble === '' || wasBelieved ? [] : [`not whole afterwards: ${healed.trouble}`]),
    ...(healed.lost === 0 ? [] : [`${healed.lost} links lost afterwards`]),
    ...(healed.products === links || wasBelieved ? [] : [`${healed.products} products afterwards`]),
    // Variants that were really there and went are asked about one by one.
    ...(healed.requests < 400 || isReal ? [] : [`${healed.requests} requests afterwards`]),
  ];
}

function show(ended: Ended): void {
  const { platform, kind, ask, seconds, afterLimit, megabytes, said, healed } = ended;
  const wrong = wrongIn(ended);
  const figures = `${seconds.toFixed(1)} s, after the limit ${afterLimit.seconds.toFixed(1)} s and ${afterLimit.requests} requests, ${Math.round(megabytes)} MB, then ${healed.requests} requests, ${healed.seconds.toFixed(1)} s`;
  console.log(
    `${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${platform} ${kind} ${ask}: ${figures}: ${said}${wrong.length === 0 ? '' : ` [${wrong}]`}`,
  );
  if (wrong.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [role = '', platform = '', given = '[]', slow] = process.argv.slice(2);
  if (role === 'shop') await runShop(platform);
  else if (role === 'reader') await runReader(platform, JSON.parse(given) as Case[], slow === 'true');
  else {
    const words = process.argv.slice(2);
    const [slow, everything] = [words.includes('--slow'), words.includes('--everything')];
    await tryHostileShops(words, { slow, everything, onEnd: show });
  }
}
