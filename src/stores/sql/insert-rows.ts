import { type RawBuilder, sql } from 'kysely';
import { piecesOf } from './ask-in-turn.ts';
import type { Ask, Cell, Column, Dialect } from './engine.ts';

const rowsAtOnce = 1_000;
/** A statement carries about so many characters at most. */
const charactersAtOnce = 4_000_000;

/** What to do where a row with the same key stands: leave it, or put the new one in its place. */
export type OnConflict = {
  readonly key: readonly string[];
  readonly whenThere: 'replace' | 'leave';
  /** Columns that stay as they are in a row that is there. */
  readonly kept?: readonly string[];
};

export type InsertTarget = {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly standing?: OnConflict;
};

/** Writes rows into a table, many at a time. */
export async function insertRows(
  { ask, dialect }: { readonly ask: Ask; readonly dialect: Dialect },
  into: InsertTarget,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  for (const statement of insertions(dialect, into, rows)) await ask(statement);
}

/** The statements that write rows into a table. */
export function* insertions(
  dialect: Dialect,
  into: InsertTarget,
  rows: readonly (readonly Cell[])[],
): Generator<RawBuilder<unknown>> {
  for (const piece of rowPieces(rows)) yield insertion(dialect, into, piece);
}

/** Rows in pieces that a statement carries. */
export function* rowPieces(rows: readonly (readonly Cell[])[]): Generator<readonly (readonly Cell[])[]> {
  for (const piece of piecesOf(rows, rowsAtOnce)) yield* byLength(piece);
}

function insertion(dialect: Dialect, { table, columns, standing }: InsertTarget, rows: readonly (readonly Cell[])[]) {
  const names = sql.join(columns.map(({ name }) => sql.ref(name)));
  const insert: RawBuilder<unknown> = sql`insert into ${sql.table(table)} (${names}) ${dialect.select(columns, rows)}`;
  if (standing === undefined) return insert;
  const key = sql.join(standing.key.map((name) => sql.ref(name)));
  if (standing.whenThere === 'leave') return sql`${insert} on conflict (${key}) do nothing`;
  const stays = [...standing.key, ...(standing.kept ?? [])];
  const others = columns.filter(({ name }) => !stays.includes(name));
  const sets = sql.join(others.map(({ name }) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`));
  return sql`${insert} on conflict (${key}) do update set ${sets}`;
}

function* byLength(rows: readonly (readonly Cell[])[]): Generator<readonly (readonly Cell[])[]> {
  let part: (readonly Cell[])[] = [];
  let length = 0;
  for (const row of rows) {
    const own = row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
    if (part.length > 0 && length + own > charactersAtOnce) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(row);
    length += own;
  }
  if (part.length > 0) yield part;
}
