import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { noChanges, placeKey } from '../../src/domain/changes.ts';
import { instantOf } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreConfig } from '../../src/ports/store-engine.ts';
import { writeGeneration } from '../../src/stores/compaction/compaction.ts';
import { noManifest } from '../../src/stores/compaction/open-generation.ts';
import type { Batch } from '../../src/stores/contents/contents.ts';
import { makeFolder } from '../../src/stores/disk/durable-file.ts';
import { storeEngine } from '../../src/stores/open-store.ts';
import { fill } from '../../src/stores/sql/maintenance/fill.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { storeConfig } from '../../src/stores/store-config.ts';
import { generateTables, productAt, shopIds, shopProductIdAt } from './generate-data.ts';
import { syncChanges } from './sync-changes.ts';

// One measurement on one store in a process of its own. Prints one line of JSON.
const [step = '', where = '', size = '0'] = process.argv.slice(2);
const integrations = Number(size);
const products = integrations / shopIds.length;
const clock = { now: () => instantOf(Date.now()) };
const places = { jsonFolder: where, sqliteFile: where };
const config = storeConfig(/^(?:sqlite|postgres)/.test(where) ? where : 'json:', places) as StoreConfig;
const open = async () => (await storeEngine(config, clock, places)).open();

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const summary = (times: readonly number[]) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
const mixed = (place: number): number => (Math.imul(place, 2654435761) >>> 0) % products;

/** What a person types, letter by letter. */
function* keystrokes(): Generator<string> {
  for (let round = 0; round < 4; round += 1) {
    const place = mixed(round + 3);
    const { sku = '', gtin = '', content } = productAt(place);
    for (const word of [content.name, sku, gtin.slice(1), shopProductIdAt(place, round % 5), `zq${round}kw`]) {
      for (let length = 1; length <= word.length; length += 1) yield word.slice(0, length);
    }
  }
}

async function* madeUp(tables: ReturnType<typeof generateTables>): AsyncGenerator<Batch> {
  for (const name of ['products', 'listings', 'integrations'] as const) {
    let rows: never[] = [];
    for (const row of tables[name].all()) {
      rows.push(row as never);
      if (rows.length < 1_000) continue;
      yield { name, rows } as Batch;
      rows = [];
    }
    yield { name, rows } as Batch;
  }
}

const shops = () =>
  shopIds.map((id) => ({
    ...{ id, name: id, platform: 'woocommerce', url: `https://${id}.example`, negative: 'send', paused: false },
    ...{ options: {}, addedAt: clock.now() },
  }));

const steps: Readonly<Record<string, () => Promise<unknown>>> = {
  fill: async () => {
    const tables = generateTables(integrations);
    for (const shop of shops()) tables.shops.put(shop as never);
    if (config.kind === 'json') {
      await makeFolder(config.folder);
      return {
        ms: await timed(() =>
          writeGeneration(config.folder, { manifest: noManifest, tables, lastSeq: 0 }, { refresh: () => undefined }),
        ),
      };
    }
    const engine = await (config.kind === 'sqlite'
      ? sqliteEngine({ path: config.path })
      : postgresEngine(config.connection));
    async function* all(): AsyncGenerator<Batch> {
      yield { name: 'shops', rows: shops() } as unknown as Batch;
      yield* madeUp(tables);
    }
    const ms = await timed(() => fill(engine, all, 'bench'));
    const { database } = await engine.bytes();
    await engine.close();
    return { ms, bytes: database };
  },
  open: async () => {
    const { sku } = productAt(mixed(5));
    const ms = await timed(async () => {
      const { store } = await open();
      await store.productsBy({ skus: sku === undefined ? [] : [sku] });
      await store.close();
    });
    const baseline = await timed(async () => {
      if (config.kind === 'sqlite') {
        const database = new DatabaseSync(config.path);
        database.prepare('select body from products where sku = ?').get(sku ?? '');
        database.close();
      } else if (config.kind === 'postgres') {
        const client = new pg.Client({ connectionString: config.connection });
        await client.connect();
        await client.query('select 1');
        await client.end();
      }
    });
    return { ms, baseline };
  },
  ask: async () => {
    // The program itself is read as source here, which takes memory that the built one does not.
    await storeEngine(config, clock, places);
    const before = process.memoryUsage().rss;
    const { store } = await open();
    const find: number[] = [];
    for (let round = 0; round < 300; round += 1) {
      const { sku } = productAt(mixed(round));
      find.push(await timed(() => store.productsBy({ skus: sku === undefined ? [] : [sku] })));
    }
    const search: { text: string; ms: number }[] = [];
    for (const text of keystrokes()) {
      const tries = [0, 0, 0].map(() => () => timed(() => store.search({ text, limit: 50 })));
      const times: number[] = [];
      for (const one of tries) times.push(await one());
      search.push({ text, ms: quantile(times, 0.5) });
    }
    const page: number[] = [];
    const at = clock.now();
    for (let round = 0; round < 60; round += 1) {
      const shopId = shopIds[round % 5]!;
      const filter = (['all', 'linked', 'stock-differs', 'missing'] as const)[round % 4]!;
      const text = round % 3 === 0 ? productAt(mixed(round)).sku : round % 3 === 1 ? 'hue' : '';
      const offset = round % 2 === 0 ? 0 : 400;
      page.push(await timed(() => store.shopLines({ shopId, filter, text, at, offset, limit: 40 })));
    }
    const { rss } = process.memoryUsage();
    await store.close();
    const slowest = search.toSorted((a, b) => b.ms - a.ms).slice(0, 4);
    return {
      find: summary(find),
      search: summary(search.map(({ ms }) => ms)),
      slowest,
      page: summary(page),
      rss,
      before,
    };
  },
  change: async () => {
    const { store, leases } = await open();
    const beside = mkdtempSync(join(tmpdir(), 'bindeled-fsync-'));
    const fd = openSync(join(beside, 'fsync'), 'w');
    const [change, fsync, hundred, bare]: number[][] = [[], [], [], []];
    const bareChange = await makeBare();
    const linkAt = async (round: number) => {
      const ref = { shopId: shopIds[0]!, shopProductId: shopProductIdAt(mixed(round), 0) };
      return (await store.integrationsAt([ref]))[0]!;
    };
    for (let round = 0; round < 150; round += 1) {
      const moved = { ...(await linkAt(round)), pushed: { quantity: round, at: clock.now() } };
      const drop = { integrations: [placeKey(moved.productId, moved.ref.shopId)] };
      change!.push(
        await timed(() => store.change(async () => ({ ...noChanges, put: { integrations: [moved] }, drop }))),
      );
      bare!.push(await timed(() => bareChange(round)));
      fsync!.push(
        await timed(() => {
          writeSync(fd, 'x'.repeat(300));
          fdatasyncSync(fd);
        }),
      );
    }
    for (let round = 0; round < 10; round += 1) {
      const refs = Array.from({ length: 100 }, (_, n) => ({
        shopId: shopIds[1]!,
        shopProductId: shopProductIdAt(mixed(n * 7 + round), 1),
      }));
      hundred!.push(
        await timed(() =>
          store.change(async (now) => {
            const listings = await now.listingsAt(refs);
            return {
              ...noChanges,
              put: { listings: listings.map((one) => ({ ...one, stock: { tracked: true, quantity: round } })) },
            };
          }),
        ),
      );
    }
    const synced = await syncChanges({ store, leases }, shopIds[1]!, await changedListings(store, 12));
    closeSync(fd);
    rmSync(beside, { recursive: true });
    await store.close();
    return {
      change: summary(change!),
      fsync: summary(fsync!),
      bare: summary(bare!),
      hundred: summary(hundred!),
      synced: summary(synced),
    };
  },
};

/** Listings of the second shop, each round others, with another figure and another name. */
const changedListings = async (store: Store, count: number): Promise<readonly (readonly Listing[])[]> => {
  const rounds: Listing[][] = [];
  for (let round = 0; round < count; round += 1) {
    const refs = Array.from({ length: 100 }, (_, n) => ({
      shopId: shopIds[1]!,
      shopProductId: shopProductIdAt(mixed(n * 7 + 701 * round + 11), 1),
    }));
    const standing = await store.listingsAt(refs);
    rounds.push(standing.map((one) => ({ ...one, stock: { tracked: true, quantity: 100 + round } })));
  }
  return rounds;
};

/** The smallest change that the same database can make as safely: one row, by itself. */
async function makeBare(): Promise<(round: number) => unknown> {
  if (config.kind === 'sqlite') {
    const database = new DatabaseSync(`${config.path}-bare`);
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = full; create table if not exists t (k integer primary key, v)',
    );
    const put = database.prepare('insert into t values (?, ?) on conflict do update set v = excluded.v');
    return (round) => put.run(round % 20, round);
  }
  if (config.kind === 'postgres') {
    const client = new pg.Client({ connectionString: config.connection });
    await client.connect();
    await client.query('create temp table t (k int primary key, v int)');
    await client.query('create table if not exists public.bare (k int primary key, v int)');
    return (round) =>
      client.query('insert into public.bare values ($1, $2) on conflict (k) do update set v = excluded.v', [
        round % 20,
        round,
      ]);
  }
  return () => undefined;
}

console.log(JSON.stringify(await steps[step]?.()));
process.exit(0);
