import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import got from 'got';
import { makeConnectorFactory } from '../src/connectors/connector-factory.ts';
import { platformRegistry } from '../src/connectors/registry.ts';
import { rightKey } from '../src/demo/simulators/fake-shop.ts';
import { makeNewId } from '../src/runtime/id-generator.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { defaultTuning } from '../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../src/services/facade/make-services.ts';
import type { Services } from '../src/services/services.ts';
import { jsonStore } from '../src/stores/json-store.ts';
import { fileLeases } from '../src/stores/locking/leases.ts';
import { type Figure, median } from './figures.ts';

const listings = 20_000;
const rounds = 3;

async function openServices(home: string): Promise<{ services: Services; close: () => Promise<void> }> {
  const folder = join(home, 'store');
  const store = await jsonStore({ folder, clock: systemClock });
  const services = makeServices({
    store,
    leases: fileLeases({ folder, clock: systemClock }),
    clock: systemClock,
    connectors: makeConnectorFactory({
      drivers: platformRegistry,
      credentialsFor: () => rightKey,
      save: async () => undefined,
      clock: systemClock,
    }),
    newId: makeNewId(Date.now),
    actor: { kind: 'person', name: 'bench' },
    readOnly: false,
    tuning: defaultTuning,
  });
  return { services, close: () => store.close() };
}

/** Reads the whole shop into a fresh store; answers how long that took. */
async function syncOnce(url: string, expected = listings): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'bindeled-bench-'));
  const { services, close } = await openServices(home);
  try {
    await services.shops.add({ id: 'bench', platform: 'woocommerce', url });
    const started = performance.now();
    const [result] = await services.sync.run({ full: true }, new AbortController().signal);
    const took = performance.now() - started;
    if (result?.run?.counts.linked !== expected) throw new Error(`The sync linked ${result?.run?.counts.linked}.`);
    return took;
  } finally {
    await close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Asks for the very same pages, one after the other, and does nothing with them. */
async function bareLoop(url: string, asked: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const path of asked) {
    await got(url + path, { username: rightKey.key, password: rightKey.secret, retry: { limit: 0 } }).json();
  }
  return performance.now() - started;
}

/** Both in turn, some times; answers the medians. */
async function inTurn(
  url: string,
  pages: readonly string[],
  expected: number,
): Promise<{ ours: number; bare: number }> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await bareLoop(url, pages));
    ours.push(await syncOnce(url, expected));
  }
  return { ours: median(ours), bare: median(bare) };
}

/** A sync of 20,000 listings against a bare got loop over the same pages. */
export async function benchSync(): Promise<readonly Figure[]> {
  const child = fork(fileURLToPath(new URL('sync-shop.ts', import.meta.url)), [String(listings)]);
  try {
    const [url] = (await once(child, 'message')) as [string];
    child.send('forget');
    await syncOnce(url);
    child.send('what was asked?');
    const [asked] = (await once(child, 'message')) as [readonly string[]];
    const { ours, bare } = await inTurn(url, asked, listings);
    return [
      {
        what: `sync of ${listings.toLocaleString('en')} listings, ${asked.length} pages, into the JSON store`,
        ours,
        baseline: { what: 'a bare got loop over the same pages', value: bare },
        unit: 'ms',
        atMost: 1.25,
      },
    ];
  } finally {
    child.disconnect();
  }
}

const old = { products: 3000, variable: 600, sizes: 3 };

/** The fewest pages that an older shop can be read in: full ones, and one for each product with variations. */
function fewestPages(asked: readonly string[]): readonly string[] {
  const fieldsIn = (pattern: RegExp): string =>
    new URLSearchParams(asked.find((path) => pattern.test(path))?.split('?')[1]).get('_fields') ?? '';
  const query = (page: number, fields: string): string =>
    `${new URLSearchParams({ per_page: '100', page: String(page), orderby: 'id', order: 'asc', status: 'any', _fields: fields })}`;
  const families = new Set(asked.flatMap((path) => /products\/(\d+)\/variations/.exec(path)?.[1] ?? []));
  const products = fieldsIn(/\/products\?/);
  const variations = fieldsIn(/\/variations\?.*parent_id/);
  return [
    ...Array.from({ length: old.products / 100 }, (_, at) => `/wp-json/wc/v3/products?${query(at + 1, products)}`),
    ...[...families].map((id) => `/wp-json/wc/v3/products/${id}/variations?${query(1, variations)}`),
  ];
}

/** An answer of a real shop of that age takes 70 ms at the least: a tenth of it keeps the bench short. At once is what none does. */
const latencies = [7, 1, 0];

/** A shop from before `/wc/v3/variations`: requests and wall time against a bare loop over the fewest possible pages. */
export async function benchOldShop(): Promise<readonly Figure[]> {
  const child = fork(fileURLToPath(new URL('sync-shop.ts', import.meta.url)), [
    String(old.products),
    String(old.variable),
  ]);
  const expected = old.products - old.variable + old.variable * old.sizes;
  try {
    const [url] = (await once(child, 'message')) as [string];
    child.send('forget');
    await syncOnce(url, expected);
    child.send('what was asked?');
    const [asked] = (await once(child, 'message')) as [readonly string[]];
    const fewest = fewestPages(asked);
    const what = 'a bare got loop over the fewest possible pages';
    const shop = `older shop, ${old.products.toLocaleString('en')} products, ${old.variable} variable`;
    const times: Figure[] = [];
    for (const latencyMs of latencies) {
      child.send(latencyMs);
      const { ours, bare } = await inTurn(url, fewest, expected);
      times.push({
        what: `sync, ${latencyMs === 0 ? 'answers at once' : `${latencyMs} ms an answer`}: ${shop}`,
        ours,
        baseline: { what, value: bare },
        unit: 'ms',
        atMost: 1.25,
      });
    }
    return [
      {
        what: `requests: ${shop}`,
        ours: asked.length,
        baseline: { what, value: fewest.length },
        unit: 'requests',
        atMost: 1.25,
      },
      ...times,
    ];
  } finally {
    child.disconnect();
  }
}
