import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { checksum } from '../../src/stores/disk/checksummed-line.ts';
import { readPostgresAddress } from '../../src/stores/sql/postgres/address.ts';
import { makeShop } from '../support/builders.ts';
import { emptyStores } from '../support/empty-stores.ts';
import { makeTestHarness } from '../support/test-harness.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { folder, schema, engineOf } = emptyStores();

const newer = "insert into kysely_migration (name, timestamp) values ('0999-of-a-newer-program', '')";
/** What a newer program leaves in a store, by kind. */
const migratedBy = {
  json: async () => {
    const path = join(folder(), 'json', 'store.json');
    const { manifest } = JSON.parse(await readFile(path, 'utf8'));
    const text = JSON.stringify({ ...manifest, version: 99, generation: manifest.generation + 1 });
    await writeFile(path, `{"checksum":"${checksum(text)}","manifest":${text}}\n`);
  },
  sqlite: async () => {
    const db = new DatabaseSync(join(folder(), 'store.sqlite'));
    db.exec(newer);
    db.close();
  },
  postgres: async () => {
    const client = new pg.Client({ connectionString: schema().url.replace(/\?.*/, '') });
    await client.connect();
    await client.query(`set search_path = ${readPostgresAddress(schema().url).schema}`);
    await client.query(newer);
    await client.end();
  },
};

test.each([
  'json',
  'sqlite',
  'postgres',
] as const)('while a newer program makes %s its own, the older one writes nothing more and says why', async (kind) => {
  const { store, leases } = await (await engineOf(kind)).open();
  const held = await leases.take('sync dk', 'before');
  const { services } = await makeTestHarness([makeShop({ id: toShopId('dk') })], [], { store });
  await services.shops.change(toShopId('dk'), { paused: true });
  await migratedBy[kind]();
  for (let tries = 0; tries < 2; tries += 1)
    await expect(services.shops.change(toShopId('dk'), { paused: false })).rejects.toMatchObject({
      kind: 'newer-version',
      detail: expect.stringMatching(/0999-of-a-newer-program|version 99/),
    });
  // What it holds it can give back; it takes nothing that a newer one is to have.
  if (held.held) await held.release();
  if (kind !== 'json') await expect(leases.take('sync dk', 'after')).rejects.toMatchObject({ kind: 'newer-version' });
  // It goes on showing what it has.
  expect(await store.shops()).toMatchObject([{ id: 'dk', paused: true }]);
  await store.close();
});
