import { fork, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { fakeShop, rightKey } from '../src/demo/simulators/fake-shop.ts';
import { serve } from '../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../src/demo/simulators/woocommerce.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { jsonStore } from '../src/stores/json-store.ts';

// 500 webhooks a second for a minute at the built program, beside an empty route of Fastify under the same load in the
// same run; and whether all that was told of arrived. `BENCH_SECONDS` makes it shorter.
const perSecond = 500;
const seconds = Number(process.env.BENCH_SECONDS ?? 60);
const products = 2000;
const secret = 'a-secret-of-the-hook';
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** What any server costs: takes a body and answers 202. */
async function serveEmptyRoute(): Promise<void> {
  const app = Fastify({ logger: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/hooks/dk', async (_request, reply) => reply.code(202).send());
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}

type Load = {
  readonly times: readonly number[];
  readonly statuses: readonly (readonly [status: number, count: number])[];
};

/** Posts at an even pace, whether answers come or not; answers how long each took, in milliseconds. */
async function load(port: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const statuses = new Map<number, number>();
  const post = (n: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const id = (n % products) + 1;
      const body = JSON.stringify({ id, name: `Product ${id}`, description: 'x'.repeat(2000) });
      const signature = createHmac('sha256', secret).update(body).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-wc-webhook-topic': 'product.updated',
        'x-wc-webhook-delivery-id': `d${n}`,
        'x-wc-webhook-signature': signature,
      };
      const began = performance.now();
      const sent = request({ host: '127.0.0.1', port, path: '/hooks/dk', method: 'POST', agent, headers }, (answer) => {
        answer.resume().on('end', () => {
          times.push(performance.now() - began);
          const status = answer.statusCode ?? 0;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          resolve();
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const ahead = (n * 1000) / perSecond - (performance.now() - began);
    if (ahead > 1) await pause(ahead);
    under.push(post(n));
  }
  await Promise.all(under);
  agent.destroy();
  return { times: times.toSorted((a, b) => a - b), statuses: [...statuses] };
}

/** The one who posts is a process of its own, so that the shop's answers do not hold it up. */
async function loadFrom(port: number): Promise<Load> {
  const poster = fork(fileURLToPath(import.meta.url), ['load', String(port)]);
  return new Promise((resolve, reject) => {
    poster.once('message', (message) => resolve(message as Load));
    poster.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
  });
}

const quantile = (times: readonly number[], share: number): string =>
  (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(1);
const line = (name: string, { times, statuses }: Load): string =>
  `${name}: ${times.length} answers, p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms, longest ${quantile(times, 1)} ms; ${statuses.map(([status, count]) => `${count} x ${status}`).join(', ')}`;

async function measure(): Promise<void> {
  const shop = fakeShop({ name: 'Uld DK', startsAt: Date.now() - 86_400_000 });
  for (let n = 1; n <= products; n += 1)
    shop.add({ id: String(n), sku: `SKU-${n}`, title: `Product ${n}`, quantity: 1 });
  const served = await serve(shop, wooCommerceDialect);
  const home = mkdtempSync(join(tmpdir(), 'bindeled-bench-'));
  mkdirSync(join(home, 'config'), { recursive: true });
  writeFileSync(join(home, 'config', 'config.json'), JSON.stringify({ serve: { port: 0 } }));
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    BINDELED_HOME: home,
    BINDELED_DK_KEY: rightKey.key,
    BINDELED_DK_SECRET: rightKey.secret,
    BINDELED_DK_WEBHOOK_SECRET: secret,
  };
  const added = spawn(
    process.execPath,
    [program, 'shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url],
    { env, stdio: 'ignore' },
  );
  await new Promise((resolve) => added.on('exit', resolve));

  const empty = fork(fileURLToPath(import.meta.url), ['empty-route']);
  const emptyPort = await new Promise<number>((resolve) => empty.once('message', (port) => resolve(Number(port))));
  const server = spawn(process.execPath, [...process.execArgv, program, 'serve'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      let said = '';
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /Serving at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (found !== undefined && said.includes('"round ended"')) resolve(Number(found));
      });
      server.on('exit', () => reject(new Error(said)));
    });
    console.log(line('an empty route', await loadFrom(emptyPort)));
    // The last delivery of each product comes after its last change.
    let edition = 0;
    const edits = setInterval(() => {
      for (let n = 0; n < perSecond / 10; n += 1) {
        const id = (edition % products) + 1;
        edition += 1;
        shop.edit(String(id), { title: `Product ${id}, edition ${edition}` });
      }
    }, 100);
    setTimeout(() => clearInterval(edits), (seconds - products / perSecond - 2) * 1000);
    console.log(line('webhooks', await loadFrom(port)));
    clearInterval(edits);
    console.log(`${edition} changes in ${products} products`);
    const began = performance.now();
    const missing = await waitForAll(join(home, 'data', 'store'), shop);
    console.log(
      `of ${products} products ${missing} are not as the shop has them, ${((performance.now() - began) / 1000).toFixed(1)} s after the last`,
    );
    process.exitCode = missing === 0 ? 0 : 1;
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.on('exit', resolve));
    empty.kill();
    await served.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Waits until every product has the shop's title; answers how many have not after five minutes. */
async function waitForAll(folder: string, shop: ReturnType<typeof fakeShop>): Promise<number> {
  const store = await jsonStore({ folder, clock: systemClock });
  const titles = new Map(shop.shelf.map(({ title, variants }) => [String(variants[0]?.sku), title]));
  const count = async (): Promise<number> =>
    (await store.productPage({ limit: products * 2 })).filter(
      ({ sku, content }) => titles.get(String(sku)) !== content.name,
    ).length;
  const until = performance.now() + 300_000;
  let missing = await count();
  while (missing > 0 && performance.now() < until) {
    await pause(200);
    missing = await count();
  }
  await store.close();
  return missing;
}

if (process.argv[2] === 'empty-route') await serveEmptyRoute();
else if (process.argv[2] === 'load') process.send?.(await load(Number(process.argv[3])), () => process.disconnect());
else await measure();
