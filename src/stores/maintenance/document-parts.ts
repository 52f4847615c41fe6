import { streamRegularFile } from '../../files/regular-file.ts';
import { StoreError } from '../../ports/store-error.ts';
import { toStoreError } from '../file-errors.ts';
import { storeVersion } from '../generation/manifest.ts';
import type { OldRow } from '../generation/migrations.ts';
import { tableNames } from '../tables/tables.ts';
import { type Part, partsOf } from './export-lines.ts';

/** A value at the top of a document, or an object out of one of its lists. */
export type DocumentPart = Part & { readonly kind: 'value' | 'item' };

/**
 * The parts of an exported document in a file, in their order. Throws a `StoreError` that names file and byte; also
 * where a list stands twice, or is not there at all: what is empty is written as an empty list.
 */
export async function* documentParts(path: string): AsyncGenerator<DocumentPart> {
  const lists = new Set<string>();
  let version = storeVersion;
  try {
    for await (const part of partsOf(path, streamRegularFile(path))) {
      if (part.kind === 'list') {
        if (lists.has(part.name)) throw wrongDocument(path, part, `the list ${part.name} stands twice`);
        lists.add(part.name);
        continue;
      }
      if (part.name === 'version') version = Number(part.text);
      yield { ...part, kind: part.kind };
    }
  } catch (error) {
    throw toStoreError(error, path, 'reading the document');
  }
  const missing = [...tableNames, 'events'].find((name) => !lists.has(name) && version >= (listsSince[name] ?? 0));
  // A file that is no export at all is told by whoever reads its head.
  if (missing !== undefined && lists.size > 0)
    throw new StoreError('damaged', path, `the list ${missing} is not there; the document is not whole`);
}

/** From which version on a document has a list that the first ones did not have. */
const listsSince: Readonly<Record<string, number>> = { stockLevels: 5 };

/** Format and version, which come first; the version is answered once the format has been seen. */
export function headOf(path: string, part: Part, version: number | undefined): number | undefined {
  const value: unknown = parsedPart(path, part);
  if (part.name === 'format' && value !== 'bindeled-export') throw wrongDocument(path, part, 'not an exported store');
  if (part.name !== 'version') return version;
  if (typeof value !== 'number') throw wrongDocument(path, part, 'no version');
  if (value <= storeVersion) return value;
  throw new StoreError('newer-version', path, `written by version ${value}; this program knows up to ${storeVersion}`);
}

/** The JSON of one part; what it holds is taken for a record only after a look at its shape. */
export function parsedPart(path: string, part: Part): OldRow {
  try {
    return JSON.parse(part.text) as OldRow;
  } catch (error) {
    throw wrongDocument(path, part, error instanceof Error ? error.message.slice(0, 120) : 'not JSON');
  }
}

/** A part that is not what it should be, by its byte in the file. */
export const wrongDocument = (path: string, part: Part, what: string): StoreError =>
  new StoreError('damaged', `${path}, byte ${part.byte}`, what);
