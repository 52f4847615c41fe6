import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanLine, cutText } from '../../connectors/clean.ts';
import { instantOf, millisecondsOf } from '../../domain/ids.ts';
import { brokenIn, type FileFault } from '../../domain/warehouse/file-fault.ts';
import {
  type StockLevel,
  toWarehouseId,
  type WarehouseKey,
  type WarehouseProduct,
} from '../../domain/warehouse/warehouse.ts';
import { tableOfCsv } from '../../files/csv-table.ts';
import { decodeText, otherFile } from '../../files/decode-text.ts';
import { textOfCsvCell } from '../../files/formula-cell.ts';
import { tableOfJson } from '../../files/json-table.ts';
import type { Columns } from '../../files/table.ts';
import type { Clock } from '../../ports/clock.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Warehouse, WarehouseCapabilities, WarehouseReport } from '../../ports/warehouse.ts';
import { contentOf, type FileContent } from './columns.ts';
import { isAtRest, readStockFile, type StockFile, setAside, stockFiles, takenFolder } from './folder.ts';

export const filesId = toWarehouseId('files');

export const filesCapabilities: WarehouseCapabilities = {
  count: false,
  changedSince: false,
  changesConfirm: false,
  reserved: true,
  locations: 'with-products',
  ownAvailable: true,
  hostIds: false,
  complete: false,
};

export type FileOptions = { readonly columns: Columns; readonly restMs: number };
type Input = { readonly address: string; readonly options: FileOptions; readonly clock: Clock };

const jsonCell = (raw: string): string => cutText(cleanLine(raw), 500);
const csvCell = (raw: string): string => cutText(textOfCsvCell(cleanLine(raw)), 500);
const refused = (...faults: readonly FileFault[]): FileContent => ({
  products: [],
  levels: [],
  broken: faults.map(brokenIn),
});

/**
 * Stock files in a folder, each whole or not at all. A page is a file, the oldest first, so that the newest has the
 * last word; a file with a bad line stays where it lies until somebody mends it.
 */
export function makeFilesWarehouse({ address, options, clock }: Input): Warehouse {
  /** Read well and not yet acknowledged. */
  const readWell = new Map<string, StockFile>();

  /** What the disk said; anything else that was thrown is a fault of the program, and told as one. */
  const trouble = (doing: string, error: unknown, kind: 'unreachable' | 'refused' = 'unreachable'): Error => {
    if (error instanceof Error && !('syscall' in error)) return error;
    const said = cutText(cleanLine(error instanceof Error ? error.message : String(error)), 200);
    return new ShopError(kind, { shop: 'warehouse', doing, said, saidBy: 'us' }, error);
  };
  const listed = async (place: string, signal: AbortSignal): Promise<readonly StockFile[]> => {
    if (signal.aborted) throw new ShopError('cancelled', { shop: 'warehouse', doing: 'reading files' });
    const now = millisecondsOf(clock.now());
    const files = await stockFiles(place).catch((error: unknown) => {
      throw trouble('looking for files', error);
    });
    return files.filter((file) => isAtRest(file, now, options.restMs));
  };

  async function contentIn(file: StockFile): Promise<FileContent | 'in-motion'> {
    const bytes = await readStockFile(file).catch((error: unknown) => {
      throw trouble(`reading ${cleanLine(file.name)}`, error);
    });
    const name = cleanLine(file.name);
    if (bytes === 'in-motion') return bytes;
    if (bytes === 'too-large') return refused({ file: name, what: 'file-too-large' });
    if (otherFile(bytes) !== undefined) return refused({ file: name, what: 'file-other' });
    const decoded = decodeText(bytes);
    if (decoded === undefined) return refused({ file: name, what: 'file-encoding' });
    const table = await tableIn(file, decoded.text, options.columns);
    if (table === 'not-array') return refused({ file: name, what: 'file-not-list' });
    if ('notJson' in table) return refused({ file: name, line: table.notJson, what: 'not-json' });
    if (table.problems.length > 0) return refused(...table.problems.map((problem) => ({ file: name, ...problem })));
    const asOf = instantOf(Math.min(file.modifiedMs, millisecondsOf(clock.now())));
    return contentOf(name, table.lines, asOf);
  }

  /** One file after the cursor. */
  async function page(cursor: string | undefined, signal: AbortSignal) {
    const files = await listed(address, signal);
    const waiting = files.filter((file) => cursor === undefined || placeOf(file) > cursor);
    const [file, ...rest] = waiting;
    const asOf = clock.now();
    if (file === undefined) return { content: refusedNothing, asOf, file };
    const content = await contentIn(file);
    const next = rest.length === 0 ? undefined : placeOf(file);
    return content === 'in-motion'
      ? { content: refusedNothing, asOf, next }
      : { content, asOf, next, file: content.broken.length === 0 ? file : undefined };
  }

  /** What the newest file that names a product says of it, taken in or not. */
  async function newest(
    keys: readonly WarehouseKey[],
    signal: AbortSignal,
    levelsOf: (product: WarehouseProduct) => readonly StockLevel[],
  ): Promise<readonly StockLevel[]> {
    const taken = join(address, takenFolder);
    const old = await stat(taken).then(
      () => listed(taken, signal),
      () => [],
    );
    const wanted = new Set(keys);
    const found: StockLevel[] = [];
    for (const file of [...old, ...(await listed(address, signal))].toReversed()) {
      if (wanted.size === 0) break;
      const content = await contentIn(file);
      if (content === 'in-motion') continue;
      for (const product of content.products) if (wanted.delete(product.key)) found.push(...levelsOf(product));
    }
    return found;
  }

  return {
    id: filesId,
    can: filesCapabilities,
    test: async (signal): Promise<WarehouseReport> => {
      const newest = (await listed(address, signal)).at(-1);
      const content = newest === undefined ? refusedNothing : await contentIn(newest);
      if (content === 'in-motion') return { sample: [], broken: [], notes: [] };
      const first = newest === undefined ? {} : await firstLinesOf(newest);
      return { name: newest?.name, sample: content.products.slice(0, 5), broken: content.broken, notes: [], ...first };
    },
    products: async ({ cursor }, signal) => {
      const { content, asOf, next, file } = await page(cursor, signal);
      if (file !== undefined) readWell.set(file.path, file);
      return { rows: content.products, broken: content.broken, next, asOf };
    },
    stock: async ({ cursor }, signal) => {
      const { content, asOf, next } = await page(cursor, signal);
      return { rows: content.levels, broken: content.broken, next, asOf };
    },
    stockOf: (keys, signal) => newest(keys, signal, ({ level }) => (level === undefined ? [] : [level])),
    stockAt: async (keys, signal) => ({
      rows: await newest(keys, signal, ({ parts = [] }) => parts),
      broken: [],
    }),
    acknowledge: async () => {
      const done = [...readWell.values()];
      readWell.clear();
      // A single file is written over by whoever writes it, and stays.
      const moved = done.filter(({ path }) => path !== address);
      const ends = await Promise.allSettled(moved.map(setAside));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw trouble('setting files aside', failed.reason, 'refused');
    },
  };
}

const refusedNothing: FileContent = { products: [], levels: [], broken: [] };

const placeOf = ({ modifiedMs, name }: StockFile): string => `${String(modifiedMs).padStart(15, '0')} ${name}`;

const tableIn = (file: StockFile, text: string, columns: Columns): ReturnType<typeof tableOfJson> =>
  /\.json$/i.test(file.name) ? tableOfJson(text, columns, jsonCell) : tableOfCsv(text, columns, csvCell);

const linesShown = 4;

/** The first lines of a file as they stand there, and what its columns are called, for a person to choose from. */
async function firstLinesOf(file: StockFile): Promise<Pick<WarehouseReport, 'firstLines' | 'titles'>> {
  const bytes = await readStockFile(file).catch(() => undefined);
  const decoded = bytes instanceof Uint8Array ? decodeText(bytes.subarray(0, 4_000)) : undefined;
  if (decoded === undefined) return {};
  const lines = decoded.text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const firstLines = lines.slice(0, linesShown).map((line) => cutText(cleanLine(line), 200));
  if (/\.json$/i.test(file.name)) return { firstLines };
  const [heading = ''] = firstLines;
  const delimiter = [';', '\t', ','].find((one) => heading.includes(one)) ?? ';';
  const titles = heading.split(delimiter).map((title) => title.replace(/^"|"$/g, '').trim());
  return { firstLines, titles: titles.filter((title) => title !== '') };
}
