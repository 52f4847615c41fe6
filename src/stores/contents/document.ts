import type { Instant } from '../../domain/ids.ts';
import { printableJson } from '../../domain/printable-json.ts';
import { StoreError } from '../../ports/store-error.ts';
import { writeNewFile } from '../disk/write-new-file.ts';
import { storeVersion } from '../generation/manifest.ts';
import { type OldRow, upgradeFrom } from '../generation/migrations.ts';
import { documentParts, headOf, parsedPart, wrongDocument } from '../maintenance/document-parts.ts';
import type { Part } from '../maintenance/export-lines.ts';
import { wrongWith } from '../records/read-record.ts';
import { tableNames } from '../tables/tables.ts';
import type { Batch, Contents } from './contents.ts';

const pieceLength = 256 * 1024;
const rowsAtOnce = 1_000;

/** Contents as one JSON document, in pieces that follow each other: the format that every store exports and imports. */
export async function* documentOf(contents: Contents, exportedAt: Instant): AsyncGenerator<string> {
  let piece = JSON.stringify({ format: 'bindeled-export', version: storeVersion, exportedAt }).slice(0, -1);
  const names = [...tableNames, 'events'] as const;
  let at = -1;
  let between = '';
  const openUpTo = (name: Batch['name']): void => {
    while (names[at] !== name) {
      if (at >= 0) piece += '\n]';
      at += 1;
      if (names[at] === undefined) throw new Error(`${name} comes too late`);
      piece += `,\n"${names[at]}":[`;
      between = '\n';
    }
  };
  for await (const { name, rows } of contents) {
    openUpTo(name);
    for (const row of rows) {
      piece += between + printableJson(JSON.stringify(row));
      between = ',\n';
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
  }
  openUpTo('events');
  yield `${piece}\n]}\n`;
}

/** Writes contents into a new file, whole or not at all. Answers false where something is there already. */
export const writeDocument = (contents: Contents, exportedAt: Instant, path: string): Promise<boolean> =>
  writeNewFile(path, documentOf(contents, exportedAt));

/** What an exported document holds, each record held against its shape. Throws a `StoreError` that names file and byte. */
export async function* documentContents(path: string): AsyncGenerator<Batch> {
  let version: number | undefined;
  let rows: OldRow[] = [];
  let name: Batch['name'] | undefined;
  let last = 0;
  for await (const part of documentParts(path)) {
    if (part.kind === 'value') {
      version = headOf(path, part, version);
      continue;
    }
    if (version === undefined) throw wrongDocument(path, part, 'no format and version before the first list');
    if (part.name !== name || rows.length >= rowsAtOnce) {
      if (name !== undefined && rows.length > 0) yield { name, rows } as unknown as Batch;
      rows = [];
      name = nameOf(path, part);
    }
    const row = upgraded(parsedPart(path, part), version, name);
    const wrong = wrongWith(name, row);
    if (wrong !== undefined) throw wrongDocument(path, part, `not a record of ${name}: ${wrong}`);
    if (name === 'events') {
      if (Number(row.seq) <= last) throw wrongDocument(path, part, `event ${row.seq} stands after event ${last}`);
      last = Number(row.seq);
    }
    rows.push(row);
  }
  if (version === undefined) throw new StoreError('damaged', path, 'not an exported store');
  if (name !== undefined && rows.length > 0) yield { name, rows } as unknown as Batch;
}

function nameOf(path: string, part: Part): Batch['name'] {
  const name = [...tableNames, 'events' as const].find((known) => known === part.name);
  if (name === undefined) throw wrongDocument(path, part, `no table is called ${part.name}`);
  return name;
}

function upgraded(row: OldRow, version: number, name: Batch['name']): OldRow {
  const upgrade = upgradeFrom(version);
  if (upgrade === undefined) return row;
  return name === 'events' ? upgrade.event(row) : upgrade.record(name, row);
}
