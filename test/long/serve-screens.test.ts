import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { credentialVariable } from '../../src/connectors/connector-factory.ts';
import { demoPlatforms } from '../../src/demo/shops/demo-platforms.ts';
import { demoShops, emptyShop } from '../../src/demo/shops/demo-shops.ts';
import { fillCatalogue } from '../../src/demo/shops/fill-catalogue.ts';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makeHome, runCli } from '../e2e/run-cli.ts';
import { makeSchema } from '../support/postgres/schema.ts';
import { openInTerminal } from '../support/terminal.ts';
import { startServing } from './serving.ts';

// Whole shops are read, and a round is waited for.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

const secret = 'a-secret-of-the-hook';
const ids = ['dk', 'se'] as const;

/** The demo's shops for Denmark (WooCommerce) and Sweden (Shopify), and the keys to them. */
async function openShops() {
  const shops = new Map<string, { readonly shop: FakeShop; readonly url: string; readonly platform: string }>();
  const keys: Record<string, string> = {};
  for (const one of demoShops.filter(({ id }) => ids.some((wanted) => wanted === id))) {
    const shop = emptyShop(one, Date.now() - 400 * 86_400_000);
    fillCatalogue(shop, one);
    shop.passTime(Date.now() - shop.now());
    const platform = demoPlatforms[one.platform];
    const served = await serve(shop, platform.dialect());
    onTestFinished(served.close);
    shops.set(one.id, { shop, url: served.url, platform: one.platform });
    for (const [name, value] of Object.entries(platform.secretsFor(one.id))) {
      keys[credentialVariable(one.id, name)] = value;
    }
    keys[credentialVariable(one.id, 'webhook_secret')] = secret;
    keys[credentialVariable(one.id, 'client_secret')] = secret;
  }
  return { shops, keys };
}

/** What the shop's platform posts when a product changed. */
async function tell(url: string, shopId: string, productId: string, signedWith = secret): Promise<number> {
  const body = JSON.stringify({ id: Number(productId) });
  const signature = createHmac('sha256', signedWith).update(body).digest('base64');
  const headers = {
    'x-wc-webhook-topic': 'product.updated',
    'x-wc-webhook-signature': signature,
    'x-shopify-topic': 'products/update',
    'x-shopify-hmac-sha256': signature,
  };
  return (await fetch(`${url}/hooks/${shopId}`, { method: 'POST', body, headers })).status;
}

/** The line of a shop on the front page: a bar where not all of its goods are linked, and how many are. */
const lineOf = (shop: string, linked: string | number): RegExp =>
  new RegExp(`${shop} +(?:[█▉▊▋▌▍▎▏░]+ +)?${linked}[/ ]`);
/** How many links the dashboard shows of a shop. */
const linkedOn = (shown: string, shop: string): number => Number(lineOf(shop, '(\\d+)').exec(shown)?.[1] ?? Number.NaN);

const places = {
  json: async () => ({ env: {}, sameMachine: true }),
  sqlite: async () => ({ env: { BINDELED_STORE: 'sqlite' }, sameMachine: true }),
  postgres: async () => {
    const { url, remove } = await makeSchema();
    onTestFinished(remove);
    return { env: { BINDELED_STORE: url }, sameMachine: false };
  },
} as const;

test.each(
  Object.keys(places) as (keyof typeof places)[],
)('a change in a shop is on the screen of a dashboard elsewhere, by webhook at once and without in one round (%s)', async (kind) => {
  const { shops, keys } = await openShops();
  const { env: storeEnv, sameMachine } = await places[kind]();
  const [home, other] = [makeHome(), makeHome()];
  onTestFinished(home.remove);
  onTestFinished(other.remove);
  mkdirSync(join(home.folder, 'config'), { recursive: true });
  const rounds = { port: 0, changesMinutes: 1, jitterSeconds: 0 };
  writeFileSync(join(home.folder, 'config', 'config.json'), JSON.stringify({ serve: rounds }));
  const env = { ...home.env, ...storeEnv, ...keys };
  for (const [id, { url, platform }] of shops) {
    const added = await runCli(home, ['shops', 'add', id, '--platform', platform, '--url', url], { env });
    expect(added.code, added.stderr).toBe(0);
  }
  const server = await startServing(env);
  for (const id of ids) await server.sees(new RegExp(`"shop":"${id}","kind":"full","outcome"`));

  // Another machine: a home of its own, no keys to any shop, and the same store.
  const elsewhere = sameMachine ? { ...home.env, ...storeEnv } : { ...other.env, ...storeEnv };
  const screen = openInTerminal({ columns: 120, rows: 30, env: { ...elsewhere, BINDELED_LANG: 'en' } });
  onTestFinished(() => screen.kill('SIGKILL'));
  for (const id of ids) await screen.sees(lineOf(id.toUpperCase(), '\\d+'));
  const whole = linkedOn(screen.shown(), 'DK');
  expect(whole).toBeGreaterThan(300);
  expect(linkedOn(screen.shown(), 'SE')).toBe(whole);
  const hide = (id: string): string => {
    const shop = shops.get(id)?.shop;
    const product = shop?.shelf.find(({ status, variants }) => status === 'active' && variants.length === 1);
    shop?.setStatus(product?.id ?? '', 'draft');
    return product?.id ?? '';
  };
  const roundsBegun = (id: string): number => server.said().split(`"shop":"${id}","kind":"changes"`).length;
  for (const id of ids) {
    const productId = hide(id);
    const [began, rounds] = [performance.now(), roundsBegun(id)];
    expect(await tell(server.url, id, productId)).toBe(202);
    await screen.sees(lineOf(id.toUpperCase(), whole - 1));
    console.log(`${kind}, ${id}: on the screen ${Math.round(performance.now() - began)} ms after it was told`);
    // It came by the webhook alone.
    expect(roundsBegun(id)).toBe(rounds);
    expect(await tell(server.url, id, productId, 'another secret')).toBe(401);
  }
  if (kind === 'postgres') {
    hide('dk');
    await server.sees('"shop":"dk","kind":"changes","outcome"');
    await screen.sees(lineOf('DK', whole - 2));
  }
  expect(await server.end('SIGTERM')).toBe(0);
});
