import { parseSku, type Sku, toProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { type ChangeSet, makeChangeSet } from '../../domain/reconcile/change-set.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { assertOwnStock } from '../dependencies/assert-own-stock.ts';
import { type ImportProblem, Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productsByFormerNumber } from '../lookup/former-numbers.ts';
import { type FileOptions, type Finder, forFile, nearProducts, problemsIn } from './import-problems.ts';
import type { FormerNumber, ImportOptions, StockImport, StockLine } from './stock-service.ts';

/** A file of so many lines is written in one change; a longer one would fit into no line of a journal. */
export const linesInOneChange = 10_000;
/** So many lines of a longer file are looked at, or written in one change, at a time: as long as whoever ends it waits. */
export const linesAtOnce = 2_500;

/** So many problems are kept to be named; the rest are counted. */
const problemsKept = 100;

/**
 * Takes in a whole stock file or nothing of it. A line that does not do is named, not only the first. A file longer than
 * `linesInOneChange` is checked whole before anything is written, and is then written in several changes: what breaks off
 * in between leaves the lines that `onProgress` told of, and the same file again takes in the rest.
 */
export async function importStock(
  deps: ServiceDependencies,
  lines: readonly StockLine[],
  options: ImportOptions,
): Promise<StockImport> {
  if (!options.dryRun) assertCanWrite(deps);
  assertOwnStock(deps);
  const parts = partsOf(lines);
  if (parts.length > 1) await checkAll(deps, parts, options);
  let [done, sum]: [number, StockImport] = [0, { changed: 0, unchanged: 0, created: 0 }];
  for (const part of parts) {
    let result = sum;
    const decide = async (now: StoreReader) => {
      const { problems, known } = await lookAt(now, part, forFile(options, parts.length > 1));
      if (problems.length > 0) throw refusalOf(problems, problems.length, done);
      result = applyLines(deps, part, known);
      return known.changeSet.changes();
    };
    if (options.dryRun) await decide(deps.store);
    else await deps.store.change(decide);
    sum = added(sum, result);
    done += part.length;
    if (parts.length > 1) await options.onProgress?.(options.dryRun ? 'checked' : 'written', done, lines.length);
  }
  return sum;
}

/** The lines in order, each with its place in the list where the file named none. */
function partsOf(lines: readonly StockLine[]): readonly (readonly StockLine[])[] {
  const parts = [];
  const atOnce = lines.length > linesInOneChange ? linesAtOnce : linesInOneChange;
  for (let start = 0; start < lines.length; start += atOnce)
    parts.push(
      lines.slice(start, start + atOnce).map((line, place) => ({ ...line, line: line.line ?? start + place + 1 })),
    );
  return parts;
}

const added = (sum: StockImport, more: StockImport): StockImport => {
  const formerNumbers = [...(sum.formerNumbers ?? []), ...(more.formerNumbers ?? [])];
  const counts = {
    changed: sum.changed + more.changed,
    unchanged: sum.unchanged + more.unchanged,
    created: sum.created + more.created,
  };
  return formerNumbers.length === 0 ? counts : { ...counts, formerNumbers };
};

const refusalOf = (first: readonly ImportProblem[], count: number, written = 0): Refusal => {
  const about = { problems: String(count), ...(written > 0 && { written: String(written) }) };
  return new Refusal('bad-import', about, first.slice(0, problemsKept));
};

/** Everything that is wrong in all of the file, before the first line of it is written. */
async function checkAll(
  deps: ServiceDependencies,
  parts: readonly (readonly StockLine[])[],
  given: ImportOptions,
): Promise<void> {
  const options = forFile(given);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const first: ImportProblem[] = [];
  let [count, done] = [0, 0];
  for (const part of parts) {
    const { problems } = await lookAt(deps.store, part, options);
    count += problems.length;
    first.push(...problems.slice(0, problemsKept - first.length));
    done += part.length;
    await options.onProgress?.('checked', done, total);
  }
  if (count > 0) throw refusalOf(first, count);
}

/** What the lines mean in what is stored now, and what is wrong with them. */
async function lookAt(now: StoreReader, lines: readonly StockLine[], options: FileOptions) {
  const skus = lines.flatMap(({ sku }) => parseSku(sku) ?? []);
  const distinct = [...new Set(skus)];
  const products = await now.productsBy({ skus: distinct });
  const named = new Set(products.map((product) => product.sku));
  const former = await productsByFormerNumber(
    now,
    distinct.filter((sku) => !named.has(sku)),
  );
  const changeSet = makeChangeSet({ products: [...products, ...[...former.values()].flat()] });
  const find = makeFinder(changeSet, former);
  const near = await nearProducts(now, skus, find, options);
  return { problems: problemsIn(lines, { find, near, options }), known: { changeSet, find } };
}

const makeFinder =
  (changeSet: ChangeSet, former: ReadonlyMap<Sku, readonly Product[]>): Finder =>
  (sku) => {
    const known = changeSet.productsBySku(sku);
    return known.length > 0 ? known : (former.get(sku) ?? []);
  };

function applyLines(
  deps: ServiceDependencies,
  lines: readonly StockLine[],
  { changeSet, find }: { readonly changeSet: ChangeSet; readonly find: Finder },
): StockImport {
  const counts = { changed: 0, unchanged: 0, created: 0 };
  const formerNumbers: FormerNumber[] = [];
  for (const [place, line] of lines.entries()) {
    const sku = parseSku(line.sku);
    if (sku === undefined) continue;
    const [known] = find(sku);
    if (known !== undefined && known.sku !== sku)
      formerNumbers.push({ line: line.line ?? place + 1, sku, now: known.sku });
    const product = known ?? createInWarehouse(deps, sku, changeSet);
    const changed = applyLine(deps, line, product, changeSet);
    counts[known === undefined ? 'created' : changed ? 'changed' : 'unchanged'] += 1;
  }
  return formerNumbers.length === 0 ? counts : { ...counts, formerNumbers };
}

/** Made here and in no shop: it needs no link, and has none (S8). */
function createInWarehouse(deps: ServiceDependencies, sku: Sku, changeSet: ChangeSet): Product {
  const at = deps.clock.now();
  const product: Product = {
    id: toProductId(deps.newId()),
    sku,
    origin: 'warehouse',
    content: { name: sku },
    stock: { onHand: 0, reserved: 0 },
    createdAt: at,
  };
  changeSet.record([{ at, by: deps.actor, type: 'product-created', product }]);
  return product;
}

function applyLine(deps: ServiceDependencies, line: StockLine, product: Product, changeSet: ChangeSet): boolean {
  const at = deps.clock.now();
  const { stock: before, cost } = product;
  const stock = { onHand: line.onHand, reserved: line.reserved ?? before.reserved, at };
  const sameCost = line.cost === undefined || (line.cost.minor === cost?.minor && line.cost.currency === cost.currency);
  if (!sameCost) changeSet.apply({ table: 'products', put: { ...product, cost: line.cost } });
  const sameStock = stock.onHand === before.onHand && stock.reserved === before.reserved && before.at !== undefined;
  if (sameStock) return !sameCost;
  changeSet.record([
    { at, by: deps.actor, type: 'stock-changed', productId: product.id, before, stock, why: 'import' },
  ]);
  return true;
}
