import type { RawBuilder } from 'kysely';
import type { StoreError, StoreWarning } from '../../ports/store-error.ts';
import type { StoreChange } from '../../ports/store-questions.ts';

/** Puts one statement to the database and answers its rows. Rejects with `StoreError`. */
export type Ask = <Row>(query: RawBuilder<Row>) => Promise<readonly Row[]>;

/** A column of a table: its name, and what it holds in either database. */
export type Column = { readonly name: string; readonly holds: 'text' | 'number' | 'json' };
export type Cell = string | number | null;

/** Tables whose `search` column can be searched for any part of a text. */
export type SearchedTable = 'products' | 'listings';

/** What the two databases say differently. */
export type Dialect = {
  /** Whether a column holds one of these texts; one parameter, however many they are. */
  readonly oneOf: (column: string, values: readonly string[]) => RawBuilder<boolean>;
  /** Rows as something to select from: `insert into … <here>`. One parameter, however many they are. */
  readonly select: (columns: readonly Column[], rows: readonly (readonly Cell[])[]) => RawBuilder<unknown>;
  /** `from … where …` of the rows `t` of a table whose text holds all of these. */
  readonly holding: (table: SearchedTable, needles: readonly string[]) => RawBuilder<unknown>;
  /** The same of rows in which a part of the text begins with this, or is it whole; at least so many, where there are. */
  readonly beginning: (table: SearchedTable, text: string, asked: BeginningQuery) => RawBuilder<unknown>;
  /** Whether a column holds a text. */
  readonly contains: (column: string, text: string) => RawBuilder<boolean>;
  /** A column that is compared in rows as they come in their order, and by which none are found. */
  readonly inOrder: (column: string) => RawBuilder<unknown>;
  /** Brings the index of a table's texts up to date, where that is not the database's own doing. */
  readonly index: (ask: Ask, table: SearchedTable, changed: IndexChange) => Promise<void>;
  /** Puts several questions at once, where each alone would be a way there and back. None may ask for a whole record. */
  readonly together: (ask: Ask, queries: readonly RawBuilder<unknown>[]) => Promise<readonly (readonly unknown[])[]>;
  /** Every row of a table, some at a time, in the order that they lie in. Asked within a transaction. */
  readonly everyRow: (ask: Ask, table: string, atOnce: number) => AsyncIterable<readonly BodyRow[]>;
  /** The database's clock, in milliseconds since 1970. */
  readonly clock: RawBuilder<number>;
};
export type BodyRow = { readonly key: string; readonly body: string };
export type BeginningQuery = { readonly isWhole: boolean; readonly limit: number };
export type IndexChange = {
  /** Keys of rows whose text is new or another. */
  readonly keys: readonly string[];
  /** Places of rows that had another text before, or are gone. */
  readonly removed: readonly number[];
};

/** Whom a change is from, so that nobody is told of his own twice, and what it touched. */
export type ChangeNotice = { readonly token: string; readonly change: StoreChange };

/** Who follows what happens in a database. */
export type Follower = {
  /** Somebody else changed something; nothing where it is not known what. */
  readonly onNotice: (notice: ChangeNotice | undefined) => void;
  /** What keeps the database from being read or followed, each time that is looked at; nothing where all is well. */
  readonly onTrouble: (trouble: StoreError | undefined) => void;
};

/** What is put off while very many rows are written, and made in one go when they are all there. */
export type Bulk = {
  /** All records are there: what finds them is made. */
  readonly records: () => Promise<void>;
  /** The lines of products are there as well. */
  readonly lines: () => Promise<void>;
  /** What is searched is there, and nothing more comes. */
  readonly texts: () => Promise<void>;
};

/** One database, ready to be asked. */
export type Engine = {
  readonly kind: 'sqlite' | 'postgres';
  /** The file, or server and database, as a person may see it: never with a password. */
  readonly place: string;
  readonly dialect: Dialect;
  readonly ask: Ask;
  /** One statement that writes by itself, beside whatever change is being made (leases). */
  readonly run: Ask;
  /**
   * Runs some work in a serializable transaction of its own, one writer after another; again after a collision, and
   * after a lost connection unless the change with this token turns out to be there.
   */
  readonly transact: <Value>(token: string, work: (ask: Ask) => Promise<Value>) => Promise<Value>;
  /** Asks while nobody writes, for as long as it takes; once only, whatever breaks. */
  readonly whileNobodyWrites: <Value>(work: (ask: Ask) => Promise<Value>) => Promise<Value>;
  /** Asks within one view of everything as it stands now, whatever others change meanwhile; makes nobody wait. */
  readonly steady: <Value>(work: (ask: Ask) => Promise<Value>) => Promise<Value>;
  /** Begins to write very many rows at once into empty tables, within one transaction. */
  readonly bulk: (ask: Ask) => Promise<Bulk>;
  /** Bytes on disk: of tables and indexes, and of what lies beside them. */
  readonly bytes: () => Promise<{ readonly database: number; readonly log?: number }>;
  /**
   * What the database itself finds wrong with its files; nothing where it cannot tell, or all is right. Looked at
   * quickly, no row is held against the indexes that it is in.
   */
  readonly faults: (how?: 'quick') => Promise<readonly string[]>;
  /** Gives back room that is no longer needed, and makes what could not be made before. */
  readonly tidy: () => Promise<void>;
  /** What does not suit the store as it lies there. */
  readonly warnings: () => Promise<readonly StoreWarning[]>;
  /** Takes so many new numbers for events. */
  readonly nextSeqs: (count: number) => RawBuilder<{ seq: number }>;
  /** Tells that a change was made here, inside its transaction. */
  readonly announce: (ask: Ask, notice: ChangeNotice) => Promise<void>;
  /** Calls back for changes that others made, and for trouble. Returns the way to stop. */
  readonly follow: (follower: Follower) => () => void;
  /** Whether it is followed though nobody watches: so it finds that another file was laid in its place. */
  readonly followsAlways: boolean;
  /** Why what is open can only be read just now; not there where that is only told to who writes. */
  readonly onlyRead?: () => StoreError | undefined;
  readonly trouble: (error: unknown, doing: string) => StoreError;
  readonly close: () => Promise<void>;
};
