import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import type { Batch } from '../../src/stores/contents/contents.ts';
import type { Engine } from '../../src/stores/sql/engine.ts';
import { checkCopy } from '../../src/stores/sql/maintenance/check.ts';
import { fill } from '../../src/stores/sql/maintenance/fill.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, refTo } from '../support/builders.ts';
import { makeSchema, type TestSchema } from '../support/postgres/schema.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let schema: TestSchema;
let engine: Engine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-fill-'));
  schema = await makeSchema();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
  await schema.remove();
});

const [a, b] = ['a', 'b'].map(toProductId) as [ReturnType<typeof toProductId>, ReturnType<typeof toProductId>];
const sound: readonly Batch[] = [
  { name: 'shops', rows: [makeShop({ id: toShopId('dk') })] },
  { name: 'products', rows: [makeProduct({ id: a }), makeProduct({ id: b })] },
  { name: 'listings', rows: [makeListing({ ref: refTo('dk', '1') }), makeListing({ ref: refTo('dk', '2') })] },
  { name: 'integrations', rows: [makeIntegration({ productId: a, ref: refTo('dk', '1') })] },
];
const filledWith = (batches: readonly Batch[]) =>
  fill(
    engine,
    async function* () {
      yield* batches;
    },
    'token',
    'the copy',
  );

describe.each(['sqlite', 'postgres'] as const)('a store in %s that is filled at once', (kind) => {
  beforeEach(async () => {
    engine = await (kind === 'sqlite'
      ? sqliteEngine({ path: join(folder, 'store.sqlite') })
      : postgresEngine(schema.url));
  });

  /** What finds rows, and holds them apart. */
  const finders = () =>
    engine.ask(
      kind === 'sqlite'
        ? sql`select name, sql from sqlite_master where type = 'index' order by name`
        : sql`select c.relname as name, pg_get_indexdef(i.indexrelid) as sql, pg_get_constraintdef(k.oid) as holds
            from pg_index i join pg_class c on c.oid = i.indexrelid left join pg_constraint k on k.conindid = c.oid
            where c.relnamespace = current_schema()::regnamespace order by name`,
    );

  test('has every index and key that it had', async () => {
    const before = await finders();
    await filledWith(sound);
    expect(before.length).toBeGreaterThan(30);
    expect(await finders()).toEqual(before);
    expect(await checkCopy(engine)).toMatchObject({ counts: { products: 2, listings: 2, integrations: 1 } });
  });

  const again = (name: Batch['name']) => sound.find((batch) => batch.name === name) as Batch;
  test.each([
    ['a listing twice', [...sound.slice(0, 3), again('listings'), ...sound.slice(3)], 'damaged'],
    ['a link twice', [...sound, again('integrations')], 'law-broken'],
    [
      'a product with two links in one shop',
      [...sound, { name: 'integrations', rows: [makeIntegration({ productId: a, ref: refTo('dk', '2') })] } as Batch],
      'law-broken',
    ],
    [
      'a listing of two products',
      [...sound, { name: 'integrations', rows: [makeIntegration({ productId: b, ref: refTo('dk', '1') })] } as Batch],
      'law-broken',
    ],
  ])('refuses %s, says where from, and holds nothing', async (_, batches, said) => {
    const before = await finders();
    await expect(filledWith(batches)).rejects.toMatchObject({ kind: said, place: 'the copy' });
    expect(await finders()).toEqual(before);
    expect(await engine.ask(sql`select key from products`)).toEqual([]);
  });
});
