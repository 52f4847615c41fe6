import { sql } from 'kysely';
import type { Batch } from '../../contents/contents.ts';
import { readRecord } from '../../records/read-record.ts';
import { tableNames } from '../../tables/tables.ts';
import { specs } from '../columns.ts';
import type { Ask } from '../engine.ts';

const atOnce = 1_000;
type Row = { key: string; ord: number; body: string };

/**
 * Everything that a database holds, each record held against its shape; products and listings as they were first
 * written. A copy of an older version has fewer tables: those that it has are named.
 */
export async function* sqlContents(ask: Ask, place: string, tables?: ReadonlySet<string>): AsyncGenerator<Batch> {
  for (const name of tableNames) {
    if (tables?.has(specs[name].table) === false) continue;
    const isNumbered = name === 'products' || name === 'listings';
    const order = isNumbered ? sql.ref('ord') : sql.ref('key');
    const ord = isNumbered ? sql.ref('ord') : sql`0`;
    for (let after: string | number = isNumbered ? -1 : ''; ; ) {
      const rows: readonly Row[] = await ask(sql<Row>`
        select key, ${ord} as ord, body from ${sql.table(specs[name].table)} where ${order} > ${after}
        order by ${order} limit ${atOnce}`);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = isNumbered ? last.ord : last.key;
      yield { name, rows: rows.map(({ key, body }) => readRecord(name, body, { place, key })) } as Batch;
    }
  }
  for (let after = -1; ; ) {
    const rows = await ask(sql<{ seq: number; body: string }>`
      select seq, body from events where seq > ${after} order by seq limit ${atOnce}`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
    yield {
      name: 'events',
      rows: rows.map(({ seq, body }) => readRecord('events', body, { place, key: String(seq) })),
    };
  }
}
