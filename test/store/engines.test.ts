import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import { warehouseCode } from '../../src/domain/product.ts';
import type { Shop } from '../../src/domain/shop.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreConfig } from '../../src/ports/store-engine.ts';
import { moveStore } from '../../src/stores/move-store.ts';
import { tablesVersion } from '../../src/stores/sql/migrations.ts';
import { storeConfig } from '../../src/stores/store-config.ts';
import { answersOf, randomChanges } from '../contract/random-changes.ts';
import { makeLocationStock, makeProduct, makeShop } from '../support/builders.ts';
import { emptyStores } from '../support/empty-stores.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { folder, configOf, engineOf } = emptyStores();

type Kind = StoreConfig['kind'];
// PostgreSQL takes half a minute of it: test/long/store-engines goes through all three, and from one to another.
const kinds: readonly Kind[] =
  process.env.BINDELED_TEST_ENGINES === 'all' ? ['json', 'sqlite', 'postgres'] : ['json', 'sqlite'];
async function using<Value>(kind: Kind, work: (store: Store) => Promise<Value>): Promise<Value> {
  const { store } = await (await engineOf(kind)).open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Something of everything, a few records in each. */
const fillAtRandom = (kind: Kind, seed = 7): Promise<void> =>
  using(kind, async (store) => {
    const random = makeRandom(seed);
    const shops = ['dk', 'no', 'se'].map((id) => makeShop({ id: toShopId(id) }));
    await store.change(async () => ({ ...noChanges, put: { shops } }));
    for (let round = 0; round < 30; round += 1)
      await store.change(async () => randomChanges(random)).catch(() => undefined);
  });

describe.each(kinds)('a store kept in %s', (kind) => {
  test('is checked, copied, changed and brought back, and what stood there is kept', async () => {
    await fillAtRandom(kind);
    const before = await using(kind, answersOf);
    const { maintenance } = await engineOf(kind);
    expect(await maintenance.check()).toMatchObject({ ok: true });
    const copy = join(folder(), 'copy');
    const made = await maintenance.backup(copy);
    if (made === undefined || 'badTarget' in made) throw new Error('no copy was made');
    expect(made.findings.counts.products).toBeGreaterThan(5);
    expect(await maintenance.backup(copy)).toBeUndefined();
    expect(await maintenance.backup('/proc/copy')).toHaveProperty('badTarget.place', '/proc/copy');
    await using(kind, (store) => store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } })));
    const restored = await maintenance.restore(copy);
    expect(restored).toMatchObject({ findings: { events: made.findings.events } });
    expect('kept' in restored && statSync(restored.kept ?? '').size).toBeGreaterThan(0);
    expect(await using(kind, answersOf)).toEqual(before);
  });

  test('comes back the same from its own export', async () => {
    await fillAtRandom(kind);
    const before = await using(kind, answersOf);
    const { maintenance } = await engineOf(kind);
    const file = join(folder(), 'export.json');
    expect(await maintenance.exportTo(file)).toBe(true);
    expect(await maintenance.exportTo(file)).toBe(false);
    await maintenance.importFrom(file);
    expect(await using(kind, answersOf)).toEqual(before);
  });

  test('is not touched by a document that is cut off, or holds a record that is none', async () => {
    await fillAtRandom(kind);
    const before = await using(kind, answersOf);
    const { maintenance } = await engineOf(kind);
    const file = join(folder(), 'export.json');
    await maintenance.exportTo(file);
    const sound = readFileSync(file, 'utf8');
    const [, link] = /"integrations":\[\n(.+?),?\n/.exec(sound) ?? [];
    const [, product] = /"products":\[\n(.+?),?\n/.exec(sound) ?? [];
    const otherListing = `${link}`.replace(/"shopProductId":"[^"]*"/, '"shopProductId":"another"');
    const bad = {
      'cut off': sound.slice(0, -500),
      'no record': sound.replace('"activity":"active"', '"activity":7'),
      'no export': '{}',
      'a record twice': sound.replace('"products":[\n', `"products":[\n${product},\n`),
      'against the first law': sound.replace('"integrations":[\n', `"integrations":[\n${otherListing},\n`),
      'without a list': sound.replace(/"listings":\[.*?\n\],\n/s, ''),
      'a list twice': sound.replace('"shops":[', '"shops":[\n],\n"shops":['),
    };
    for (const [name, document] of Object.entries(bad)) {
      expect(document, name).not.toBe(sound);
      writeFileSync(file, document);
      const answer = await maintenance.importFrom(file);
      expect(answer, name).toHaveProperty('badCopy.place', expect.stringContaining(file));
    }
    expect(await using(kind, answersOf)).toEqual(before);
  });

  test('its export is the same store in every other kind', async () => {
    await fillAtRandom(kind, kinds.indexOf(kind) + 1);
    const [before, document] = [await using(kind, answersOf), await exportOf(kind)];
    const file = join(folder(), 'export.json');
    writeFileSync(file, document);
    for (const other of kinds.filter((one) => one !== kind)) {
      expect(await (await engineOf(other)).maintenance.importFrom(file), other).toHaveProperty('findings');
      expect(await using(other, answersOf), other).toEqual(before);
      expect(linesOf(await exportOf(other)), other).toEqual(linesOf(document));
    }
  });

  test('is exported as it stood when that began, whatever is changed meanwhile', async () => {
    const long = (id: string, letter: string) =>
      makeProduct({ id: toProductId(id), sku: undefined, gtin: undefined, content: { name: letter.repeat(300_000) } });
    await using(kind, async (store) => {
      const products = [long('p1', 'a'), long('p2', 'b'), long('p3', 'c')];
      await store.change(async () => ({ ...noChanges, put: { products } }));
      const pieces = (await engineOf(kind)).maintenance.exported()[Symbol.asyncIterator]();
      let document = String((await pieces.next()).value);
      await store.change(async () => ({
        ...noChanges,
        put: { products: [long('p3', 'd')] },
        drop: { products: [toProductId('p2')] },
      }));
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) document += next.value;
      expect(document.match(/a{300000}|b{300000}|c{300000}|d{300000}/g)?.map((name) => name[0])).toEqual([
        'a',
        'b',
        'c',
      ]);
    });
  });

  test('refuses a pipe, a folder, a device and nothing at all as a copy, and stays as it is', async () => {
    await fillAtRandom(kind);
    const before = await using(kind, answersOf);
    const { maintenance } = await engineOf(kind);
    const within = (name: string): string => join(folder(), name);
    execFileSync('mkfifo', [within('pipe')]);
    mkdirSync(within('folder'));
    for (const place of [within('pipe'), within('folder'), '/dev/zero', within('nothing')])
      for (const answer of [await maintenance.restore(place), await maintenance.importFrom(place)])
        expect(answer, place).toHaveProperty('badCopy.place', expect.stringContaining(place));
    expect(await using(kind, answersOf)).toEqual(before);
  });

  test.each(kinds.filter((other) => other !== kind))('moves to %s whole, and stays where it was', async (other) => {
    await fillAtRandom(kind);
    const before = await using(kind, answersOf);
    const move = { from: configOf(kind), to: configOf(other), clock: systemClock };
    expect(await moveStore(move)).toMatchObject({ kind: 'moved' });
    expect(await using(other, answersOf)).toEqual(before);
    expect(await using(kind, answersOf)).toEqual(before);
    expect(await moveStore(move)).toMatchObject({ kind: 'not-empty' });
    expect(await moveStore({ ...move, to: move.from })).toMatchObject({ kind: 'same-store' });
    await using(other, (store) => store.change(async () => randomChanges(makeRandom(3))).catch(() => undefined));
    expect(await (await engineOf(other)).maintenance.check()).toMatchObject({ ok: true });
  });

  test.each(
    kinds.filter((other) => other !== kind),
  )('a move to %s that broke off before the switch is made anew, unless somebody used it', async (other) => {
    await fillAtRandom(kind);
    const move = { from: configOf(kind), to: configOf(other), clock: systemClock };
    const breakOff = () => moveStore({ ...move, switchOver: () => Promise.reject(new Error('killed')) });
    await expect(breakOff()).rejects.toThrow('killed');
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(moveStore({ ...move, signal: stopped, switchOver: async () => expect.unreachable() })).rejects.toThrow(
      'stopped',
    );
    const addOne = (store: Store) =>
      store.change(async () => ({ ...noChanges, put: { shops: [makeShop({ id: toShopId('late') })] } }));
    await using(kind, addOne);
    const before = await using(kind, answersOf);
    await expect(breakOff()).rejects.toThrow('killed');
    expect(await using(other, answersOf)).toEqual(before);
    await using(other, (store) => store.change(async () => ({ ...noChanges, drop: { shops: [toShopId('late')] } })));
    expect(await moveStore(move)).toMatchObject({ kind: 'not-empty' });
    expect(await using(kind, answersOf)).toEqual(before);
  });
});

test('a move from where nothing was kept yet begins with an empty store', async () => {
  const from: StoreConfig = { kind: 'json', folder: join(folder(), 'never') };
  const to: StoreConfig = { kind: 'sqlite', path: join(folder(), 'first.sqlite') };
  expect(await moveStore({ from, to, clock: systemClock })).toMatchObject({ kind: 'moved', findings: { events: 0 } });
});

test.each(kinds)('%s is exported into no folder that is not there, and told so; over nothing that is', async (kind) => {
  const { maintenance } = await engineOf(kind);
  await fillAtRandom(kind);
  const nowhere = join(folder(), 'no', 'all.json');
  expect(await maintenance.exportTo(nowhere)).toMatchObject({ badTarget: { kind: 'missing', place: nowhere } });
  const notes = join(folder(), 'notes');
  writeFileSync(notes, 'mine');
  expect(await maintenance.exportTo(notes)).toBe(false);
  const under = await maintenance.backup(join(notes, 'copy'));
  expect(under).toMatchObject({ badTarget: { place: join(notes, 'copy') } });
  expect(readFileSync(notes, 'utf8')).toBe('mine');
});

describe('a move to where nothing can be written is trouble with the target, which stays as it is', () => {
  const moveTo = (to: StoreConfig) => moveStore({ from: configOf('json'), to, clock: systemClock });
  beforeEach(() => fillAtRandom('json'));

  test('an address that is none', async () => {
    const connection = 'postgres://me:geheim@db/x?colour=red';
    const answer = await moveTo({ kind: 'postgres', connection });
    expect(answer).toMatchObject({ kind: 'bad-target', trouble: { kind: 'bad-address' } });
    expect(JSON.stringify(answer)).not.toContain('geheim');
  });

  test('a server that is away', async () => {
    const connection = 'postgres://me@127.0.0.1:9/x?connect_timeout=1';
    expect(await moveTo({ kind: 'postgres', connection })).toMatchObject({ trouble: { kind: 'unreachable' } });
  });

  test('a folder in place of a file', async () => {
    expect(await moveTo({ kind: 'sqlite', path: folder() })).toMatchObject({ trouble: { kind: 'bad-address' } });
  });

  test('a file that is no database', async () => {
    const path = join(folder(), 'notes.txt');
    writeFileSync(path, 'my own notes\n'.repeat(100));
    expect(await moveTo({ kind: 'sqlite', path })).toMatchObject({ trouble: { kind: 'damaged', place: path } });
    expect(readFileSync(path, 'utf8')).toContain('my own notes');
  });

  test('JSON files that cannot be read are not taken for nothing', async () => {
    const at = join(folder(), 'another');
    mkdirSync(at);
    writeFileSync(join(at, 'store.json'), 'what was left of it');
    expect(await moveTo({ kind: 'json', folder: at })).toMatchObject({ trouble: { kind: 'damaged' } });
    expect(readdirSync(at)).toEqual(['store.json']);
  });
});

async function exportOf(kind: Kind): Promise<string> {
  let document = '';
  for await (const piece of (await engineOf(kind)).maintenance.exported()) document += piece;
  return document;
}
/** What stands in a document, apart from the order of records and fields, and from when it was made. */
const linesOf = (document: string): readonly string[] =>
  Object.entries(JSON.parse(document) as Record<string, unknown>)
    .flatMap(([name, rows]) => (Array.isArray(rows) ? rows.map((row: unknown) => `${name} ${inOrder(row)}`) : []))
    .toSorted();
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

describe('a SQLite store', () => {
  const file = () => join(folder(), 'store.sqlite');

  test('is for its owner alone, and so is what lies beside it', async () => {
    await using('sqlite', async (store) => {
      await store.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
      for (const part of ['', '-wal', '-shm']) expect(statSync(file() + part).mode & 0o777, part).toBe(0o600);
    });
  });

  test('of the first version opens whole with a table for stock by location, and so does a copy of it', async () => {
    const old = gunzipSync(readFileSync(new URL('../fixtures/sqlite/tables-1.sqlite.gz', import.meta.url)));
    const levels = [makeLocationStock()];
    const ids = [toProductId('p1'), toProductId('p2')];
    writeFileSync(file(), old);
    const database = new DatabaseSync(file());
    const known = JSON.stringify(makeProduct({ id: toProductId('p2'), warehouse: { source: 'peakwms', key: '77' } }));
    database.prepare(`update products set body = ? where key = 'p2'`).run(known);
    database.close();
    await using('sqlite', async (store) => {
      const warehouseCodes = [warehouseCode({ source: 'peakwms', key: '77' })];
      expect((await store.productsBy({ warehouseCodes })).map(({ id }) => id)).toEqual(['p2']);
      expect((await store.products(ids)).map(({ id }) => id)).toEqual(ids);
      expect(await store.stockLevelsOf(ids)).toEqual([]);
      await store.change(async () => ({ ...noChanges, put: { stockLevels: levels } }));
    });
    expect(await using('sqlite', (store) => store.stockLevelsOf(ids))).toEqual(levels);
    const copy = join(folder(), 'old-copy');
    writeFileSync(copy, old);
    const { maintenance } = await engineOf('sqlite');
    expect(await maintenance.restore(copy)).toMatchObject({
      findings: { counts: { products: 2 }, version: tablesVersion },
    });
    expect(await using('sqlite', (store) => store.stockLevelsOf(ids))).toEqual([]);
  });

  test('of the fifth version opens whole with shops of one figure, and keeps what is told by location', async () => {
    writeFileSync(file(), gunzipSync(readFileSync(new URL('../fixtures/sqlite/tables-5.sqlite.gz', import.meta.url))));
    const unsent = (store: Store, [shop]: readonly Shop[]) => store.unsentProducts({ shopId: shop!.id, limit: 9 });
    await using('sqlite', async (store) => {
      const shops = await store.shops();
      expect(shops).toMatchObject([{ locations: ['A-*'] }]);
      expect(await unsent(store, shops)).toEqual([]);
      const [link] = await store.integrationsOn(shops[0]!.id);
      const [listing] = await store.listingsAt([link!.ref]);
      const shop = { ...shops[0]!, locations: undefined, shopLocations: [{ id: '1', from: ['A-*'] }] };
      await store.change(async () => ({ ...noChanges, put: { shops: [shop] } }));
      expect(await unsent(store, shops)).toEqual(['p1']);
      const at = link!.pushed!.at;
      const integrations = [{ ...link!, pushed: { quantity: 6, at, locations: [{ id: '1', quantity: 6, at }] } }];
      const listings = [{ ...listing!, stock: { tracked: true, quantity: 6, locations: [{ id: '1', quantity: 6 }] } }];
      await store.change(async () => ({ ...noChanges, put: { integrations, listings } }));
    });
    await using('sqlite', async (store) => expect(await unsent(store, await store.shops())).toEqual([]));
  });

  test('of a newer program is refused and left alone', async () => {
    await fillAtRandom('sqlite');
    const database = new DatabaseSync(file());
    database.exec(`insert into kysely_migration values ('0099-from-the-future', '2030')`);
    database.close();
    await expect(engineOf('sqlite').then((engine) => engine.open())).rejects.toMatchObject({ kind: 'newer-version' });
    const copy = join(folder(), 'newer-copy');
    copyFileSync(file(), copy);
    await rm(file());
    await fillAtRandom('sqlite');
    const before = await using('sqlite', answersOf);
    const { maintenance } = await engineOf('sqlite');
    expect(await maintenance.restore(copy)).toMatchObject({ badCopy: { kind: 'newer-version', place: copy } });
    expect(await using('sqlite', answersOf)).toEqual(before);
  });

  test('that is damaged says so, and a copy can be laid in its place', async () => {
    await fillAtRandom('sqlite');
    const { maintenance } = await engineOf('sqlite');
    const copy = join(folder(), 'copy');
    await maintenance.backup(copy);
    const before = await using('sqlite', answersOf);
    writeFileSync(file(), 'this is no database, and never was one, whatever its name says'.repeat(20));
    await expect((await engineOf('sqlite')).open()).rejects.toMatchObject({ kind: 'damaged' });
    expect(await maintenance.check()).toMatchObject({ ok: false, trouble: { kind: 'damaged' } });
    expect(await maintenance.restore(copy)).toHaveProperty('kept', expect.stringContaining('kept'));
    expect(await using('sqlite', answersOf)).toEqual(before);
  });

  test('that lost pages is found out by check', async () => {
    await fillAtRandom('sqlite');
    truncateSync(file(), statSync(file()).size - Math.floor(statSync(file()).size / 2 / 4096) * 4096);
    const { maintenance } = await engineOf('sqlite');
    expect(await maintenance.check()).toMatchObject({ ok: false, trouble: { kind: 'damaged' } });
  });

  test('whose record is not what it should be names table and key', async () => {
    await fillAtRandom('sqlite');
    const database = new DatabaseSync(file());
    database.exec(`update products set body = '{"id":"p1"}' where key = (select min(key) from products)`);
    database.close();
    const { maintenance } = await engineOf('sqlite');
    const found = await maintenance.check();
    expect(found).toMatchObject({
      ok: false,
      trouble: { kind: 'damaged', place: expect.stringContaining('products') },
    });
  });

  test('that is taken away while it is open is missing, to whoever asks and whoever writes', async () => {
    await fillAtRandom('sqlite');
    await using('sqlite', async (store) => {
      const told = new Promise((resolve) => store.watchTrouble?.(resolve));
      copyFileSync(file(), `${file()}.other`);
      await rm(file());
      await expect(store.counts()).rejects.toMatchObject({ kind: 'missing' });
      await expect(store.change(async () => noChanges)).rejects.toMatchObject({ kind: 'missing' });
      expect(await told).toMatchObject({ kind: 'missing' });
    });
  });

  test('two programs that open it at once for the first time both find it made', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, async () => (await engineOf('sqlite')).open()));
    for (const { store } of opened) expect((await store.counts()).products).toBe(0);
    await Promise.all(opened.map(({ store }) => store.close()));
  });

  test('tells another program what was changed', async () => {
    await using('sqlite', (one) =>
      using('sqlite', async (other) => {
        const told = new Promise<unknown>((resolve) => other.watch(resolve));
        await one.change(async () => ({ ...noChanges, put: { products: [makeProduct()] } }));
        expect(await told).toEqual({ tables: ['products'], shops: [], products: ['p1'] });
      }),
    );
  });
});

test.each([
  ['', 'json'],
  ['json:', 'json'],
  ['sqlite:', 'sqlite'],
  ['sqlite:/var/lib/bindeled/store.sqlite', 'sqlite'],
  ['postgres://u:p@h/d', 'postgres'],
  ['postgresql://h/d', 'postgres'],
  ['Postgres://h/d', 'postgres'],
  ['mysql://h/d', undefined],
  ['sqlite:relative', undefined],
])('%j names a store: %s', (text, kind) => {
  expect(storeConfig(text, { jsonFolder: '/a', sqliteFile: '/b' })?.kind).toBe(kind);
});
