import { sql } from 'kysely';
import { refKey, type Tables } from '../../../domain/changes.ts';
import { conflictProducts } from '../../../domain/event.ts';
import { insertRows } from '../insert-rows.ts';
import type { Tools } from './line-sources.ts';

const text = (name: string) => ({ name, holds: 'text' as const });

type CodeTarget = { readonly table: 'listing_codes' | 'product_codes'; readonly keys: readonly string[] };

/** Puts what records are found by besides their columns in the place of what stood there. */
export async function putCodes(
  tools: Tools,
  { table, keys }: CodeTarget,
  codes: readonly (readonly [string, string, string])[],
): Promise<void> {
  await tools.ask(sql`delete from ${sql.table(table)} where ${tools.dialect.oneOf('key', keys)}`);
  const columns = [text('key'), text('kind'), text('code')];
  await insertRows(tools, { table, columns, standing: { key: ['kind', 'code', 'key'], whenThere: 'leave' } }, codes);
}

/** Puts the products that contend in conflicts in the place of those that stood there. */
export async function putContenders(tools: Tools, conflicts: readonly Tables['conflicts'][]): Promise<void> {
  const keys = conflicts.map(({ ref }) => refKey(ref));
  await tools.ask(sql`delete from conflict_products where ${tools.dialect.oneOf('key', keys)}`);
  const rows = conflicts.flatMap((conflict) =>
    [...new Set(conflictProducts(conflict))].map((id, place) => [refKey(conflict.ref), id, conflict.ref.shopId, place]),
  );
  const columns = [text('key'), text('product_id'), text('shop_id'), { name: 'place', holds: 'number' as const }];
  await insertRows(tools, { table: 'conflict_products', columns }, rows);
}
