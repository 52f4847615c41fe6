import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { type ProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { makeNewId } from '../../src/runtime/id-generator.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { defaultTuning } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { fileLeases } from '../../src/stores/locking/leases.ts';
import { registerChild } from '../support/children.ts';
import { noConnectors } from '../support/no-connectors.ts';
import { makeHome, runCli } from './run-cli.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const shopIds = ['dk', 'no'] as const;
const products = 60;
/** Products that are hidden and shown again; more would be a question for a person. */
const turned = 4;
const passes = ['zeroes', 'jumps', 'firsts', 'negatives'];

/**
 * Ends a server by force in the middle of a round so many times: nothing is lost, no older figure is sent over a newer one,
 * and the next start goes on.
 */
export async function killInRounds(kills: number): Promise<void> {
  const random = makeRandom(20261128);
  const pick = random.below;
  const home = makeHome();
  onTestFinished(home.remove);
  const shops = new Map<string, FakeShop>();
  const killAt: { left: number; kill: () => void } = { left: Number.POSITIVE_INFINITY, kill: () => undefined };
  for (const [place, id] of shopIds.entries()) {
    const shop = fakeShop({
      name: id,
      identity: `https://${id}.example`,
      firstId: 1000 * (place + 1),
      startsAt: Date.now() - 86_400_000,
    });
    for (let n = 0; n < products; n += 1) shop.add({ sku: `SKU-${n}`, title: `Product ${n}`, quantity: 3 });
    const served = await serve(shop, wooCommerceDialect);
    onTestFinished(served.close);
    shop.temper.beforeAnswer = () => {
      killAt.left -= 1;
      if (killAt.left === 0) killAt.kill();
    };
    shops.set(id, shop);
    const added = await runCli(home, ['shops', 'add', id, '--platform', 'woocommerce', '--url', served.url]);
    expect(added.code, added.stderr).toBe(0);
  }
  const config = join(home.folder, 'config');
  mkdirSync(config, { recursive: true });
  const tellUnattended = (passes: readonly string[]): void =>
    writeFileSync(
      join(config, 'config.json'),
      JSON.stringify({ serve: { push: Object.fromEntries(shopIds.map((id) => [id, passes])) } }),
    );
  tellUnattended(passes);

  /** One life: a round of every shop, ended by force at the so manieth question that a shop is asked. */
  const live = async (questions: number): Promise<'killed' | number | null> => {
    const child = registerChild(
      spawn(process.execPath, [program, 'serve', '--once'], { env: home.env, stdio: 'ignore' }),
    );
    killAt.left = questions;
    killAt.kill = () => child.kill('SIGKILL');
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal === 'SIGKILL' ? 'killed' : code;
  };
  expect(await live(Number.POSITIVE_INFINITY)).toBe(0);

  const folder = join(home.folder, 'data', 'store');
  const store = await jsonStore({ folder, clock: systemClock });
  onTestFinished(() => store.close());
  const services = makeServices({
    store,
    leases: fileLeases({ folder, clock: systemClock }),
    clock: systemClock,
    connectors: noConnectors,
    newId: makeNewId(Date.now),
    actor: { kind: 'person', name: 'mette' },
    readOnly: false,
    tuning: defaultTuning,
  });
  const skus = Array.from({ length: products }, (_, n) => toSku(`SKU-${n}`));
  const ids = new Map((await store.productsBy({ skus })).map(({ sku, id }) => [sku, id] as const));
  expect(ids.size).toBe(products);
  // Nobody has counted yet: our own stock is nought, and the guards let it out here.
  const counted = new Map<string, number>(skus.map((sku) => [sku, 0]));
  const shown = (id: string): ReadonlyMap<string, number> =>
    new Map(
      [...(shops.get(id)?.shelf ?? [])].map(({ variants }) => [variants[0]?.sku ?? '', variants[0]?.quantity ?? 0]),
    );
  const recount = async (): Promise<void> => {
    for (let n = 0; n < 8; n += 1) {
      const sku = skus[pick(products)] ?? toSku('');
      const onHand = 5 + pick(90);
      counted.set(sku, onHand);
      await services.stock.set(ids.get(sku) as ProductId, onHand);
    }
  };
  const turn = (): void => {
    const shop = shops.get(shopIds[pick(2)] ?? 'dk');
    const product = shop?.shelf[pick(turned)];
    if (product !== undefined) shop?.setStatus(product.id, product.status === 'active' ? 'draft' : 'active');
  };

  let killed = 0;
  while (killed < kills) {
    await recount();
    turn();
    const before = new Map(shopIds.map((id) => [id, shown(id)]));
    const ended = await live(1 + pick(14));
    if (ended === 'killed') killed += 1;
    else expect(ended).toBe(0);
    for (const id of shopIds) {
      for (const [sku, quantity] of shown(id)) {
        // What was on its way goes out late or not at all; what is older than our figure never does.
        expect([before.get(id)?.get(sku), counted.get(sku)], `${id} ${sku} in life ${killed}`).toContain(quantity);
      }
    }
  }

  // A figure that went out unseen looks like one that the shop changed: it waits for a person, who says yes here.
  tellUnattended([...passes, 'changed']);
  for (let n = 0; n < 3; n += 1) expect(await live(Number.POSITIVE_INFINITY)).toBe(0);
  for (const id of shopIds) {
    const active = (shops.get(id)?.shelf ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ variants }) => variants[0]?.sku ?? '');
    const linked = new Set((await store.integrationsOn(toShopId(id))).map(({ productId }) => productId));
    expect([...linked].toSorted()).toEqual(active.map((sku) => ids.get(toSku(sku)) ?? '').toSorted());
    const figures = shown(id);
    expect(active.filter((sku) => figures.get(sku) !== counted.get(sku))).toEqual([]);
  }
  const check = await runCli(home, ['store', 'check']);
  expect(check.code, check.stderr).toBe(0);
}
