import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreErrorKind } from '../../src/ports/store-error.ts';
import { pathsFrom, storePlaces } from '../../src/runtime/environment/paths.ts';
import { readPostgresAddress, session } from '../../src/stores/sql/postgres/address.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { whyNotUsable } from '../../src/stores/sql/postgres/prepare.ts';
import { postgresStoreEngine } from '../../src/stores/sql/postgres/store-engine.ts';
import { postgresTrouble } from '../../src/stores/sql/postgres/trouble.ts';
import { sqlLeases } from '../../src/stores/sql/store/leases.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { storeConfig } from '../../src/stores/store-config.ts';
import { makeProduct } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { makeProxy, type ServerProxy } from '../support/postgres/proxy.ts';
import { makeSchema, postgresUrl, type TestSchema } from '../support/postgres/schema.ts';
import { freePort } from '../support/postgres/server.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let schema: TestSchema;
let proxy: ServerProxy;
const open: Store[] = [];
beforeEach(async () => {
  schema = await makeSchema();
  proxy = await makeProxy(schema.url);
});
afterEach(async () => {
  await proxy.close();
  await Promise.all(open.splice(0).map((store) => store.close()));
  await schema.remove();
});
const openStore = async (url = schema.url): Promise<Store> => {
  const store = sqlStore(await postgresEngine(url));
  open.push(store);
  return store;
};
const raise = (store: Store) =>
  store.change(async (now) => {
    const [product] = await now.products([toProductId('p1')]);
    const onHand = (product?.stock.onHand ?? 0) + 1;
    return { ...noChanges, put: { products: [makeProduct({ stock: { onHand, reserved: 0 } })] } };
  });
const onHand = async (store: Store): Promise<number | undefined> =>
  (await store.products([toProductId('p1')]))[0]?.stock.onHand;

describe('a server that is away', () => {
  test('is said to be, and the store goes on by itself when it is back', async () => {
    const store = await openStore(proxy.url);
    await raise(store);
    proxy.cut();
    await expect(store.counts()).rejects.toMatchObject({ name: 'StoreError', kind: 'unreachable' });
    await proxy.mend();
    expect(await onHand(store)).toBe(1);
    await raise(store);
    expect(await onHand(store)).toBe(2);
  });

  test('for a moment only costs a change nothing but that moment', async () => {
    const store = await openStore(proxy.url);
    await raise(store);
    proxy.cut();
    const raised = raise(store);
    await proxy.mend();
    await raised;
    expect(await onHand(store)).toBe(2);
  });

  test.each([
    'before',
    'after',
  ] as const)('a connection that breaks %s the commit: the change is made once, and said to be', async (when) => {
    const store = await openStore(proxy.url);
    await raise(store);
    proxy.breakCommit(when);
    await raise(store);
    expect(proxy.broken()).toBe(1);
    expect(await onHand(store)).toBe(2);
    await raise(store);
    expect(await onHand(store)).toBe(3);
  });

  test('who watches hears of it without asking, and when it is back that all is to be read anew', async () => {
    const store = await openStore(proxy.url);
    const other = await openStore();
    await raise(other);
    await heard(store, () => raise(other));
    let trouble: StoreErrorKind | undefined;
    store.watchTrouble?.((now) => {
      trouble = now?.kind;
    });
    let told = 0;
    store.watch(() => {
      told += 1;
    });
    // The second time nothing at all was changed since it last began to listen.
    for (const _ of [1, 2]) {
      proxy.cut();
      await expect.poll(() => trouble, { timeout: 30_000 }).toBe('unreachable');
      await expect(store.counts()).rejects.toMatchObject({ kind: 'unreachable' });
      const before = told;
      await proxy.mend();
      await expect.poll(() => trouble, { timeout: 30_000 }).toBeUndefined();
      await expect.poll(() => told, { timeout: 30_000 }).toBeGreaterThan(before);
      expect(await onHand(store)).toBeGreaterThan(0);
    }
    await heard(store, () => raise(other));
  });

  test('so that nothing comes back is said as well, and so is a store that was dropped', async () => {
    const store = await openStore(proxy.url);
    const other = await openStore();
    await heard(store, () => raise(other));
    let trouble: StoreErrorKind | undefined;
    store.watchTrouble?.((now) => {
      trouble = now?.kind;
    });
    proxy.freeze();
    await expect.poll(() => trouble, { timeout: 30_000 }).toBe('unreachable');
    proxy.cut();
    await proxy.mend();
    await expect.poll(() => trouble, { timeout: 30_000 }).toBeUndefined();
    const client = new pg.Client({ connectionString: await postgresUrl() });
    await client.connect();
    const { schema: name } = readPostgresAddress(schema.url);
    await client.query(`alter table ${name}.changes rename to changes_aside`);
    await expect.poll(() => trouble, { timeout: 30_000 }).toBe('damaged');
    await client.query(`alter table ${name}.changes_aside rename to changes`);
    await expect.poll(() => trouble, { timeout: 30_000 }).toBeUndefined();
    await client.end();
  });

  test('with nobody at home at the address: unreachable, and no password in anything that is said', async () => {
    const port = await freePort();
    const error = await postgresEngine(`postgres://user:geheim%2Bord@127.0.0.1:${port}/db`).catch(
      (one: unknown) => one,
    );
    expect(error).toMatchObject({ name: 'StoreError', kind: 'unreachable' });
    expect(inspect(error, { depth: 9 })).not.toMatch(/geheim/);
  });

  test('or a wrong password: no access, and neither password is said', async () => {
    const url = new URL(schema.url);
    const right = url.password;
    url.password = 'geheim';
    const error = await postgresEngine(url.href).catch((one: unknown) => one);
    expect(error).toMatchObject({ kind: 'no-access' });
    expect(inspect(error, { depth: 9 })).not.toContain('geheim');
    expect(inspect(error, { depth: 9 })).not.toContain(right);
  });
});

/** Makes changes until one of them is heard of by name: the ear may still be on its way. */
async function heard(store: Store, change: () => Promise<unknown>): Promise<void> {
  let told = false;
  const stop = store.watch(({ products }) => {
    told ||= products !== 'all' && products.includes(toProductId('p1'));
  });
  while (!told) {
    await change();
    await new Promise((resolve) => setImmediate(resolve));
  }
  stop();
}

test('a cut connection costs a question nothing; a schema that is gone, or shut to the role, is told from lost tables', async () => {
  const role = `${schema.name}_role`;
  const owner = await openStore();
  const client = new pg.Client({ connectionString: await postgresUrl() });
  await client.connect();
  await client.query(`create role ${role} login password 'x'; grant usage on schema ${schema.name} to ${role};
    grant all on all tables in schema ${schema.name} to ${role}`);
  const url = new URL(schema.url);
  [url.username, url.password] = [role, 'x'];
  const store = await openStore(url.href);
  await client.query(`begin; lock table ${schema.name}.counters`);
  const counted = store.counts();
  const cut = `select count(pg_terminate_backend(pid))::int as many from pg_stat_activity
    where usename = $1 and wait_event_type = 'Lock'`;
  const cutNow = async (): Promise<unknown> => {
    await client.query('select pg_stat_clear_snapshot()');
    return (await client.query(cut, [role])).rows[0];
  };
  await expect.poll(cutNow).toEqual({ many: 1 });
  await client.query('commit');
  expect((await counted).products).toBe(0);
  await client.query(`revoke usage on schema ${schema.name} from ${role}`);
  const shut = { kind: 'no-access', detail: `the role may not use the schema ${schema.name}` };
  await expect(store.counts()).rejects.toMatchObject(shut);
  await client.query(`alter schema ${schema.name} rename to ${schema.name}_aside`);
  for (const one of [store, owner])
    await expect(one.counts()).rejects.toMatchObject({ kind: 'missing', detail: `the schema ${schema.name} is gone` });
  await expect(openStore(url.href)).rejects.toMatchObject({
    kind: 'no-access',
    detail: `the schema ${schema.name} is not there, and the role may not make it`,
  });
  await client.query(`alter schema ${schema.name}_aside rename to ${schema.name}`);
  expect((await owner.counts()).products).toBe(0);
  await client.query(`drop owned by ${role}; drop role ${role}`);
  await client.end();
});

test('another program hears of a change by name', async () => {
  const [one, other] = [await openStore(), await openStore()];
  await heard(other, () => raise(one));
  const told = new Promise((resolve) => other.watch(resolve));
  await raise(one);
  expect(await told).toEqual({ tables: ['products'], shops: [], products: ['p1'] });
});

test('a lease whose holder is cut off is another machine’s when its time is up, and not before', async () => {
  const times = { heartbeatMs: 60, holdMs: 900 };
  const far = await postgresEngine(proxy.url);
  const near = await postgresEngine(schema.url);
  const mine = await sqlLeases(far, times).take('sync dk', 'sync');
  if (!mine.held) throw new Error('not held');
  const lost = new Promise((resolve) => mine.lost.addEventListener('abort', resolve));
  proxy.freeze();
  let heldStill = true;
  void lost.then(() => {
    heldStill = false;
  });
  let theirs = await sqlLeases(near, times).take('sync dk', 'sync');
  while (!theirs.held) theirs = await sqlLeases(near, times).take('sync dk', 'sync');
  expect(heldStill).toBe(false);
  proxy.cut();
  await far.close();
  await near.close();
});

test.each([
  ['a law', 'alter table integrations drop constraint one_product_per_listing', 'one_product_per_listing'],
  ['a table of records', 'drop table conflicts', 'conflicts'],
  ['a table of lines', 'drop table shop_lines', 'shop_lines'],
  ['a column of records', 'alter table products rename search to searched', 'products.search'],
])('a check finds %s that somebody dropped by hand', async (_, harm, named) => {
  const { maintenance } = postgresStoreEngine({ connection: schema.url, keptIn: '', clock: systemClock });
  expect(await maintenance.check()).toMatchObject({ ok: true });
  const engine = await postgresEngine(schema.url);
  await engine.run(sql.raw(harm));
  await engine.close();
  const trouble = { kind: 'damaged', detail: expect.stringContaining(`${named} is missing`) };
  expect(await maintenance.check()).toMatchObject({ ok: false, trouble });
});

test('numbers of events that a copy left behind are found by a check, and set right by compacting', async () => {
  const { maintenance } = postgresStoreEngine({ connection: schema.url, keptIn: '', clock: systemClock });
  const store = await openStore();
  for (const name of ['a', 'b']) await store.change(async () => numberedChange(name));
  const engine = await postgresEngine(schema.url);
  await engine.run(sql`select setval(pg_get_serial_sequence('events', 'seq'), 1, false)`);
  await engine.close();
  await expect(store.change(async () => numberedChange('c'))).rejects.toMatchObject({ kind: 'damaged' });
  const trouble = { kind: 'damaged', detail: expect.stringContaining('is not after 2, the last') };
  expect(await maintenance.check()).toMatchObject({ ok: false, trouble });
  await maintenance.compact();
  expect(await maintenance.check()).toMatchObject({ ok: true });
  await store.change(async () => numberedChange('c'));
  expect((await store.history({ limit: 9 })).map(({ seq }) => seq)).toEqual([3, 2, 1]);
});

test('an older copy that is restored beneath an open store is read anew, without a word from anybody', async () => {
  const [store, other] = [await openStore(), await openStore()];
  await raise(store);
  const told = (): Promise<void> => new Promise((resolve) => store.watch(() => resolve()));
  const follows = told();
  await raise(other);
  await follows;
  const anew = told();
  const engine = await postgresEngine(schema.url);
  await engine.run(sql`delete from changes`);
  await engine.close();
  await anew;
});

test('a pooler that hands on connections is told by what was prepared on them', () => {
  const server = { place: 'postgres://db.example/lager (bindeled)', passwords: () => [] };
  for (const code of ['42P05', '26000']) {
    const said = Object.assign(new Error('prepared statement "bindeled_1"'), { code });
    expect(postgresTrouble(said, server, 'reading')).toMatchObject({
      kind: 'bad-address',
      detail: expect.stringContaining('name the server itself'),
    });
  }
});

test('six machines that start at once on an empty schema all find it made', async () => {
  const stores = await Promise.all(Array.from({ length: 6 }, () => openStore()));
  for (const store of stores) expect((await store.counts()).products).toBe(0);
});

test('changes of many machines at once are decided one after another', async () => {
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore()));
  await Promise.all(stores.flatMap((store) => Array.from({ length: 25 }, () => raise(store))));
  expect(await onHand(stores[0]!)).toBe(100);
});

test('a writer from elsewhere that collides is met by running the change again', async () => {
  const store = await openStore();
  await raise(store);
  const client = new pg.Client({ connectionString: await postgresUrl() });
  await client.connect();
  let runs = 0;
  await store.change(async (now) => {
    const [product] = await now.products([toProductId('p1')]);
    runs += 1;
    if (runs === 1) {
      await client.query('begin isolation level serializable');
      await client.query(`update ${schema.name}.products set on_hand = 5`);
      await client.query('commit');
    }
    return {
      ...noChanges,
      put: { products: [makeProduct({ stock: { onHand: (product?.stock.onHand ?? 0) + 1, reserved: 0 } })] },
    };
  });
  await client.end();
  expect(runs).toBe(2);
  expect(await onHand(store)).toBe(2);
});

test.each([
  ['53300', 'sorry, too many clients already', 'server-full'],
  ['57014', 'canceling statement due to statement timeout', 'too-slow'],
  ['55P03', 'canceling statement due to lock timeout', 'locked'],
  ['57P01', 'terminating connection due to administrator command', 'unreachable'],
  ['25P03', 'terminating connection due to idle-in-transaction timeout', 'unreachable'],
  ['25006', 'cannot execute INSERT in a read-only transaction', 'read-only'],
  ['0A000', 'cannot use serializable mode in a hot standby', 'read-only'],
  ['53100', 'could not extend file', 'disk-full'],
  ['28P01', 'password authentication failed for user "u"', 'no-access'],
  ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'no-access'],
  ['3D000', 'database "x" does not exist', 'missing'],
  ['', 'The server does not support SSL connections', 'untrusted'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Host: localhost. is not in the list', 'untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'untrusted'],
])('what a server says (%s %s) is %s', (code, message, kind) => {
  const error = Object.assign(new Error(message), code === '' ? {} : { code });
  expect(postgresTrouble(error, { place: 'postgres://db', passwords: () => [] }, 'reading')).toMatchObject({
    kind,
    place: 'postgres://db',
  });
});

test('where pg_trgm comes after the tables, compacting makes what searching needs; until then that is said', async () => {
  const store = await openStore();
  await raise(store);
  const client = new pg.Client({ connectionString: await postgresUrl() });
  await client.connect();
  await client.query(`drop index ${schema.name}.products_text, ${schema.name}.listings_text`);
  const { maintenance } = postgresStoreEngine({ connection: schema.url, keptIn: '/nowhere', clock: makeClock() });
  expect(await maintenance.outgrown(0)).toEqual([{ kind: 'no-text-index', extension: 'there' }]);
  // A table of somebody else in the same database is neither waited for nor kept from them.
  await client.query(`create table public.of_others_${schema.name} (one int)`);
  await client.query(`begin; lock table public.of_others_${schema.name} in access exclusive mode`);
  expect((await maintenance.compact()).after.warnings).toEqual([]);
  await client.query(`drop table public.of_others_${schema.name}; commit`);
  await client.end();
  expect(await maintenance.outgrown(0)).toEqual([]);
});

test('a role that may do less is told what for what it is: pg_trgm shut away, numbers unread; and a change is on disk', async () => {
  const role = `${schema.name}_less`;
  const admin = new pg.Client({ connectionString: await postgresUrl() });
  await admin.connect();
  const { rows } = await admin.query("select datname from pg_database where datname = 'shut_away'");
  if (rows.length === 0) await admin.query('create database shut_away');
  const at = new URL(schema.url);
  at.pathname = '/shut_away';
  const inside = new pg.Client({ connectionString: at.href.replace(/[?&]schema=.*/, '') });
  await inside.connect();
  await inside.query(`create schema if not exists apart; create extension if not exists pg_trgm schema apart;
    create role ${role} login password 'x'; alter role ${role} set synchronous_commit = off;
    create schema ${schema.name} authorization ${role}`);
  [at.username, at.password] = [role, 'x'];
  const engine = await postgresEngine(at.href);
  expect(await engine.warnings()).toEqual([{ kind: 'no-text-index', extension: 'shut' }]);
  const setting = sql<{ synchronous_commit: string }>`show synchronous_commit`;
  expect(await engine.ask(setting)).toEqual([{ synchronous_commit: 'off' }]);
  expect(await engine.transact('t', (ask) => ask(setting))).toEqual([{ synchronous_commit: 'on' }]);
  await sqlStore(engine).change(async () => numberedChange('a'));
  await inside.query(
    `alter table ${schema.name}.events owner to postgres; grant select on ${schema.name}.events to ${role}`,
  );
  expect(await engine.faults()).toEqual([]);
  await engine.close();
  await inside.query(`drop schema ${schema.name} cascade; drop owned by ${role}; drop role ${role}`);
  await inside.end();
  await admin.end();
});

const tlsFile = (name: string): string => join(import.meta.dirname, '../fixtures/tls', name);
const [cert, key] = [tlsFile('cert.pem'), tlsFile('key.pem')];

test.each([
  'db.example/d?sslmod=require',
  'db.example/d?sslmode=prefer',
  'db.example/d?pool=many',
  'per:ge%zzim@db.example/d',
  'db.example/d?sslmode=verify-full&sslrootcert=/nowhere.pem',
  `db.example/d?sslcert=${cert}`,
  `db.example/d?sslcert=${cert}&sslkey=${cert}`,
  'db.example/d?sslmode=verify-full&sslrootcert=/dev/zero',
  `db.example/d?sslmode=verify-full&sslrootcert=${import.meta.filename}`,
  'per:ge%25zzim@db.еxample/d',
  'db.example/d?host=ѕrv.example',
])('an address that cannot be used is refused as such: %s', (rest) => {
  const read = () => readPostgresAddress(`postgres://${rest}`);
  expect(read).toThrow(expect.objectContaining({ name: 'StoreError', kind: 'bad-address' }));
  expect(read).toThrow(/^(?!.*ge%zz)/);
});

describe('a connection string', () => {
  test('is shown without its password, and says so where it is none', () => {
    const { place, config } = readPostgresAddress('postgres://per:geheim@db.example:6543/lager?schema=butik');
    expect(place).toBe('postgres://per@db.example:6543/lager (butik)');
    expect(config).toMatchObject({ password: 'geheim', port: 6543, ssl: { rejectUnauthorized: true } });
    for (const bad of ['postgres://per:geheim@[bad', 'mysql://per:geheim@h/d', 'postgres://per:geheim@h/d?schema=A-b'])
      expect(() => readPostgresAddress(bad)).toThrow(/^(?!.*geheim)/);
  });

  test('names who we are by a certificate and its key', () => {
    const { config } = readPostgresAddress(`postgres://db.example/d?sslrootcert=system&sslcert=${cert}&sslkey=${key}`);
    const [certificate, secret] = [cert, key].map((file) => readFileSync(file, 'utf8'));
    expect(config.ssl).toMatchObject({ cert: certificate, key: secret, ca: undefined, rejectUnauthorized: true });
  });

  test.each([
    ['postgres://per@/d?host=/run/pg', undefined, '/run/pg'],
    ['postgres://per:geheim@:5433/d?host=/run/pg', 'db.example', '/run/pg'],
    ['postgres:///d', '/run/pg', '/run/pg'],
    ['Postgresql://per@/d?pool=3', 'db.example', 'db.example'],
    ['postgres://per@other.example/d', 'db.example', 'other.example'],
    ['postgres:///d', undefined, 'localhost'],
  ])('%s with PGHOST=%s asks %s', (text, PGHOST, host) => {
    const config = storeConfig(text, storePlaces(pathsFrom({ PGHOST, BINDELED_HOME: '/nowhere' })));
    const read = readPostgresAddress(config?.kind === 'postgres' ? config.connection : '');
    expect(read.config.host).toBe(host);
    expect(read.config.ssl).toEqual(/example$/.test(host) ? expect.anything() : false);
    expect(read.place).not.toContain('geheim');
  });

  test.each([
    ['db.example/d', { rejectUnauthorized: true }],
    ['db.example/d?sslmode=require', { rejectUnauthorized: false }],
    ['localhost/d', false],
    ['127.0.0.1/d?sslmode=verify-full', { rejectUnauthorized: true }],
    ['/d?host=/run/postgresql', false],
  ])('%s decides how certain it must be who answers', (rest, ssl) => {
    const { config } = readPostgresAddress(`postgres://${rest}`);
    expect(config.ssl).toEqual(ssl === false ? false : expect.objectContaining(ssl));
  });

  test.each([
    'postgres://per:12#hemmelig@db.example/lager',
    'postgres://per:12?hemmelig@db.example/lager',
    'postgres://per:12/hemmelig@db.example/lager',
    'postgres://per:hem/melig@db.example/lager',
    'postgres://per:hemmelig@a.example:5432,b.example:5432/lager',
    'postgres://per:hemmelig@a.example,b.example/lager',
    'postgres://per:hemmelig@/lager?host=a.example,b.example',
    'postgres://per:hemmelig@db.example/lager?port=70000',
    'postgres://per:hemmelig@db.example/lager?sslmode=prefer',
    'postgres://per:hemmelig@db.example/lager?service=lager',
  ])('refuses what was not meant so, and shows nothing of a password: %s', (text) => {
    const said = refusalOf(text);
    expect(said).toMatch(/%23|name the one that takes changes|port is not|sslmode is one of|no parameter is called/);
    expect(said).not.toMatch(/hemmelig|melig|12/);
  });

  test.each([
    ['/lager?host=/run/postgresql&port=5433', { host: '/run/postgresql', port: 5433, database: 'lager', ssl: false }],
    ['per@[::1]:5433/lager', { host: '::1', port: 5433, user: 'per', ssl: false }],
    ['per:p%40s%2Fs%3A%20%25%23@db.example/lager', { password: 'p@s/s: %#', host: 'db.example' }],
    ['b%C3%B8rge:k%C3%B8d@db.example/l%C3%A6ger', { user: 'børge', password: 'kød', database: 'læger' }],
  ])('reads %s', (rest, config) => {
    expect(readPostgresAddress(`postgres://${rest}`).config).toMatchObject(config);
  });
});

test.each([
  [{ encoding: 'UTF8', version: 130_018, path: 'butik', session }, /PostgreSQL 13, and 14 or newer/],
  [{ encoding: 'LATIN1', version: 150_018, path: 'butik', session }, /LATIN1/],
  [{ encoding: 'UTF8', version: 150_018, path: '"$user", public', session }, /pooler/],
  [{ encoding: 'UTF8', version: 150_018, path: 'butik', session: null }, /pooler/],
  [{ encoding: 'UTF8', version: 150_018, path: 'butik', session: 'of another program' }, /pooler/],
])('a server that says %o holds no store', (says, why) => {
  expect(whyNotUsable(says, 'butik')).toMatch(why);
  expect(whyNotUsable({ encoding: 'UTF8', version: 140_000, path: 'butik', session }, 'butik')).toBeUndefined();
});

test('a pooler that takes no settings of a connection is told from a server that is away', () => {
  const said = Object.assign(new Error('unsupported startup parameter: options'), { code: '08P01' });
  const { kind, detail } = postgresTrouble(
    said,
    { place: 'postgres://db.example/lager (bindeled)', passwords: () => [] },
    'opening the store',
  );
  expect({ kind, detail }).toEqual({ kind: 'bad-address', detail: expect.stringContaining('name the server itself') });
});

const refusalOf = (text: string): string => {
  try {
    readPostgresAddress(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('it was accepted');
};
