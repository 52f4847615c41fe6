import { parseSku, type Sku } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { isTotalsLine, originalsOf } from '../../domain/warehouse/rewritten-numbers.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ImportProblem } from '../dependencies/refusal.ts';
import { maxRewritten, nearNumbers, type RewrittenLeft } from './near-numbers.ts';
import type { ImportOptions, StockLine } from './stock-service.ts';

/** What is asked, and what is remembered from one part of a file to the next. */
export type FileOptions = ImportOptions & {
  /** For the whole file: item numbers seen, and what is left of the look-ups. */
  readonly file: RewrittenLeft & { readonly seen: Set<string> };
  /** The whole file was looked at before: what it has made itself since is nothing that another line may have meant. */
  readonly isChecked: boolean;
};

export const forFile = (options: ImportOptions, isChecked = false): FileOptions => ({
  ...options,
  isChecked,
  file: { seen: new Set(), rewrittenLeft: maxRewritten },
});

/** The products that an item number means: those that bear it, else those that bore it once. */
export type Finder = (sku: Sku) => readonly Product[];

/** Products that are nearly called so, where nobody has the number and the file was not looked at before. */
export async function nearProducts(
  now: StoreReader,
  skus: readonly Sku[],
  find: Finder,
  { file, isChecked }: FileOptions,
): Promise<ReadonlyMap<Sku, Sku>> {
  const unknown = isChecked ? [] : [...new Set(skus)].filter((sku) => find(sku).length === 0);
  return nearNumbers(now, unknown, file);
}

type Known = { readonly find: Finder; readonly near: ReadonlyMap<Sku, Sku>; readonly options: FileOptions };

/** What is wrong with an item number that nobody has: never a silent new product where a known one is meant. */
function unknownProblem(sku: Sku, { near, options }: Known): Pick<ImportProblem, 'what' | 'near'> | undefined {
  const meant = near.get(sku);
  if (originalsOf(sku) !== undefined) return { what: 'spreadsheet-number', near: meant };
  if (meant !== undefined) return { what: 'near-product', near: meant };
  if (isTotalsLine(sku)) return { what: 'totals-line', near: undefined };
  return options.create ? undefined : { what: 'unknown-product' };
}

/** Everything that is wrong with some lines. */
export function problemsIn(lines: readonly StockLine[], known: Known): readonly ImportProblem[] {
  const { seen } = known.options.file;
  return lines.flatMap((given, place) => {
    const line = given.line ?? place + 1;
    const problems = numberProblems(given, line);
    const sku = parseSku(given.sku);
    if (sku === undefined) return [...problems, { line, column: 'sku', what: 'sku-missing' }];
    const meant = known.find(sku);
    const found = meant.length;
    // The old and the new number of one product are one line twice.
    const named = found === 1 ? (meant[0]?.id ?? sku) : sku;
    if (seen.has(named)) problems.push({ line, column: 'sku', what: 'sku-twice', value: sku });
    seen.add(named);
    const unknown = found === 0 ? unknownProblem(sku, known) : undefined;
    if (unknown !== undefined) problems.push({ line, column: 'sku', value: sku, ...unknown });
    if (found > 1) problems.push({ line, column: 'sku', what: 'several-products', value: sku });
    return problems;
  });
}

function numberProblems({ onHand, reserved }: StockLine, line: number): ImportProblem[] {
  const problems: ImportProblem[] = [];
  if (!Number.isSafeInteger(onHand)) {
    problems.push({ line, column: 'onHand', what: 'not-a-whole-number', value: String(onHand) });
  }
  if (reserved !== undefined && (!Number.isSafeInteger(reserved) || reserved < 0)) {
    problems.push({ line, column: 'reserved', what: 'not-a-whole-number', value: String(reserved) });
  }
  return problems;
}
