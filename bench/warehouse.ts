import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import got from 'got';
import type { Warehouse, WarehousePage } from '../src/ports/warehouse.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { memoryStore } from '../src/stores/memory-store.ts';
import { peakWms } from '../src/warehouses/peakwms/driver.ts';
import { mette } from '../test/support/builders.ts';
import type { Figure } from './figures.ts';

const products = 100_000;
const rows = 250_000;
type Cursors = Readonly<Record<'product' | 'stock', readonly string[]>>;
const signal = new AbortController().signal;

async function readAll<Row>(read: (cursor: string | undefined) => Promise<WarehousePage<Row>>) {
  let seen = 0;
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    seen += page.rows.length;
    cursor = page.next;
  } while (cursor !== undefined);
  return seen;
}

/** Reads everything; answers how long that took. */
async function readOnce(warehouse: Warehouse) {
  const started = performance.now();
  const seen = [
    await readAll((cursor) => warehouse.products({ cursor }, signal)),
    await readAll((cursor) => warehouse.stock({ cursor }, signal)),
  ];
  const took = performance.now() - started;
  if (seen.join() !== `${products},${rows}`) throw new Error(`The reading showed ${seen.join(' and ')} rows.`);
  return took;
}

/** Asks for the very same pages, one after the other, and does nothing with them but parse them. */
async function bareLoop(address: string, key: string, cursors: Cursors) {
  const headers = { authorization: `Bearer ${key}` };
  const started = performance.now();
  for (const list of ['product', 'stock'] as const)
    for (const after of cursors[list])
      await got(`${address}/${list}/keySet?LastId=${after}&PageSize=250`, { headers, retry: { limit: 0 } }).json();
  return performance.now() - started;
}

/** A whole reading of PeakWMS against a bare loop over the same pages. */
export async function benchWarehouse(): Promise<readonly Figure[]> {
  const file = fileURLToPath(new URL('warehouse-server.ts', import.meta.url));
  const server = fork(file, [String(products)]);
  try {
    const [told] = await once(server, 'message');
    const { url, key, cursors } = told as { readonly url: string; readonly key: string; readonly cursors: Cursors };
    const address = `${url}/api/integration/v1`;
    // The pace that is asked of PeakWMS is no part of what is measured.
    const clock = { now: systemClock.now, wait: async () => {} };
    const given = { clock, store: memoryStore(), actor: mette, address, secrets: { key } };
    const warehouse = peakWms.connect({ ...given, options: peakWms.options.parse({}) });
    const [ours, baseline]: number[][] = [[], []];
    for (let round = 0; round < 2; round += 1) {
      baseline?.push(await bareLoop(address, key, cursors));
      ours?.push(await readOnce(warehouse));
    }
    const what = `PeakWMS: ${products.toLocaleString('en')} products and ${rows.toLocaleString('en')} rows of stock`;
    const value = Math.min(...(baseline ?? []));
    return [
      { what, ours: Math.min(...(ours ?? [])), baseline: { what: 'a bare loop', value }, unit: 'ms', atMost: 1.25 },
    ];
  } finally {
    server.disconnect();
  }
}
