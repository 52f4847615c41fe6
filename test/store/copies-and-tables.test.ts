import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { StoreEngine } from '../../src/ports/store-engine.ts';
import { toStoreError } from '../../src/stores/file-errors.ts';
import { readPostgresAddress } from '../../src/stores/sql/postgres/address.ts';
import { postgresTrouble } from '../../src/stores/sql/postgres/trouble.ts';
import { storeErrorLines } from '../../src/views/errors/store-error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { makeShop } from '../support/builders.ts';
import { emptyStores } from '../support/empty-stores.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { folder, schema, engineOf } = emptyStores();

async function fill(engine: StoreEngine): Promise<void> {
  const { store } = await engine.open();
  await store.change(async () => ({ ...noChanges, put: { shops: [makeShop({ id: toShopId('dk') })] } }));
  await store.close();
}

const copies = [
  ['json', 'json'],
  ['sqlite', 'sqlite'],
  ['postgres', 'export'],
] as const;

test('a copy of another kind of store is refused, and told which kind it is', async () => {
  for (const [kind, copyOf] of copies) {
    const engine = await engineOf(kind);
    await fill(engine);
    await engine.maintenance.backup(join(folder(), `copy-${copyOf}`));
  }
  for (const [kind, own] of copies) {
    const { maintenance } = await engineOf(kind);
    for (const [, copyOf] of copies) {
      const copy = join(folder(), `copy-${copyOf}`);
      const what = `${copyOf} into ${kind}`;
      const restored = await maintenance.restore(copy);
      if (copyOf === own) expect(restored, what).toHaveProperty('findings.counts.shops', [expect.anything()]);
      else expect(restored, what).toMatchObject({ badCopy: { place: expect.stringContaining(copy) }, copyOf });
      const imported = await maintenance.importFrom(copy);
      if (copyOf === 'export') expect(imported, what).toHaveProperty('findings');
      else expect(imported, what).toMatchObject({ badCopy: {}, copyOf });
    }
  }
});

test.each(['sqlite', 'postgres'] as const)('a table that somebody took out of %s is named', async (kind) => {
  const engine = await engineOf(kind);
  await fill(engine);
  if (kind === 'sqlite') {
    const db = new DatabaseSync(join(folder(), 'store.sqlite'));
    db.exec('drop table products');
    db.close();
  } else {
    const client = new pg.Client({ connectionString: schema().url.replace(/\?.*/, '') });
    await client.connect();
    await client.query(`drop table ${readPostgresAddress(schema().url).schema}.products cascade`);
    await client.end();
  }
  const error = await engine.open().then(
    async ({ store }) => {
      const answer = await store.productPage({ limit: 1 }).catch((one: unknown) => one);
      await store.close();
      return answer;
    },
    (one: unknown) => one,
  );
  expect(error).toMatchObject({ kind: 'damaged', detail: expect.stringContaining('products') });
});

test('too many open files are no broken disk, and it is said what to do', () => {
  for (const code of ['EMFILE', 'ENFILE']) {
    const refused = Object.assign(new Error(`${code}: too many open files`), { code });
    for (const trouble of [
      toStoreError(refused, '/srv/store', 'reading'),
      postgresTrouble(refused, { place: 'postgres://', passwords: () => [] }, ''),
    ]) {
      expect(trouble.kind).toBe('too-many-files');
      expect(storeErrorLines(trouble, wordsOf('en')).advice).toMatch(/ulimit -n.*LimitNOFILE/);
    }
  }
});
