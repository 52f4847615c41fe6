import { sql } from 'kysely';
import { keyOf, refKey, type TableName, type Tables } from '../../../domain/changes.ts';
import { conflictProducts } from '../../../domain/event.ts';
import type { Listing } from '../../../domain/listing.ts';
import { StoreError } from '../../../ports/store-error.ts';
import type { Batch, Contents } from '../../contents/contents.ts';
import { codesOf, productCodesOf, specs, type TableSpec } from '../columns.ts';
import type { Counting } from '../counters.ts';
import type { Cell } from '../engine.ts';
import { type InsertTarget, insertions } from '../insert-rows.ts';
import { ownText } from '../listing-texts.ts';
import type { Tools } from '../writing/line-sources.ts';
import { rowsToCount, type WriteTools } from '../writing/write.ts';
import { writeStored } from '../writing/write-events.ts';

const text = (name: string) => ({ name, holds: 'text' as const });
const codes: Omit<InsertTarget, 'table'> = {
  columns: [text('key'), text('kind'), text('code')],
  standing: { key: ['kind', 'code', 'key'], whenThere: 'leave' },
};
const contenders: InsertTarget = {
  table: 'conflict_products',
  columns: [text('key'), text('product_id'), text('shop_id'), { name: 'place', holds: 'number' }],
};

/** Contents as what writes them into empty tables, and what lies beside each record; nothing is settled yet. */
export async function* prepared(
  tools: WriteTools,
  contents: Contents,
  count: Counting['add'],
): AsyncGenerator<() => Promise<void>> {
  for await (const batch of contents) {
    if (batch.name === 'events') {
      yield () => writeStored(tools, batch.rows);
      continue;
    }
    const texts = batch.name === 'listings' ? await likelyTexts(tools, batch.rows) : undefined;
    const insert = (into: InsertTarget, rows: readonly (readonly Cell[])[]) => [
      ...insertions(tools.dialect, into, rows),
    ];
    const statements = [
      ...insert(...newRows(tools.place, batch, { count, texts })),
      ...(batch.name === 'listings' ? insert({ table: 'listing_codes', ...codes }, batch.rows.flatMap(codesOf)) : []),
      ...(batch.name === 'products'
        ? insert({ table: 'product_codes', ...codes }, batch.rows.flatMap(productCodesOf))
        : []),
      ...(batch.name === 'conflicts' ? insert(contenders, batch.rows.flatMap(contendersOf)) : []),
    ];
    yield async () => {
      for (const statement of statements) await tools.ask(statement);
    };
  }
}

const contendersOf = (conflict: Tables['conflicts']) =>
  [...new Set(conflictProducts(conflict))].map((id, place) => [refKey(conflict.ref), id, conflict.ref.shopId, place]);

function newRows(
  source: string,
  { name, rows }: Exclude<Batch, { name: 'events' }>,
  { count, texts }: { readonly count: Counting['add']; readonly texts?: readonly string[] },
): [InsertTarget, readonly (readonly Cell[])[]] {
  const { table, columns, cells } = specs[name] as TableSpec;
  const given = rows as readonly Tables[TableName][];
  const keys = new Set(given.map(keyOf[name] as (row: Tables[TableName]) => string));
  if (keys.size < given.length) throw new StoreError('damaged', source, `${name} holds a record twice`);
  const at = columns.findIndex((column) => column.name === 'search');
  const all = given.map((row, place) => (texts === undefined ? cells(row) : cells(row).with(at, texts[place] ?? '')));
  for (const shopId of rowsToCount(name, columns, all)) count(name, shopId, 1);
  return [{ table, columns }, all];
}

/**
 * What listings are looked for in, as far as can be told before their links are there: most are linked to the product
 * of the same item number. The others are put right when the links are.
 */
async function likelyTexts({ ask, dialect }: Tools, listings: readonly Listing[]): Promise<readonly string[]> {
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
