import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { documentOf, makeHome, runCli } from '../e2e/run-cli.ts';
import { startServing } from './serving.ts';

// The program is started and killed several times.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const secret = 'a-secret-of-the-hook';
const lives = 5;
// In all fewer than a person would be asked about: what is told beyond that waits for a full sync.
const each = 4;
const products = 300;

test('a server that is killed right after its answers loses nothing that it was told', async () => {
  const home = makeHome();
  onTestFinished(home.remove);
  const shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example', startsAt: Date.now() - 86_400_000 });
  for (let n = 0; n < products; n += 1) shop.add({ sku: `SOK-${n}`, quantity: 4 });
  const served = await serve(shop, wooCommerceDialect);
  onTestFinished(served.close);
  mkdirSync(join(home.folder, 'config'), { recursive: true });
  writeFileSync(join(home.folder, 'config', 'config.json'), JSON.stringify({ serve: { port: 0 } }));
  const added = await runCli(home, ['shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url]);
  expect(added.code, added.stderr).toBe(0);
  const env = { ...home.env, BINDELED_DK_WEBHOOK_SECRET: secret };
  const linked = async (): Promise<unknown> =>
    documentOf(await runCli(home, ['list', '--shop', 'dk', '--filter', 'linked', '--json'])).total;

  let server = await startServing(env);
  await server.sees('"round ended"');
  expect(await linked()).toBe(products);
  for (let life = 1; life <= lives; life += 1) {
    // Deleted for good: no reading of changes would show it, and the nightly one is far away.
    const gone = shop.shelf.slice(0, each).map(({ id }) => id);
    for (const id of gone) shop.deleteForever(id);
    // Nothing can have been taken in before the end.
    shop.temper.silent = true;
    const answers = gone.map(async (id) => {
      const body = JSON.stringify({ id: Number(id) });
      const headers = {
        'x-wc-webhook-topic': 'product.deleted',
        'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      };
      return (await fetch(`${server.url}/hooks/dk`, { method: 'POST', body, headers })).status;
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set([202]));
    expect(await server.end('SIGKILL')).toBe('SIGKILL');
    shop.temper.silent = false;
    server = await startServing(env);
    await server.sees(/"products":4,"msg":"taking in what was left"/);
    await expect.poll(linked, { timeout: 60_000 }).toBe(products - life * each);
    expect(server.said()).not.toContain('"kind":"full"');
  }
  expect(await server.end('SIGTERM')).toBe(0);
});
