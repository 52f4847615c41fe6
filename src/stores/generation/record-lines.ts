import type { Changes, TableName, Tables } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { nameOfRecord, type StoredName, wrongWith } from '../records/read-record.ts';
import { tableNames } from '../tables/tables.ts';
import { lastEvents } from './last-events.ts';
import { type OldRow, upgradeFrom } from './migrations.ts';

/** What a line of the journal holds: one change, whole. */
export type JournalLine = Omit<Changes, 'events'> & { readonly events: readonly StoredEvent[] } & JournalLink;
/** What ties a line of the journal to its place. Lines before version 4 have neither. */
export type JournalLink = {
  /** The checksum of the line before; of the first, what the journal goes on from. */
  readonly after?: string;
  /** The term of the writer, which rises each time a lock is taken from one who gave no sign of life. */
  readonly term?: number;
};
/** What a line of a snapshot holds: some records of one table. */
export type SnapshotLine = {
  readonly [Name in TableName]: { readonly table: Name; readonly rows: readonly Tables[Name][] };
}[TableName];

/** Turns lines of a version of the files into what they hold. Throws a `SyntaxError` that says what is not right. */
export type LineParser = {
  readonly journalLine: (body: Buffer) => JournalLine;
  /** The events of a line whose records have been read before. */
  readonly journalEvents: (body: Buffer) => readonly StoredEvent[];
  readonly snapshotLine: (body: Buffer) => SnapshotLine;
  readonly event: (body: Buffer) => StoredEvent;
};

// A decoder: the checksum has vouched that the text is what a program wrote, and every record and event is held
// against its shape whole, since that program may have been another version, or a person's own.
export function makeLineParser(version: number): LineParser {
  const upgrade = upgradeFrom(version);
  const rowsOf = (table: TableName, rows: readonly unknown[]): readonly unknown[] => {
    const now = upgrade === undefined ? rows : rows.map((row) => upgrade.record(table, row as OldRow));
    for (const row of now) requireShape(table, row);
    return now;
  };
  const eventOf = (value: unknown): StoredEvent => {
    const event = upgrade === undefined ? value : upgrade.event(value as OldRow);
    requireShape('events', event);
    return event as StoredEvent;
  };
  return {
    journalLine(body) {
      const { after, term, put, drop, events } = parse(body) as Partial<JournalLine>;
      if (!isObject(put) || !isObject(drop) || !Array.isArray(events)) throw new SyntaxError('not a change');
      if (version >= chainedSince && (typeof after !== 'string' || typeof term !== 'number')) {
        throw new SyntaxError('does not say what it follows');
      }
      const checked = tableNames.flatMap((name) => (put[name] === undefined ? [] : [[name, rowsOf(name, put[name])]]));
      return { after, term, put: Object.fromEntries(checked) as JournalLine['put'], drop, events: events.map(eventOf) };
    },
    journalEvents(body) {
      const events = lastEvents(body) ?? (parse(body) as Partial<JournalLine>).events;
      if (!Array.isArray(events)) throw new SyntaxError('not a change');
      return events.map(eventOf);
    },
    snapshotLine(body) {
      const { table, rows } = parse(body) as Partial<SnapshotLine>;
      if (table === undefined || !tableNames.includes(table) || !Array.isArray(rows)) {
        throw new SyntaxError('not a part of a table');
      }
      return { table, rows: rowsOf(table, rows) } as SnapshotLine;
    },
    event: (body) => eventOf(parse(body)),
  };
}

function requireShape(name: StoredName, value: unknown): void {
  const wrong = wrongWith(name, value);
  if (wrong !== undefined) throw new SyntaxError(`${nameOfRecord(name, value)}: ${wrong}`);
}

// The version since which a line of the journal names the one before it.
const chainedSince = 4;

const isObject = <Value>(value: Value | undefined): value is Value & object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (body: Buffer): unknown => JSON.parse(body.toString('utf8'));
