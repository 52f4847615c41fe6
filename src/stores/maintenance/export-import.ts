import { keyOf, type TableName } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { printableJson } from '../../domain/printable-json.ts';
import { StoreError } from '../../ports/store-error.ts';
import { writeNewFile } from '../disk/write-new-file.ts';
import { loadGeneration } from '../generation/generation.ts';
import { closeJournal } from '../generation/journal.ts';
import { manifestName, storeVersion } from '../generation/manifest.ts';
import { type OldRow, upgradeFrom } from '../generation/migrations.ts';
import { allEvents } from '../history/history-events.ts';
import { writeSegments } from '../history/history-write.ts';
import { nameOfRecord, type StoredName, wrongWith } from '../records/read-record.ts';
import { corruptConstraint } from '../tables/constraints.ts';
import { applyUnchecked, makeTables, type StoreTables, tableNames } from '../tables/tables.ts';
import { documentParts, headOf, parsedPart, wrongDocument } from './document-parts.ts';
import type { Part } from './export-lines.ts';
import { replaceStore, type StoreFolder } from './replace-store.ts';
import { findingsOf, reading, type StoreFindings } from './store-admin.ts';

/**
 * The whole store as one JSON document, in pieces that follow each other: records by table, then all events. One
 * record a line, so that it can be read with the usual tools. Holds no secrets, since the store holds none.
 */
export async function* exportStore({ folder, clock }: StoreFolder): AsyncGenerator<string> {
  const store = await loadGeneration(folder);
  if (store === undefined) throw new StoreError('missing', `${folder}/${manifestName}`, 'there is no store here');
  try {
    const head = { format: 'bindeled-export', version: storeVersion, exportedAt: clock.now() };
    yield printableJson(JSON.stringify(head)).slice(0, -1);
    for (const table of tableNames) yield* listOf(table, store.tables[table].all());
    yield* listOf('events', allEvents(folder, store));
    yield '}\n';
  } finally {
    closeJournal(store.journal);
  }
}

/** Writes the export into a new file, whole or not at all. Answers false where something is there already. */
export const exportToFile = (store: StoreFolder, path: string): Promise<boolean> =>
  writeNewFile(path, exportStore(store));

const pieceLength = 256 * 1024;

async function* listOf(name: string, rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  let piece = `,\n"${name}":[`;
  let between = '\n';
  for await (const row of rows) {
    piece += between + printableJson(JSON.stringify(row));
    between = ',\n';
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n]`;
}

/**
 * Puts an exported document in the place of what is there, which is kept in a folder beside it. The document is
 * read to its end and checked whole, shapes and both laws, before anything is written.
 */
export async function importStore(
  store: StoreFolder,
  path: string,
): Promise<{ readonly kept?: string; readonly findings: StoreFindings }> {
  const { tables, lastSeq } = await readDocument(path);
  const kept = await replaceStore(store, { tables, lastSeq }, (generation, held) =>
    writeSegments({ folder: store.folder, generation, watch: { onLine: held.refresh } }, 1, eventsIn(path)),
  );
  return { kept, findings: await reading(store.folder, (now) => findingsOf(store.folder, now)) };
}

async function readDocument(path: string): Promise<{ readonly tables: StoreTables; readonly lastSeq: number }> {
  const tables = makeTables();
  let lastSeq = 0;
  let version: number | undefined;
  for await (const part of documentParts(path)) {
    if (part.kind === 'value') {
      version = headOf(path, part, version);
      continue;
    }
    if (version === undefined) throw wrongDocument(path, part, 'no format and version before the first list');
    if (part.name === 'events') lastSeq = eventOf(path, part, version, lastSeq).seq;
    else addRow(path, part, { tables, version });
  }
  if (version === undefined) throw new StoreError('damaged', path, 'not an exported store');
  const broken = corruptConstraint(tables);
  if (broken !== undefined) throw new StoreError('law-broken', path, broken);
  return { tables, lastSeq };
}

function addRow(
  path: string,
  part: Part,
  { tables, version }: { readonly tables: StoreTables; readonly version: number },
): void {
  const table = tableNames.find((name) => name === part.name);
  if (table === undefined) throw wrongDocument(path, part, `no table is called ${part.name}`);
  const row = upgraded(parsedPart(path, part), version, table);
  requireShape(path, part, table, row);
  const before = tables[table].size();
  applyUnchecked(tables, { put: { [table]: [row] }, drop: {} });
  if (tables[table].size() === before) throw wrongDocument(path, part, `${table} holds ${keyText(table, row)} twice`);
}

async function* eventsIn(path: string): AsyncGenerator<StoredEvent> {
  let version = storeVersion;
  let last = 0;
  for await (const part of documentParts(path)) {
    if (part.kind === 'value') version = headOf(path, part, version) ?? version;
    else if (part.name === 'events') {
      const event = eventOf(path, part, version, last);
      last = event.seq;
      yield event;
    }
  }
}

function eventOf(path: string, part: Part, version: number, last: number): StoredEvent {
  const value = parsedPart(path, part);
  const event = (upgradeFrom(version)?.event(value) ?? value) as unknown as StoredEvent;
  requireShape(path, part, 'events', event);
  if (event.seq <= last) throw wrongDocument(path, part, `event ${event.seq} stands after event ${last}`);
  return event;
}

// What a document holds is taken for what it says only once it has been held against its shape.
function requireShape(path: string, part: Part, name: StoredName, value: unknown): void {
  const wrong = wrongWith(name, value);
  if (wrong !== undefined) throw wrongDocument(path, part, `${nameOfRecord(name, value)}: ${wrong}`);
}

const upgraded = (row: OldRow, version: number, table: TableName): OldRow =>
  upgradeFrom(version)?.record(table, row) ?? row;

const keyText = (table: TableName, row: OldRow): string =>
  (keyOf[table] as (record: unknown) => string)(row).replaceAll('\u001f', ' ');
