import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { documentOf, type Home, makeHome, runCli } from './run-cli.ts';

// The program is started several times, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home: Home;
let served: ServedShop;
let shop: FakeShop;
const secret = 'a-secret-of-the-hook';

beforeAll(async () => {
  home = makeHome();
  shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example', startsAt: Date.now() - 86_400_000 });
  shop.add({ id: '10', title: 'Uldsok', sku: 'SOK-1', quantity: 4 });
  served = await serve(shop, wooCommerceDialect);
  const config = join(home.folder, 'config');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'config.json'), JSON.stringify({ serve: { port: 0 } }));
  const added = await runCli(home, ['shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url]);
  expect(added.code, added.stderr).toBe(0);
});
afterAll(async () => {
  await served.close();
  home.remove();
});

test('a dry run says what would be read, and asks nothing', async () => {
  const before = shop.memory.requests.length;
  const { code, stdout, stderr } = await runCli(home, ['serve', '--dry-run']);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('full sync');
  expect(shop.memory.requests.length).toBe(before);
});

test('the server reads, answers, takes in a webhook, and SIGTERM ends it cleanly with 0', async () => {
  const steps = { asked: false };
  const tellServer = async (url: string): Promise<void> => {
    const body = JSON.stringify({ id: 10 });
    shop.edit('10', { title: 'Ny sok' });
    const headers = {
      'content-type': 'application/json',
      'x-wc-webhook-topic': 'product.updated',
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
    };
    const statuses = [
      (await fetch(`${url}/healthz`)).status,
      (await fetch(`${url}/readyz`)).status,
      (await fetch(`${url}/metrics`)).status,
      (await fetch(`${url}/hooks/dk`, { method: 'POST', body, headers })).status,
    ];
    expect(statuses).toEqual([200, 200, 200, 202]);
    // What was told of is taken in before anything else may end it.
    await vi.waitUntil(
      async () => (await (await fetch(`${url}/metrics`)).text()).includes('bindeled_webhook_products_total{shop="dk"'),
      {
        timeout: 30_000,
      },
    );
  };
  let told: Promise<void> = Promise.resolve();
  const result = await runCli(home, ['serve'], {
    env: { BINDELED_DK_WEBHOOK_SECRET: secret },
    onOutput: (said, signal) => {
      const url = /Serving at (\S+?)\. /.exec(said)?.[1];
      if (url === undefined || !said.includes('"round ended"') || steps.asked) return;
      steps.asked = true;
      told = tellServer(url).finally(() => signal('SIGTERM'));
      // Awaited below, once the program has ended.
      told.catch(() => undefined);
    },
  });
  await told;
  expect(result.code, result.stderr).toBe(0);
  expect(result.stderr).toContain('"clean":true');
  expect(result.stderr).not.toContain(secret);
  const timeline = documentOf(await runCli(home, ['timeline', 'SOK-1', '--json']));
  expect(JSON.stringify(timeline)).toContain('"name":"webhook"');
});

test('one round ends by itself', async () => {
  const { code, stderr } = await runCli(home, ['serve', '--once']);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('"round ended"');
});

test('the unit names the program of this machine', async () => {
  const { code, stdout } = await runCli(home, ['serve', 'install', '--print']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ExecStart="\/.*\/bin\/bindeled" serve/);
});

test('where no server works, status says so', async () => {
  const { code, stderr } = await runCli(home, ['serve', 'status']);
  expect(code).toBe(1);
  expect(stderr).toContain('No server works on this store');
});
