import { minorDigits } from '../../../domain/money.ts';
import type { Money } from '../../../domain/product.ts';
import { isUnclear, plainNumber, withoutPieces } from '../../../files/plain-number.ts';
import { lesserStockColumns, stockColumns } from '../../../files/stock-columns.ts';
import type { ColumnNames, TableLine } from '../../../files/table.ts';
import { type ImportProblem, Refusal } from '../../../services/dependencies/refusal.ts';
import type { StockLine } from '../../../services/stock/stock-service.ts';
import { number } from '../../../views/format/numbers.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { encodingNote, readTable } from '../../files/csv-file.ts';
import { readObjects } from '../../files/json-file.ts';
import { jsonDocument } from '../../output/json.ts';
import { importMeter } from './import-meter.ts';

const names: ColumnNames = {
  ...stockColumns,
  cost: ['cost', 'cost price', 'kost', 'kostpris'],
  currency: ['currency', 'valuta'],
};

type Read<Value> = { readonly value?: Value; readonly problem?: Omit<ImportProblem, 'line'> };

/** A whole number of pieces. A decimal sign of either language is refused: stock is not measured in halves. */
export function readPieces(column: string, text: string | undefined): Read<number> {
  if (text === undefined || text === '') return {};
  if (isUnclear(text)) return { problem: { column, what: 'unclear-thousands', value: text } };
  const plain = plainNumber(withoutPieces(text));
  const whole = /^(-?\d{1,9})(?:\.0+)?$/.exec(plain ?? '')?.[1];
  // "-0" is nought.
  if (whole !== undefined) return { value: Number(whole) + 0 };
  const isDecimal = plain?.includes('.') ?? /^-?\d+[.,]\d+$|[¼½¾]$/.test(text);
  return { problem: { column, what: isDecimal ? 'decimal-number' : 'not-a-whole-number', value: text } };
}

/** An amount such as "12,50", "1.234,50" or "1 234.50"; as many decimals as the currency has, and no more. */
export function readAmount(column: string, text: string | undefined, currency: string): Read<Money> {
  if (text === undefined || text === '') return {};
  const digits = minorDigits(currency);
  const isGrouped = /^\d{1,3}(\.\d{3})+(,\d{1,3})?$/.test(text) && !(digits === 3 && /^\d{1,3}\.\d{3}$/.test(text));
  const parts = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(
    isGrouped ? text.replaceAll('.', '') : (plainNumber(text) ?? text),
  );
  const [whole, part = ''] = [parts?.[1], parts?.[2]];
  if (whole === undefined || part.length > digits) return { problem: { column, what: 'not-an-amount', value: text } };
  return { value: { minor: Number(whole + part.padEnd(digits, '0')), currency } };
}

const readLine = ({ line, cells }: TableLine): { stock?: StockLine; problems: readonly ImportProblem[] } => {
  const onHand = readPieces('onHand', cells.onHand);
  const reserved = readPieces('reserved', cells.reserved);
  const cost = readAmount('cost', cells.cost, cells.currency || 'DKK');
  const sku = cells.sku ?? '';
  const problems: Omit<ImportProblem, 'line'>[] = [];
  if (sku === '') problems.push({ column: 'sku', what: 'sku-missing' });
  if (onHand.value === undefined && onHand.problem === undefined)
    problems.push({ column: 'onHand', what: 'value-missing' });
  for (const read of [onHand, reserved, cost]) if (read.problem !== undefined) problems.push(read.problem);
  if (reserved.value !== undefined && reserved.value < 0)
    problems.push({ column: 'reserved', what: 'negative', value: String(reserved.value) });
  if (problems.length > 0 || onHand.value === undefined) return { problems: problems.map((one) => ({ line, ...one })) };
  return { stock: { sku, onHand: onHand.value, reserved: reserved.value, cost: cost.value, line }, problems: [] };
};

/** Stock lines out of the lines of a file, and everything that is wrong with them. The same item number twice is wrong. */
export function stockLines(table: readonly TableLine[]): {
  readonly lines: readonly StockLine[];
  readonly problems: readonly ImportProblem[];
} {
  const read = table.map((line) => ({ at: line.line, ...readLine(line) }));
  const seen = new Map<string, number>();
  const twice: ImportProblem[] = [];
  for (const { at, stock } of read) {
    if (stock === undefined) continue;
    if (seen.has(stock.sku)) twice.push({ line: at, column: 'sku', what: 'sku-twice', value: stock.sku });
    seen.set(stock.sku, at);
  }
  const problems = [...read.flatMap((one) => one.problems), ...twice].sort((a, b) => a.line - b.line);
  return { lines: read.flatMap(({ stock }) => (stock === undefined ? [] : [stock])), problems };
}

type ImportOptions = { readonly create?: boolean; readonly dryRun?: boolean };

const importFile: CommandHandler<Session, ImportOptions> = async (session, [file = ''], options) => {
  const { services, out, words } = session;
  const read = /\.json$/i.test(file) ? readObjects : readTable;
  const meter = importMeter(session);
  const table = await read(
    file,
    { names, lesser: lesserStockColumns, needed: ['sku', 'onHand'] },
    words,
    meter.reading,
  ).finally(meter.end);
  const encoding = encodingNote(table, words);
  if (encoding !== undefined) out.note(encoding);
  const { lines, problems } = stockLines(table.lines);
  const all = [...table.problems, ...problems].sort((a, b) => a.line - b.line);
  if (all.length > 0) throw new Refusal('bad-import', { file }, all);
  const dryRun = options.dryRun === true;
  const { onProgress } = meter;
  const asked = { create: options.create === true, dryRun, onProgress };
  const result = await services.stock.import(lines, asked).catch(meter.brokenOff).finally(meter.end);
  if (session.format === 'json') {
    out.data(jsonDocument('stock-import', { file, dryRun, lines: lines.length, ...result }));
    return exit.ok;
  }
  const figures = [result.changed, result.unchanged, result.created].map((value) => number(value, words));
  const [changed = '', unchanged = '', created = ''] = figures;
  out.say(words.cli.imported({ changed, unchanged, created }));
  for (const { line, sku, now } of result.formerNumbers ?? [])
    out.say(words.cli.formerNumber(String(line), sku, now ?? words.domain.noItemNumber));
  if (dryRun) out.say(words.cli.dryRun);
  return exit.ok;
};

/** `stock import`: the figures of a file. */
export const stockImportCommand = defineCommand({
  name: 'stock import',
  help: 'stockImport',
  arguments: [{ name: '<file>', help: 'stockFile' }],
  options: [
    { flags: '--create', help: 'createProducts' },
    { flags: '--dry-run', help: 'dryRun' },
  ],
  run: importFile,
  examples: ['bindeled stock import lager.csv --dry-run', 'bindeled stock import lager.csv --create'],
});
