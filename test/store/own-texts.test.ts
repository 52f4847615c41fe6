import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import { instantOf, toProductId, toSku } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/stores/sql/engine.ts';
import { postgresEngine } from '../../src/stores/sql/postgres/engine.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { finishTexts, finishTextsBeside, textsDoneTo } from '../../src/stores/sql/writing/finish-texts.ts';
import { makeIntegration, makeListing, makeProduct, makeShop, refTo } from '../support/builders.ts';
import { makeSchema, type TestSchema } from '../support/postgres/schema.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const many = 450;
let folder: string;
let schema: TestSchema;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-texts-'));
  schema = await makeSchema();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await schema.remove();
});

describe.each(['sqlite', 'postgres'] as const)('listings that an earlier version wrote into %s', (kind) => {
  const open = (): Promise<Engine> =>
    kind === 'sqlite' ? sqliteEngine({ path: join(folder, 'store.sqlite') }) : postgresEngine(schema.url);

  /** A store whose listings bear their products' texts as well, as they did before version 7. */
  async function oldStore(): Promise<Engine> {
    const store = sqlStore(await open());
    const skus = Array.from({ length: many }, (_, at) => `A-${at}`);
    await store.change(async () => ({
      ...noChanges,
      put: {
        shops: [makeShop()],
        products: skus.map((sku) =>
          makeProduct({ id: toProductId(sku), sku: toSku(sku), gtin: undefined, content: { name: `Thing ${sku}` } }),
        ),
        listings: skus.map((sku) =>
          makeListing({ ref: refTo('dk', sku), sku: toSku(sku), gtin: undefined, content: { name: `Thing ${sku}` } }),
        ),
        integrations: skus.map((sku) => makeIntegration({ productId: toProductId(sku), ref: refTo('dk', sku) })),
      },
    }));
    await store.close();
    const engine = await open();
    await engine.transact('old', async (ask) => {
      await ask(sql`update listings set search = (select p.search from products p where p.sku = listings.sku)`);
      await ask(sql`insert into counters (name, shop_id, value) values (${textsDoneTo}, '', 0)`);
    });
    return engine;
  }
  const left = async ({ ask }: Engine): Promise<number> =>
    (await ask(sql<{ many: number }>`select count(*) as many from listings where search <> ''`))[0]!.many;
  const marked = async ({ ask }: Engine): Promise<number> =>
    (await ask(sql<{ many: number }>`select count(*) as many from counters where name = ${textsDoneTo}`))[0]!.many;
  const found = (engine: Engine) => sqlStore(engine).search({ text: 'thing a-449', limit: 5 });

  test('are worked out anew beside the work of a program that stays open, and the next goes on where one ended', async () => {
    const first = await oldStore();
    const before = await found(first);
    expect(await left(first)).toBe(many);
    const stop = finishTextsBeside(first, { first: 0, between: 3_600_000 });
    await expect.poll(() => left(first)).toBeLessThan(many);
    await stop();
    expect(await marked(first)).toBe(1);
    await first.close();
    const second = await open();
    const stopSecond = finishTextsBeside(second, { first: 0, between: 0 });
    await expect.poll(() => marked(second)).toBe(0);
    await stopSecond();
    expect(await left(second)).toBe(0);
    expect(await found(second)).toEqual(before);
    await second.close();
  });

  test('are missing nowhere under the id of a shop that was removed, once the tables are brought up to date', async () => {
    const [before, addedAt] = [instantOf(1_790_000_000_000), instantOf(1_795_000_000_000)];
    const shop = makeShop({ addedAt, identity: 'bolts' });
    const first = sqlStore(await open());
    const left = makeProduct({ contentFrom: refTo('dk', '7'), createdAt: before });
    await first.change(async () => ({ ...noChanges, put: { shops: [shop], products: [left] } }));
    await first.close();
    const missing = async (store: Store) => {
      const asked = { shopId: shop.id, filter: 'missing', text: '', at: addedAt, offset: 0, limit: 9 } as const;
      const { lines, counts } = await store.shopLines(asked);
      return [lines.length, counts.missing];
    };
    // As an earlier program left it: it did not ask since when the shop bears its id.
    const engine = await open();
    await engine.transact('old', async (ask) => {
      await ask(sql`update shops set body = ${JSON.stringify({ ...shop, formerly: { identity: 'tea' } })}`);
    });
    const old = sqlStore(engine);
    expect(await missing(old)).toEqual([1, 1]);
    await engine.run(sql`delete from kysely_migration where name like '0012%'`);
    await old.close();
    const store = sqlStore(await open());
    expect(await missing(store)).toEqual([0, 0]);
    await store.close();
  });

  test('are worked out in one go where somebody tidies up', async () => {
    const engine = await oldStore();
    await finishTexts(engine);
    expect([await left(engine), await marked(engine)]).toEqual([0, 0]);
    await engine.close();
  });
});
