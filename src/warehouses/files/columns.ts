import type { Instant } from '../../domain/ids.ts';
import { brokenIn, type StockFileFault } from '../../domain/warehouse/file-fault.ts';
import { isExponent, isFailedFormula, isTotalsLine } from '../../domain/warehouse/rewritten-numbers.ts';
import { type StockLevel, toWarehouseKey, type WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import { isUnclear, plainNumber, withoutPieces } from '../../files/plain-number.ts';
import { lesserStockColumns, stockColumns } from '../../files/stock-columns.ts';
import type { ColumnNames, Columns, TableLine } from '../../files/table.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';

/** What a column may be called where nobody has said which it is: as warehouses and suppliers name them. */
const usual: ColumnNames = {
  ...stockColumns,
  available: ['available', 'available to sell', 'til salg', 'disponibel', 'disponibelt'],
  location: ['location', 'location code', 'lokation', 'placering', 'lagersted'],
  barcode: ['ean', 'gtin', 'barcode', 'stregkode'],
  name: ['name', 'description', 'navn', 'varenavn', 'beskrivelse'],
};

/** The columns that a person may name. */
export const columnOptions = ['sku', 'onHand', 'reserved', 'available', 'location', 'barcode', 'name'] as const;
export type ColumnOption = (typeof columnOptions)[number];

/** The titles to look for: the one that was named, else the usual ones. */
export const columnsFor = (named: Readonly<Partial<Record<ColumnOption, string>>>): Columns => ({
  names: Object.fromEntries(
    columnOptions.map((column) => {
      const title = named[column];
      return [column, title === undefined ? (usual[column] ?? []) : [title]];
    }),
  ),
  lesser: lesserStockColumns.filter(({ column }) => !Object.hasOwn(named, column)),
  needed: ['sku'],
});

/** What a whole file says, or everything that is wrong with it. */
export type FileContent = {
  readonly products: readonly WarehouseProduct[];
  readonly levels: readonly StockLevel[];
  readonly broken: readonly BrokenRow[];
};

type Entry = {
  readonly line: number;
  readonly sku: string;
  readonly level: StockLevel;
  readonly cells: TableLine['cells'];
};

/** A figure with two decimals at most; "1.000" may be a thousand or one, and is refused. */
function figure(text: string | undefined): number | 'unreadable' | undefined {
  if (text === undefined || text === '') return undefined;
  const plain = plainNumber(withoutPieces(text));
  // "-0" is nought.
  return plain !== undefined && /^-?\d{1,9}(?:\.|$)/.test(plain) ? Number(plain) + 0 : 'unreadable';
}

/** Reads all lines of a file. One bad line, and nothing of the file is taken. */
export function contentOf(file: string, lines: readonly TableLine[], asOf: Instant): FileContent {
  const read = lines.map((line) => entryOf(file, line, asOf));
  const entries = read.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const broken = [...read.flatMap((one) => ('broken' in one ? [one.broken] : [])), ...repeated(file, entries)];
  if (broken.length > 0) return { products: [], levels: [], broken };
  const bySku = Map.groupBy(entries, ({ sku }) => sku);
  return {
    products: [...bySku].map(([sku, own]) => productOf(file, sku, own)),
    levels: entries.map(({ level }) => level),
    broken: [],
  };
}

function entryOf(
  file: string,
  { line, cells }: TableLine,
  asOf: Instant,
): { readonly entry: Entry } | { readonly broken: BrokenRow } {
  const wrong = (column: string, what: StockFileFault, value?: string) => ({
    broken: brokenIn({ file, line, column, what, value }),
  });
  const sku = cells.sku ?? '';
  if (sku === '') return wrong('sku', 'sku-missing');
  // A product would be made of it where the warehouse decides which there are, and nobody looks.
  if (isTotalsLine(sku)) return wrong('sku', 'totals-line', sku);
  if (isFailedFormula(sku) || (/E\+/.test(sku) && isExponent(sku))) return wrong('sku', 'spreadsheet-number', sku);
  const read = { onHand: figure(cells.onHand), reserved: figure(cells.reserved), available: figure(cells.available) };
  for (const [column, value] of Object.entries(read))
    if (value === 'unreadable')
      return wrong(column, isUnclear(cells[column] ?? '') ? 'unclear-thousands' : 'not-a-figure', cells[column]);
  const { onHand, available, reserved = 0 } = read as Partial<Record<keyof typeof read, number>>;
  const lies = onHand ?? (available === undefined ? undefined : available + reserved);
  if (lies === undefined) return wrong('onHand', 'value-missing');
  const level = {
    key: toWarehouseKey(sku),
    location: cells.location || undefined,
    onHand: lies,
    reserved,
    available: available ?? lies - reserved,
    asOf,
  };
  return { entry: { line, sku, level, cells } };
}

/** One item number twice is right only where each line names another location. */
function repeated(file: string, entries: readonly Entry[]): readonly BrokenRow[] {
  const seen = new Set<string>();
  return entries.flatMap(({ line, sku, level }) => {
    const place = JSON.stringify([sku, level.location]);
    if (!seen.has(place)) {
      seen.add(place);
      return [];
    }
    return [{ shopProductId: sku, ...brokenIn({ file, line, column: 'sku', what: 'sku-twice', value: sku }) }];
  });
}

function productOf(file: string, sku: string, entries: readonly Entry[]): WarehouseProduct {
  const sum = (of: (level: StockLevel) => number): number =>
    entries.reduce((total, { level }) => total + Math.round(of(level) * 100), 0) / 100;
  const first = entries[0];
  const [barcode, name] = ['barcode', 'name'].map((column) => first?.cells[column] || undefined);
  const level = first && {
    key: toWarehouseKey(sku),
    onHand: sum(({ onHand }) => onHand),
    reserved: sum(({ reserved }) => reserved),
    available: sum(({ available }) => available),
    asOf: first.level.asOf,
  };
  const parts = entries.flatMap(({ level: part }) => (part.location === undefined ? [] : [part]));
  const inFile = first && { file, line: first.line };
  return { key: toWarehouseKey(sku), sku, barcode, name, level, parts, inFile };
}
