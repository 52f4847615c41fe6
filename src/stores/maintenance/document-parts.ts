import { streamRegularFile } from '../../files/regular-file.ts';
import { StoreError } from '../../ports/store-error.ts';
import { toStoreError } from '../file-errors.ts';
import { storeVersion } from '../generation/manifest.ts';
import type { OldRow } from '../generation/migrations.ts';
import { type Part, partsOf } from './export-lines.ts';

/** The parts of an exported document in a file, in their order. Throws a `StoreError` that names file and byte. */
export async function* documentParts(path: string): AsyncGenerator<Part> {
  try {
    yield* partsOf(path, streamRegularFile(path));
  } catch (error) {
    throw toStoreError(error, path, 'reading the document');
  }
}

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
