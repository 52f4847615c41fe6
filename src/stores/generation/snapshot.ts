import { closeSync, fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { checksumOf, encodeLine, runningChecksum } from '../disk/checksummed-line.ts';
import { damagedLine, fileStart, type LineFile, readLines } from '../disk/read-lines.ts';
import { withFileErrors } from '../file-errors.ts';
import { type StoreTables, tableNames } from '../tables/tables.ts';
import type { LineParser, SnapshotLine } from './record-lines.ts';

/** How many records a line holds: enough to be quick, few enough that no line comes near the longest text V8 can hold. */
const rowsPerLine = 2000;
const writeAtOnce = 1024 * 1024;

/** Told of each line, with how many there are by then; `unbuffered` where each is to be in the file by then. */
export type LineProgress = { readonly onLine: (written: number) => void; readonly unbuffered?: boolean };

/** What a file came to; `checksum` is over the checksums of its lines, in their order. */
export type LinesWritten = { readonly bytes: number; readonly lines: number; readonly checksum: string };

/** A file written line by line and made safe at the end; taken away again by the caller if that fails. */
export async function writeLines(
  path: string,
  lines: Iterable<Buffer> | AsyncIterable<Buffer>,
  watch?: LineProgress,
): Promise<LinesWritten> {
  return withFileErrors(path, 'writing', async () => {
    const handle = await open(path, 'w', 0o600);
    try {
      const written = await writeEach(handle, lines, watch);
      await handle.sync();
      return written;
    } finally {
      await handle.close();
    }
  });
}

async function writeEach(
  handle: FileHandle,
  lines: Iterable<Buffer> | AsyncIterable<Buffer>,
  watch?: LineProgress,
): Promise<LinesWritten> {
  const atOnce = watch?.unbuffered === true ? 0 : writeAtOnce;
  let bytes = 0;
  let count = 0;
  let sum = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    await handle.appendFile(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  for await (const line of lines) {
    waiting.push(line);
    waitingBytes += line.length;
    bytes += line.length;
    sum = runningChecksum(line.subarray(0, 8), sum);
    count += 1;
    if (waitingBytes >= atOnce) await flush();
    watch?.onLine(count);
  }
  await flush();
  return { bytes, lines: count, checksum: checksumOf(sum) };
}

/** All records as lines of a snapshot, table by table, each in the order in which it was first written. */
export function* snapshotLines(tables: StoreTables): Generator<Buffer> {
  for (const table of tableNames) {
    let rows: unknown[] = [];
    for (const row of tables[table].all()) {
      rows.push(row);
      if (rows.length < rowsPerLine) continue;
      yield encodeLine({ table, rows });
      rows = [];
    }
    if (rows.length > 0) yield encodeLine({ table, rows });
  }
}

/** Reads a snapshot that must be whole: as many bytes and lines as the manifest says, every one of them right. */
export async function readSnapshot(
  file: LineFile,
  expected: Pick<LinesWritten, 'bytes' | 'lines'> & { readonly checksum?: string },
  reading: { readonly parser: LineParser; readonly onLine: (line: SnapshotLine) => void },
): Promise<void> {
  const size = fstatSync(file.fd).size;
  let sum = 0;
  const onBody = (body: Buffer, at: { bytes: number; lines: number }, checksum: string): void => {
    sum = runningChecksum(Buffer.from(checksum, 'latin1'), sum);
    reading.onLine(parseLine(file.path, at, () => reading.parser.snapshotLine(body)));
  };
  const { place, rest } = await readLines(file, { from: fileStart, size }, onBody);
  if (rest !== undefined) throw damagedLine(file.path, place, rest.kind === 'wrong' ? `wrong ${rest.why}` : 'cut off');
  if (place.bytes !== expected.bytes || place.lines !== expected.lines) {
    throw damagedLine(file.path, place, `ends here; ${expected.bytes} bytes and ${expected.lines} lines were written`);
  }
  if (expected.checksum !== undefined && checksumOf(sum) !== expected.checksum) {
    throw damagedLine(file.path, { bytes: 0 }, 'its lines are not the ones that were written, in their order');
  }
}

/** What a line holds, or an error that says where the line is. */
export function parseLine<Value>(
  path: string,
  place: { readonly bytes: number; readonly lines?: number },
  parse: () => Value,
): Value {
  try {
    return parse();
  } catch (error) {
    throw damagedLine(path, place, error instanceof Error ? error.message.slice(0, 200) : 'not JSON');
  }
}

export const closeFile = ({ fd }: LineFile): void => closeSync(fd);
