import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instantOf, toShopId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { sqlMaintenance } from '../../src/stores/sql/maintenance/maintenance.ts';
import { tablesVersion } from '../../src/stores/sql/migrations.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { refTo } from '../support/builders.ts';
import { makeSchema, type TestSchema } from '../support/postgres/schema.ts';

// A real server is asked, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// As `pg_dump --inserts` wrote a store of the third version, with another name for its schema.
const old = readFileSync(new URL('../fixtures/postgres/tables-3.sql', import.meta.url), 'utf8');
const at = instantOf(1_790_000_000_000);
const dk = toShopId('dk');

let schema: TestSchema;
let client: pg.Client;
const open: Store[] = [];
beforeEach(async () => {
  schema = await makeSchema();
  client = new pg.Client({ connectionString: schema.url.replace(/[?&]schema=.*/, '') });
  await client.connect();
  await client.query('create extension if not exists pg_trgm with schema public');
  await client.query(old.replaceAll('OLD_STORE', schema.name));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  await client.end();
  await schema.remove();
});

const openStore = async (): Promise<Store> => {
  const store = sqlStore(await postgresEngine(schema.url));
  open.push(store);
  return store;
};
const versions = async (): Promise<readonly string[]> =>
  (await client.query(`select name from ${schema.name}.kysely_migration order by name`)).rows.map(({ name }) => name);

/** What the later versions answer of what the third version wrote. */
async function expectWhole(store: Store): Promise<void> {
  expect(await store.counts()).toMatchObject({ products: 3, listings: 4, integrations: 2 });
  // By 0004: what nobody can buy though it is active, parents, and what is not known to be told.
  const candidates = await store.inactiveCandidates({ unsoldBefore: new Map(), at, limit: 9 });
  expect(candidates).toEqual(['p1']);
  expect(await store.unsentProducts({ shopId: dk, limit: 9 })).toEqual(['p1', 'p3']);
  expect((await store.inStock()).linked).toEqual(new Map([[dk, 2]]));
  // By 0005: the key in a warehouse.
  const found = await store.productsBy({ warehouseCodes: ['peakwms\u001f77'] });
  expect(found.map(({ id }) => id)).toEqual(['p2']);
  // Written by one who laid a listing's whole name into its text: found once, by the product.
  const hits = await store.search({ text: 'regnjakke', limit: 9 });
  expect(hits.map(({ productId }) => productId)).toEqual(['p3']);
  const page = await store.shopLines({ shopId: dk, filter: 'all', text: '1031', at, offset: 0, limit: 9 });
  expect(page.lines.map(({ productId }) => productId)).toEqual(['p3']);
}

test('a store of the third version opens as today’s, whole, and passes its check', async () => {
  expect(await versions()).toHaveLength(3);
  await expectWhole(await openStore());
  expect(await versions()).toHaveLength(tablesVersion);
  // By 0010 and 0012: room for figures in their pages, and few texts that wait for their index.
  const { rows: set } = await client.query(
    'select relname from pg_class where relnamespace = $1::regnamespace and reloptions is not null order by relname',
    [schema.name],
  );
  expect(set.map(({ relname }) => relname)).toEqual([
    'integrations',
    'listings',
    'listings_text',
    'products',
    'products_text',
    'shop_lines',
  ]);
  const copies = { kind: 'postgres', place: schema.name, open: () => postgresEngine(schema.url) } as const;
  const none = { copyTo: async () => undefined, keptName: () => '', read: async function* () {} };
  expect(await sqlMaintenance({ ...copies, ...none }, { now: () => at }).check()).toMatchObject({ ok: true });
});

test('four machines that bring it up to date at once all find it so', async () => {
  const stores = await Promise.all(Array.from({ length: 4 }, openStore));
  for (const store of stores) await expectWhole(store);
  expect(await versions()).toHaveLength(tablesVersion);
});

test('one that is cut off in the middle leaves nothing by halves, and the next does it all', async () => {
  const parents = async () =>
    (
      await client.query(
        "select 1 from information_schema.columns where table_schema = $1 and table_name = 'listings' and column_name = 'parent'",
        [schema.name],
      )
    ).rows.length;
  // The first table of the step can be changed, the second not yet: there it stands.
  const other = new pg.Client({ connectionString: schema.url.replace(/[?&]schema=.*/, '') });
  await other.connect();
  await other.query(`begin; lock table ${schema.name}.shop_lines in access exclusive mode`);
  const migrating = openStore().catch((error: unknown) => error);
  const waiting = () =>
    client.query<{ pid: number }>(
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%alter table%shop_lines%unsent%'`,
    );
  await expect.poll(async () => (await waiting()).rows.length, { timeout: 30_000 }).toBe(1);
  await client.query('select pg_terminate_backend($1)', [(await waiting()).rows[0]?.pid]);
  expect(await migrating).toMatchObject({ name: 'StoreError', kind: 'unreachable' });
  await other.query('rollback');
  await other.end();
  expect([await parents(), await versions()]).toEqual([0, expect.objectContaining({ length: 3 })]);
  await expectWhole(await openStore());
  expect(await store101()).toBe(0);
});

/** Whether the listing that nobody can buy counts as sold. */
const store101 = async (): Promise<number> => {
  const key = `dk\u001f${refTo('dk', '101').shopProductId}`;
  return Number((await client.query(`select sold from ${schema.name}.listings where key = $1`, [key])).rows[0]?.sold);
};
