import { type RawBuilder, sql } from 'kysely';
import { piecesOf } from '../ask-in-turn.ts';
import type { Dialect, Engine } from '../engine.ts';

/** A text as a phrase of the full-text index. */
const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** The index knows runs of three letters; what is shorter is looked for in so many rows. */
const shortest = 3;
const rowsLookedThrough = 20_000;

const contains = (column: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`instr(${sql.ref(column)}, ${text}) > 0`;

/** What SQLite says in its own way. */
export const sqliteDialect: Dialect = {
  oneOf: (column, values) =>
    sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
  select: (columns, rows) => {
    const cells = sql.join(columns.map((_, place) => sql`value ->> ${sql.lit(place)}`));
    return sql`select ${cells} from json_each(${JSON.stringify(rows)}) where true`;
  },
  holding: (table, needles) => {
    const long = needles.filter((needle) => [...needle].length >= shortest);
    const short = needles.filter((needle) => [...needle].length < shortest);
    const others = sql.join([sql`true`, ...short.map((needle) => contains('t.search', needle))], sql` and `);
    if (long.length === 0) {
      return sql`from (select * from ${sql.table(table)} order by ord limit ${sql.lit(rowsLookedThrough)}) t where ${others}`;
    }
    const index = sql.table(`${table}_text`);
    const match = long.map(phrase).join(' AND ');
    return sql`from ${index} x cross join ${sql.table(table)} t on t.ord = x.rowid where ${index} match ${match} and ${others}`;
  },
  contains,
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
  clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
};

/** What SQLite keeps besides the tables that both databases have. */
export const sqliteTables: readonly string[] = [
  `create virtual table products_text using fts5 (
    text, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
  `create virtual table listings_text using fts5 (
    text, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
];

/** The full-text index of very many rows is made in one go, when they are all there. */
export const sqliteBulk: Engine['bulk'] = {
  begin: async (ask) => {
    for (const index of ['products_text', 'listings_text']) {
      await ask(sql`insert into ${sql.table(index)} (${sql.ref(index)}) values ('delete-all')`);
    }
  },
  end: async (ask) => {
    for (const table of ['products', 'listings']) {
      await ask(
        sql`insert into ${sql.table(`${table}_text`)} (rowid, text) select ord, search from ${sql.table(table)}`,
      );
    }
  },
};
