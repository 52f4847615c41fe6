import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instantOf, toShopId } from '../../src/domain/ids.ts';
import type { LineFilter } from '../../src/ports/store-questions.ts';
import type { Ask } from '../../src/stores/sql/engine.ts';
import { tablesVersion } from '../../src/stores/sql/migrations.ts';
import { makeSqlReader } from '../../src/stores/sql/reading/reader.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const at = instantOf(1_790_000_000_000);
const dk = toShopId('dk');

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-lines-'));
  path = join(folder, 'store.sqlite');
  // As the ninth version wrote it: five products, of which "dk" has four.
  writeFileSync(path, gunzipSync(readFileSync(new URL('../fixtures/sqlite/tables-9.sqlite.gz', import.meta.url))));
});
afterEach(() => rmSync(folder, { recursive: true }));

const asked = <Row>(statement: string): readonly Row[] => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(statement).all() as Row[];
  } finally {
    database.close();
  }
};
const sortIndex = (): string =>
  asked<{ sql: string }>("select sql from sqlite_master where name = 'shop_lines_sort'")[0]?.sql ?? '';

test('a store of the ninth version opens with lines that are searched in their order, and finds what it found', async () => {
  expect(sortIndex()).not.toMatch(/search/);
  const store = sqlStore(await sqliteEngine({ path }));
  // Two letters are looked for line by line.
  const found = async (filter: LineFilter, text: string, offset = 0) => {
    const { lines } = await store.shopLines({ shopId: dk, filter, text, at, offset, limit: 9 });
    return lines.map(({ productId }) => productId);
  };
  expect(await found('all', 'ue')).toEqual(['p1', 'p3', 'p4']);
  expect(await found('linked', 'ue')).toEqual(['p1', 'p3', 'p4']);
  expect(await found('linked', 'ue', 1)).toEqual(['p3', 'p4']);
  expect(await found('missing', 'an')).toEqual(['p5']);
  expect(await found('stock-differs', 'ue')).toEqual([]);
  await store.close();
  expect(sortIndex()).toMatch(/\(shop_id, sort, key, search\)/);
  expect(asked('select name from kysely_migration')).toHaveLength(tablesVersion);
});

test('a text that many have is looked for in the index of the order, unless the filter lets few pass', async () => {
  const engine = await sqliteEngine({ path });
  const plans: string[] = [];
  const ask: Ask = async (query) => {
    const steps = await engine.ask(sql<{ detail: string }>`explain query plan ${query}`);
    plans.push(steps.map(({ detail }) => detail).join('\n'));
    return engine.ask(query);
  };
  const { shopLines } = makeSqlReader({ ask, dialect: engine.dialect, place: path });
  const indexFor = async (filter: LineFilter): Promise<string | undefined> => {
    await shopLines({ shopId: dk, filter, text: 'ue', at, offset: 0, limit: 9 });
    return /INDEX (\w+)/.exec(plans.at(-1) ?? '')?.[1];
  };
  expect(await indexFor('all')).toBe('shop_lines_sort');
  expect(await indexFor('linked')).toBe('shop_lines_sort');
  expect(await indexFor('missing')).toBe('shop_lines_sort');
  expect(await indexFor('stock-differs')).toBe('shop_lines_differs');
  expect(await indexFor('conflict')).toBe('shop_lines_state');
  await engine.close();
});
