import { sql } from 'kysely';
import { keyOf, refKey, type TableName, type Tables } from '../../../domain/changes.ts';
import { conflictProducts } from '../../../domain/event.ts';
import type { Listing } from '../../../domain/listing.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { type Batch, type Contents, counted, emptyTally, readAhead, type Tally } from '../../contents/contents.ts';
import { everything } from '../../tables/watchers.ts';
import { codesOf, productCodesOf, specs, type TableSpec } from '../columns.ts';
import { type Counting, makeCounting } from '../counters.ts';
import type { Ask, Engine } from '../engine.ts';
import { insertRows } from '../insert-rows.ts';
import { ownText } from '../listing-texts.ts';
import { writeOwnTexts } from '../writing/own-texts.ts';
import { readShops, rowsToCount, type WriteTools } from '../writing/write.ts';
import { writeStored } from '../writing/write-events.ts';
import { writeLines, writeNewLines } from '../writing/write-lines.ts';
import { writeOpen } from '../writing/write-open.ts';

const emptied = [
  ...[
    'shops',
    'shop_states',
    'products',
    'product_codes',
    'stock_levels',
    'listings',
    'listing_codes',
    'integrations',
    'tombstones',
    'conflicts',
  ],
  ...[
    'conflict_products',
    'rulings',
    'sales',
    'marks',
    'plans',
    'events',
    'event_products',
    'acts',
    'shop_lines',
    'counters',
  ],
];

/**
 * Puts contents in the place of all that a database holds, in one transaction: whole or not at all. Rejects with
 * `law-broken` where they break a law, and with `damaged` where a record comes twice. The contents are asked for anew
 * when the transaction has to be run again. What is wrong with them is said of their `source`.
 */
export async function fill(
  engine: Engine,
  contents: () => Contents,
  token: string,
  source = engine.place,
): Promise<Tally> {
  const { dialect } = engine;
  return engine.transact(token, async (ask) => {
    const tools: WriteTools = { ask, dialect, place: source, nextSeqs: engine.nextSeqs };
    const bulk = await engine.bulk(ask);
    for (const table of emptied) await ask(sql`delete from ${sql.table(table)}`);
    const tally = emptyTally();
    const counting = makeCounting(tools);
    try {
      for await (const batch of readAhead(counted(contents(), tally))) await putBatch(tools, batch, counting.add);
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'disk' && /unique|duplicate/i.test(error.detail)) {
        throw new StoreError('damaged', source, `a record stands there twice: ${error.detail}`, error);
      }
      if (error instanceof StoreError && error.kind === 'law-broken')
        throw new StoreError('law-broken', source, error.detail, error);
      throw error;
    }
    await bulk.records();
    const shops = await readShops(tools);
    for await (const ids of keysOf(ask, 'products')) await writeNewLines({ ...tools, counting, shops }, ids);
    await bulk.lines();
    for await (const refs of keysOf(ask, 'conflicts')) {
      await writeLines({ ...tools, counting, shops }, new Set(), new Set(refs));
    }
    for await (const refs of keysOf(ask, 'listings')) {
      await writeOpen(tools, new Set(refs), shops);
      await writeOwnTexts(tools, new Set(refs), { isIndexed: false });
    }
    await bulk.texts();
    await counting.write();
    await engine.announce(ask, { token, change: everything });
    return tally;
  });
}

async function* keysOf(ask: Ask, table: string): AsyncGenerator<readonly string[]> {
  for (let after = ''; ; ) {
    const rows = await ask(sql<{ key: string }>`
      select key from ${sql.table(table)} where key > ${after} order by key limit 1000`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.key;
    yield rows.map(({ key }) => key);
  }
}

const text = (name: string) => ({ name, holds: 'text' as const });

async function putBatch(tools: WriteTools, batch: Batch, count: Counting['add']) {
  if (batch.name === 'events') return writeStored(tools, batch.rows);
  const texts = batch.name === 'listings' ? await likelyTexts(tools, batch.rows) : undefined;
  await putNew(tools, batch.name, batch.rows, { count, texts });
  const columns = [text('key'), text('kind'), text('code')];
  const standing = { key: ['kind', 'code', 'key'], whenThere: 'leave' } as const;
  if (batch.name === 'listings') {
    await insertRows(tools, { table: 'listing_codes', columns, standing }, batch.rows.flatMap(codesOf));
  }
  if (batch.name === 'products') {
    await insertRows(tools, { table: 'product_codes', columns, standing }, batch.rows.flatMap(productCodesOf));
  }
  if (batch.name === 'conflicts') {
    const contenders = [text('key'), text('product_id'), text('shop_id'), { name: 'place', holds: 'number' as const }];
    const rows = batch.rows.flatMap((conflict) =>
      [...new Set(conflictProducts(conflict))].map((id, place) => [
        refKey(conflict.ref),
        id,
        conflict.ref.shopId,
        place,
      ]),
    );
    await insertRows(tools, { table: 'conflict_products', columns: contenders }, rows);
  }
}

async function putNew<Name extends TableName>(
  tools: WriteTools,
  name: Name,
  rows: readonly Tables[Name][],
  { count, texts }: { readonly count: Counting['add']; readonly texts?: readonly string[] },
): Promise<void> {
  const { table, columns, cells }: TableSpec<Name> = specs[name];
  const keys = new Set(rows.map(keyOf[name]));
  if (keys.size < rows.length) throw new StoreError('damaged', tools.place, `${name} holds a record twice`);
  const at = columns.findIndex((column) => column.name === 'search');
  const all = rows.map((row, place) => (texts === undefined ? cells(row) : cells(row).with(at, texts[place] ?? '')));
  for (const shopId of rowsToCount(name, columns, all)) count(name, shopId, 1);
  await insertRows(tools, { table, columns }, all);
}

/**
 * What listings are looked for in, as far as can be told before their links are there: most are linked to the product
 * of the same item number. The others are put right when the links are.
 */
async function likelyTexts({ ask, dialect }: WriteTools, listings: readonly Listing[]): Promise<readonly string[]> {
  const skus = [...new Set(listings.flatMap(({ sku }) => sku ?? []))];
  const rows = await ask(
    sql<{ sku: string; search: string }>`select sku, search from products where ${dialect.oneOf('sku', skus)}`,
  );
  const texts = new Map(rows.map(({ sku, search }) => [sku, search]));
  return listings.map(({ ref, sku, gtin, barcode, content, sellable }) =>
    ownText(
      {
        key: refKey(ref),
        sku: sku ?? null,
        gtin: gtin ?? null,
        barcode: barcode ?? null,
        name: content.name,
        parent: sellable === 'parent' ? 1 : 0,
      },
      texts.get(sku ?? ''),
    ),
  );
}
