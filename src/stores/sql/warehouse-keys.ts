import { type Kysely, sql } from 'kysely';
import { StoreError } from '../../ports/store-error.ts';
import { readRecord } from '../records/read-record.ts';
import { productCodesOf } from './columns.ts';

/** Products that a warehouse knows are found by its key: those that were written before are noted. */
export async function writeWarehouseKeys(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ key: string; body: string }>`
      select key, cast(body as text) as body from products
      where key > ${after} and cast(body as text) like ${'%"warehouse":{%'} order by key limit 1000
    `.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.key;
    for (const row of rows)
      for (const [key, kind, code] of codesIn(row.body))
        await sql`insert into product_codes (key, kind, code) values (${key}, ${kind}, ${code})
          on conflict do nothing`.execute(db);
  }
}

// A record that cannot be read is told by whoever reads it, and must not keep the store from opening.
function codesIn(body: string): ReturnType<typeof productCodesOf> {
  try {
    return productCodesOf(readRecord('products', body, { place: 'products', key: '' }));
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}
