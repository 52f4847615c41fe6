import { type RawBuilder, sql } from 'kysely';
import { edge } from '../../search/corpus.ts';
import { piecesOf } from '../ask-in-turn.ts';
import type { BodyRow, Dialect, Engine } from '../engine.ts';

/** A text as a phrase of the full-text index. */
const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** The index knows runs of three letters; what is shorter is looked for in so many rows, the first that were written. */
const shortest = 3;
const rowsLookedThrough = { products: 20_000, listings: 5_000 } as const;

/** Rows that are taken apart once, and not anew for every cell, where SQLite can: half the time of writing many. */
const [major = 0, minor = 0] = (process.versions.sqlite ?? '').split('.').map(Number);
const each = sql.raw(major > 3 || (major === 3 && minor >= 51) ? 'jsonb_each' : 'json_each');

const contains = (column: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`instr(${sql.ref(column)}, ${text}) > 0`;

const holding: Dialect['holding'] = (table, needles) => {
  const long = needles.filter((needle) => [...needle].length >= shortest);
  const short = needles.filter((needle) => [...needle].length < shortest);
  const others = sql.join([sql`true`, ...short.map((needle) => contains('t.search', needle))], sql` and `);
  if (long.length === 0) {
    const from = sql`(select coalesce(min(ord), 0) from ${sql.table(table)})`;
    return sql`from ${sql.table(table)} t where t.ord < ${from} + ${sql.lit(rowsLookedThrough[table])} and ${others}`;
  }
  const index = sql.table(`${table}_text`);
  const match = long.map(phrase).join(' AND ');
  return sql`from ${index} x cross join ${sql.table(table)} t on t.ord = x.rowid where ${index} match ${match} and ${others}`;
};

/** What SQLite says in its own way. */
export const sqliteDialect: Dialect = {
  oneOf: (column, values) =>
    sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
  select: (columns, rows) => {
    const cells = sql.join(columns.map(({ name }, place) => sql`value ->> ${sql.lit(place)} as ${sql.ref(name)}`));
    return sql`select ${cells} from ${each}(${JSON.stringify(rows)}) where true`;
  },
  holding,
  beginning: (table, text, { isWhole }) => holding(table, [edge + text + (isWhole ? edge : '')]),
  contains,
  // SQLite finds nothing by a column that stands behind a plus.
  inOrder: (column) => sql`+${sql.ref(column)}`,
  index: async (ask, table, { keys, removed }) => {
    const index = sql.table(`${table}_text`);
    for (const ords of piecesOf(removed, 500)) {
      await ask(sql`delete from ${index} where rowid in (${sql.join([...ords])})`);
    }
    if (keys.length === 0) return;
    await ask(sql`
      insert into ${index} (rowid, text) select ord, search from ${sql.table(table)}
      where key in (select value from json_each(${JSON.stringify(keys)}))`);
  },
  together: async (ask, queries) => {
    const answers: (readonly unknown[])[] = [];
    for (const query of queries) answers.push(await ask(query));
    return answers;
  },
  everyRow: async function* (ask, table, atOnce) {
    for (let after = -1; ; ) {
      const rows = await ask(sql<BodyRow & { place: number }>`
        select rowid as place, key, body from ${sql.table(table)} where rowid > ${after} order by rowid limit ${atOnce}`);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.place;
      yield rows;
    }
  },
  clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
};

/** What SQLite keeps besides the tables that both databases have. */
export const sqliteTables: readonly string[] = [
  `create virtual table products_text using fts5 (
    text, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
  `create virtual table listings_text using fts5 (
    text, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
];

/**
 * The index of a shop's lines in their order holds what they are searched by: to look for a text line by line, SQLite
 * reads it from one end to the other, and of the lines themselves those alone that hold the text.
 */
export const searchedLines: readonly string[] = [
  'drop index if exists shop_lines_sort',
  'create index shop_lines_sort on shop_lines (shop_id, sort, key, search)',
];

/** Megabytes of pages that are kept in memory: while very many rows are written, and else. */
const [cacheOfBulk, cache] = [256, 16];

/** Indexes, that of texts too, are made in one go when all rows are there; by those of products listings find theirs. */
export const sqliteBulk: Engine['bulk'] = async (ask) => {
  const keep = (megabytes: number) => ask(sql`pragma cache_size = ${sql.lit(-1_000 * megabytes)}`);
  await keep(cacheOfBulk);
  for (const index of ['products_text', 'listings_text']) {
    await ask(sql`insert into ${sql.table(index)} (${sql.ref(index)}) values ('delete-all')`);
  }
  const indexes = await ask(sql<{ name: string; tbl_name: string; sql: string }>`
    select name, tbl_name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name <> 'products'`);
  for (const { name } of indexes) await ask(sql`drop index ${sql.ref(name)}`);
  const make = async (isOfLines: boolean): Promise<void> => {
    for (const index of indexes) if ((index.tbl_name === 'shop_lines') === isOfLines) await ask(sql.raw(index.sql));
  };
  return {
    records: () => make(false),
    lines: () => make(true),
    texts: async () => {
      for (const table of ['products', 'listings']) {
        await ask(
          sql`insert into ${sql.table(`${table}_text`)} (rowid, text) select ord, search from ${sql.table(table)} where search <> ''`,
        );
      }
      await keep(cache);
    },
  };
};
