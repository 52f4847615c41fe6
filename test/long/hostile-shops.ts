import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { defaultTuning } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import { memoryLeases, memoryStore } from '../../src/stores/memory-store.ts';
import { endless, type Madness, madnesses } from '../support/endless-shops.ts';

/*
 * Hostile shops with the real limits and the real clock, each read by a process of its own: it must end by itself
 * within its limit and a minute, under 400 MB, with every link there. `node test/long/hostile-shops.ts [name ...]`.
 */
const maxMegabytes = 400;
const slow = ['slow-bytes', 'slow-head', 'silent'] as const;
type Slow = (typeof slow)[number];
type Case = { readonly name: Madness | Slow; readonly totals: boolean; readonly ask: 'sync' | 'fetch' };

const cases: readonly Case[] = [
  ...madnesses.flatMap((name) => [true, false].map((totals): Case => ({ name, totals, ask: 'sync' }))),
  ...slow.map((name): Case => ({ name, totals: true, ask: 'fetch' })),
];
/** Seconds after which the limit itself should have ended it. */
const limitOf = ({ ask }: Case): number => (ask === 'fetch' ? 15 : 600);

const isSlow = (name: string): name is Slow => slow.some((one) => one === name);

/** The shop, in a process of its own so that its memory is not ours. Told to go mad, it does. */
async function runShop(totals: boolean): Promise<void> {
  const { mind, around } = endless(totals);
  const shop = fakeShop({ startsAt: Date.now() - 60_000, stepMs: 1 });
  for (let at = 0; at < 60; at += 1) shop.add({ sku: `A-${at}`, quantity: 1 });
  const { url } = await serve(shop, around(wooCommerceDialect));
  process.on('message', (name: Madness | Slow) => {
    shop.temper.slowDrip = name === 'slow-bytes';
    shop.temper.slowHead = name === 'slow-head';
    shop.temper.silent = name === 'silent';
    if (!isSlow(name)) mind.madness = name;
    process.send?.('mad');
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(url);
}

async function runReader({ name, totals, ask }: Case): Promise<void> {
  const shop = fork(fileURLToPath(import.meta.url), ['shop', String(totals)]);
  const [url] = (await once(shop, 'message')) as [string];
  const store = memoryStore();
  let count = 0;
  const services = makeServices({
    store,
    leases: memoryLeases(systemClock),
    clock: systemClock,
    connectors: makeConnectorFactory({
      drivers: platformRegistry,
      credentialsFor: () => rightKey,
      save: async () => undefined,
      clock: systemClock,
    }),
    newId: () => `id-${String(++count).padStart(9, '0')}`,
    actor: { kind: 'program', name: 'long test' },
    readOnly: false,
    tuning: defaultTuning,
  });
  const forever = new AbortController().signal;
  await services.shops.add({ id: 'dk', platform: 'woocommerce', url });
  await services.sync.run({ full: true }, forever);
  const linked = await store.integrationsOn(toShopId('dk'));
  shop.send(name);
  await once(shop, 'message');
  const began = performance.now();
  const [result] =
    ask === 'sync'
      ? await services.sync.run({ full: true }, forever)
      : await services.fetch.run({ asked: ['A-1'] }, forever);
  const kept = new Set((await store.integrationsOn(toShopId('dk'))).map(({ productId }) => productId));
  process.send?.({
    seconds: (performance.now() - began) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
    lost: linked.filter(({ productId }) => !kept.has(productId)).length,
    linked: linked.length,
    said: result?.trouble?.detail.said ?? 'no trouble',
  });
  shop.disconnect();
  process.disconnect();
}

type Ended = {
  readonly seconds: number;
  readonly megabytes: number;
  readonly lost: number;
  readonly linked: number;
  readonly said: string;
};

async function runAll(wanted: readonly string[]): Promise<void> {
  for (const one of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const reader = fork(fileURLToPath(import.meta.url), ['reader', JSON.stringify(one)]);
    const [ended] = (await once(reader, 'message')) as [Ended];
    const { seconds, megabytes, lost, linked, said } = ended;
    const right = seconds <= limitOf(one) + 60 && megabytes < maxMegabytes && lost === 0 && linked === 60;
    if (!right) process.exitCode = 1;
    const name = `${one.name}${one.totals ? '' : ', no totals'}`.padEnd(24);
    console.log(
      `${right ? 'ok   ' : 'WRONG'} ${name} ${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB, ${lost} of ${linked} links lost: ${said}`,
    );
  }
}

const [role, given = ''] = process.argv.slice(2);
if (role === 'shop') await runShop(given === 'true');
else if (role === 'reader') await runReader(JSON.parse(given) as Case);
else await runAll(process.argv.slice(2));
