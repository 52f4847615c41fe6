import { sql } from 'kysely';
import type { Batch } from '../../contents/contents.ts';
import { readRecord } from '../../records/read-record.ts';
import { tableNames } from '../../tables/tables.ts';
import { specs } from '../columns.ts';
import type { ReaderTools } from '../reading/read.ts';

const atOnce = 1_000;
type Row = { key: string; ord: number; body: string };

/**
 * Everything that a database holds, each record held against its shape; products and listings as they were first
 * written. Asked within a transaction. A copy of an older version has fewer tables: those that it has are named.
 */
export async function* sqlContents(
  { ask, dialect, place }: ReaderTools,
  tables?: ReadonlySet<string>,
): AsyncGenerator<Batch> {
  for (const name of tableNames) {
    const { table } = specs[name];
    if (tables?.has(table) === false) continue;
    const isNumbered = name === 'products' || name === 'listings';
    for await (const rows of isNumbered ? byNumber(ask, table) : dialect.everyRow(ask, table, atOnce)) {
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

async function* byNumber(ask: ReaderTools['ask'], table: string): AsyncGenerator<readonly Row[]> {
  for (let after = -1; ; ) {
    const rows = await ask(sql<Row>`
      select key, ord, body from ${sql.table(table)} where ord > ${after} order by ord limit ${atOnce}`);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.ord;
    yield rows;
  }
}
