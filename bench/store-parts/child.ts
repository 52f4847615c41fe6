import { closeSync, createReadStream, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { noChanges, placeKey } from '../../src/domain/changes.ts';
import { instantOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { writeGeneration } from '../../src/stores/compaction/compaction.ts';
import { loadGeneration } from '../../src/stores/generation/generation.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { foldText } from '../../src/stores/search/fold.ts';
import { productAt, shopIds, shopProductIdAt } from './generate-data.ts';

// One measurement in a process of its own, so that none pays for another's memory. Prints one line of JSON.
const [step = '', folder = '', size = '0'] = process.argv.slice(2);
const integrations = Number(size);
const clock = { now: () => instantOf(Date.now()) };
const products = integrations / shopIds.length;
const plain = join(folder, '..', 'plain.json');
const lines = join(folder, '..', 'lines.txt');

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const summary = (times: readonly number[]) => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
  max: Math.max(...times),
});
/** The middle one of three tries, so that what else the machine does tells less. */
const middle = async (work: () => unknown): Promise<number> =>
  [await timed(work), await timed(work), await timed(work)].sort((a, b) => a - b)[1] ?? 0;
const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
/** Milliseconds of processor time that some work took, on all its threads; and by the clock. */
const spent = async (work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly processor: number }> => {
  const before = process.cpuUsage();
  const ms = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return { ms, processor: (user + system) / 1000 };
};
const heap = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const mixed = (place: number): number => (Math.imul(place, 2654435761) >>> 0) % products;

/** What a person types, letter by letter: names, item numbers, EANs, ids, and things that are nowhere. */
function* keystrokes(): Generator<string> {
  for (let round = 0; round < 6; round += 1) {
    const place = mixed(round + 3);
    const { sku = '', gtin = '', content } = productAt(place);
    const words = [
      content.name,
      sku,
      gtin.slice(1),
      shopProductIdAt(place, round % 5),
      `zq${round}kw`,
      sku.slice(6),
      content.name.slice(4),
    ];
    for (const word of words) for (let length = 1; length <= word.length; length += 1) yield word.slice(0, length);
  }
}

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  open: async () => {
    const before = heap();
    let store: Store | undefined;
    const took = await spent(async () => {
      store = await jsonStore({ folder, clock });
      await store.listingsWith(shopProductIdAt(mixed(1), 0));
    });
    const bytes = heap() - before;
    const { rss } = process.memoryUsage();
    await store?.close();
    return { ...took, bytes, rss };
  },
  parse: async () => {
    const all: unknown[] = [];
    // As one text where V8 can hold it, else line by line as the store's own file is.
    const took = await spent(async () => {
      if (integrations <= 200_000) all.push(JSON.parse(readFileSync(plain, 'utf8')));
      else for await (const line of createInterface(createReadStream(plain))) all.push(JSON.parse(line));
    });
    return { ...took, kept: all.length };
  },
  change: async () => {
    const store = await jsonStore({ folder, clock });
    await store.listingsWith(shopProductIdAt(1, 0));
    const fd = openSync(join(folder, '..', 'fsync'), 'w');
    const [times, syncs]: [number[], number[]] = [[], []];
    let used = 0;
    for (let round = 0; round < 200; round += 1) {
      const [integration] = await store.integrationsAt([
        { shopId: shopIds[0]!, shopProductId: shopProductIdAt(mixed(round), 0) },
      ]);
      const moved = { ...integration!, pushed: { quantity: round, at: clock.now() } };
      const drop = { integrations: [placeKey(moved.productId, moved.ref.shopId)] };
      const { ms, processor } = await spent(() =>
        store.change(async () => ({ ...noChanges, put: { integrations: [moved] }, drop })),
      );
      times.push(ms);
      used += processor;
      // In turn with the change, so that both meet the same disk and the same machine.
      syncs.push(
        await timed(() => {
          writeSync(fd, 'x'.repeat(300));
          fdatasyncSync(fd);
        }),
      );
    }
    closeSync(fd);
    await store.close();
    return { change: summary(times), fsync: summary(syncs), processor: used / times.length };
  },
  compact: async () => {
    const now = await loadGeneration(folder);
    return now && spent(() => writeGeneration(folder, now, { refresh: () => undefined }));
  },
  lowdb: async () => {
    const low = new Low<unknown[]>(new JSONFile(plain), []);
    await low.read();
    low.data.push({});
    return { ms: await timed(() => low.write()) };
  },
  ask: async () => {
    const store = await jsonStore({ folder, clock });
    const first = await timed(() => store.search({ text: 'støv', limit: 50 }));
    const lookups: number[] = [];
    for (let round = 0; round < 5000; round += 1) {
      const id = shopProductIdAt(mixed(round), round % 5);
      lookups.push(await timed(() => store.listingsWith(id)));
    }
    const slow: { readonly text: string; readonly ms: number }[] = [];
    for (const text of keystrokes()) slow.push({ text, ms: await middle(() => store.search({ text, limit: 50 })) });
    await store.close();
    slow.sort((a, b) => b.ms - a.ms);
    return { first, lookup: summary(lookups), search: summary(slow.map(({ ms }) => ms)), slowest: slow.slice(0, 3) };
  },
  naive: async () => {
    const texts = readFileSync(lines, 'utf8').split('\n').map(foldText);
    const times: number[] = [];
    for (const text of keystrokes()) {
      const wanted = foldText(text);
      times.push(
        await middle(() => {
          const hits: string[] = [];
          for (let place = 0; place < texts.length && hits.length < 50; place += 1) {
            const line = texts[place];
            if (line?.includes(wanted)) hits.push(line);
          }
          return hits;
        }),
      );
    }
    return summary(times);
  },
};
console.log(JSON.stringify(await steps[step]?.()));
