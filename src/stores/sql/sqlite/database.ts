import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

/** So many statements stay prepared: the questions are few, and asked again and again. */
const preparedAtMost = 256;

type Value = null | number | bigint | string | Uint8Array;
const bindable = (value: unknown): Value => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : (value as Value);
};

/** Node's own SQLite in the form that Kysely's dialect asks for. */
export function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, { readonly statement: StatementSync; readonly reader: boolean }>();
  const prepare = (text: string): { readonly statement: StatementSync; readonly reader: boolean } => {
    const known = prepared.get(text);
    if (known !== undefined) {
      prepared.delete(text);
      prepared.set(text, known);
      return known;
    }
    const statement = database.prepare(text);
    const made = { statement, reader: statement.columns().length > 0 };
    prepared.set(text, made);
    const [oldest] = prepared.keys();
    if (prepared.size > preparedAtMost && oldest !== undefined) prepared.delete(oldest);
    return made;
  };
  return {
    prepare(text): SqliteStatement {
      const { statement, reader } = prepare(text);
      const given = (parameters: readonly unknown[]): Value[] => parameters.map(bindable);
      return {
        reader,
        all: (parameters) => statement.all(...given(parameters)),
        run: (parameters) => statement.run(...given(parameters)),
        iterate: (parameters) => statement.iterate(...given(parameters)),
      };
    },
    close: () => {
      prepared.clear();
      database.close();
    },
  };
}

export type SqliteConnection = { readonly raw: DatabaseSync; readonly db: Kysely<unknown> };
export type ConnectionUse = { readonly readOnly: boolean; readonly busyMs: number };

/** A connection to a file. One that only reads cannot write, whatever it is asked. */
export function connect(path: string, { readOnly, busyMs }: ConnectionUse): SqliteConnection {
  const raw = new DatabaseSync(path, { timeout: busyMs, enableForeignKeyConstraints: true, readOnly: false });
  try {
    if (readOnly) raw.exec('pragma query_only = on');
    else {
      raw.exec('pragma journal_mode = wal');
      raw.exec('pragma synchronous = full');
    }
    return ready(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** A file that is open, ready to be asked. */
export function ready(raw: DatabaseSync): SqliteConnection {
  raw.exec('pragma temp_store = memory');
  raw.exec('pragma cache_size = -16000');
  return { raw, db: new Kysely<unknown>({ dialect: new SqliteDialect({ database: asKyselyDatabase(raw) }) }) };
}
