import { sql } from 'kysely';
import type { Ask } from '../engine.ts';

export const searchedTables = ['products', 'listings'] as const;

/**
 * New texts lie in a list before they are sorted into the index, and every search reads that list from one end to the
 * other, once for each three letters: with the 4 MB that are usual, searching for four words took twice as long. In
 * kilobytes; less cannot be said.
 */
const pendingAtMost = 'gin_pending_list_limit = 64';

/** Says so of the indexes that were made before, and sorts in what lies there, a statement each. */
export const fewPending: readonly string[] = [
  ...searchedTables.map((table) => `alter index if exists ${table}_text set (${pendingAtMost})`),
  `select gin_clean_pending_list(oid) from pg_class where relkind = 'i'
    and relnamespace = current_schema()::regnamespace and relname in ('products_text', 'listings_text')`,
];

type TextIndexes = {
  /** How many of the tables that are searched have their index. */
  readonly indexes: number;
  /** The schema of the extension that it needs, and whether the role may use what is in it. */
  readonly extension?: { readonly schema: string; readonly isOpen: boolean };
};

export async function textIndexes(ask: Ask): Promise<TextIndexes> {
  const [found] = await ask(sql<{ indexes: number; schema: string | null; open: boolean | null }>`
    select (select count(*) from pg_class c where c.relnamespace = current_schema()::regnamespace
        and c.relkind = 'i' and c.relname in ('products_text', 'listings_text')) as indexes,
      n.nspname as schema, has_schema_privilege(n.oid, 'usage') as open
    from (values (1)) one(row) left join pg_extension e on e.extname = 'pg_trgm'
    left join pg_namespace n on n.oid = e.extnamespace`);
  const { indexes = 0, schema, open } = found ?? {};
  return { indexes, extension: schema ? { schema, isOpen: open === true } : undefined };
}

/** Makes the indexes of texts that are not there yet, where the extension is. */
export async function makeTextIndexes(ask: Ask): Promise<void> {
  const { extension } = await textIndexes(ask);
  if (extension?.isOpen !== true) return;
  for (const table of searchedTables) {
    await ask(sql`create index if not exists ${sql.ref(`${table}_text`)} on ${sql.table(table)}
      using gin (search ${sql.ref(extension.schema)}.gin_trgm_ops) with (${sql.raw(pendingAtMost)})`);
  }
}
