import { looseSku, parseSku, type Sku, toProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { type ChangeSet, makeChangeSet } from '../../domain/reconcile/change-set.ts';
import { isTotalsLine, type Originals, originalsOf, roundedFrom } from '../../domain/warehouse/rewritten-numbers.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { assertOwnStock } from '../dependencies/assert-own-stock.ts';
import { type ImportProblem, Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productsByFormerNumber } from '../lookup/former-numbers.ts';
import type { FormerNumber, StockImport, StockLine } from './stock-service.ts';

/** So many item numbers are looked for that a spreadsheet may have rewritten, and so many found of each. */
const maxRewritten = 100;

type Options = { readonly create: boolean; readonly dryRun: boolean };

/** Takes in a whole stock file or nothing of it. Every line that does not do is named, not only the first. */
export async function importStock(
  deps: ServiceDependencies,
  lines: readonly StockLine[],
  options: Options,
): Promise<StockImport> {
  if (!options.dryRun) assertCanWrite(deps);
  assertOwnStock(deps);
  let result: StockImport = { changed: 0, unchanged: 0, created: 0 };
  const decide = async (now: StoreReader) => {
    const skus = lines.flatMap(({ sku }) => parseSku(sku) ?? []);
    const distinct = [...new Set(skus)];
    const products = await now.productsBy({ skus: distinct });
    const named = new Set(products.map((product) => product.sku));
    const former = await productsByFormerNumber(
      now,
      distinct.filter((sku) => !named.has(sku)),
    );
    const known = [...products, ...[...former.values()].flat()];
    const changeSet = makeChangeSet({ products: known });
    const find = makeFinder(changeSet, former);
    const near = await nearProducts(now, skus, find);
    const problems = problemsIn(lines, { find, near, options });
    if (problems.length > 0) throw new Refusal('bad-import', { problems: String(problems.length) }, problems);
    result = applyLines(deps, lines, { changeSet, find });
    return changeSet.changes();
  };
  if (options.dryRun) await decide(deps.store);
  else await deps.store.change(decide);
  return result;
}

/** The products that an item number means: those that bear it, else those that bore it once. */
type Finder = (sku: Sku) => readonly Product[];

const makeFinder =
  (changeSet: ChangeSet, former: ReadonlyMap<Sku, readonly Product[]>): Finder =>
  (sku) => {
    const known = changeSet.productsBySku(sku);
    return known.length > 0 ? known : (former.get(sku) ?? []);
  };

/** Products that are nearly called so, by the number that nobody has: leading zeros lost, a dash less. */
async function nearProducts(now: StoreReader, skus: readonly Sku[], find: Finder): Promise<ReadonlyMap<Sku, Sku>> {
  const unknown = [...new Set(skus)].filter((sku) => find(sku).length === 0);
  if (unknown.length === 0) return new Map();
  const byLoose = new Map((await now.productsNear(unknown.map(looseSku))).map(({ sku }) => [looseSku(sku ?? ''), sku]));
  const near = new Map<Sku, Sku>();
  let asked = 0;
  for (const sku of unknown) {
    const originals = originalsOf(sku) ?? roundedFrom(sku);
    const isAsked = originals !== undefined && asked < maxRewritten;
    if (isAsked) asked += 1;
    const found = byLoose.get(looseSku(sku)) ?? (isAsked ? await original(now, originals) : undefined);
    if (found !== undefined) near.set(sku, found);
  }
  return near;
}

/** The one product whose item number a spreadsheet, or a program without large numbers, would have written so. */
async function original(now: StoreReader, { texts, digits }: Originals): Promise<Sku | undefined> {
  const found = [...(await now.productsBy({ skus: texts.flatMap((text) => parseSku(text) ?? []) }))];
  if (digits !== undefined) {
    const hits = await now.search({ text: digits.beginning, limit: maxRewritten });
    found.push(...(await now.products(hits.flatMap(({ productId }) => productId ?? []))));
  }
  const meant = found.flatMap((one) => one.sku ?? []).filter((one) => texts.includes(one) || digits?.fits(one));
  const [first, another] = new Set(meant);
  return another === undefined ? first : undefined;
}

type Known = { readonly find: Finder; readonly near: ReadonlyMap<Sku, Sku>; readonly options: Options };

/** What is wrong with an item number that nobody has: never a silent new product where a known one is meant. */
function unknownProblem(sku: Sku, { near, options }: Known): Pick<ImportProblem, 'what' | 'near'> | undefined {
  const meant = near.get(sku);
  if (originalsOf(sku) !== undefined) return { what: 'spreadsheet-number', near: meant };
  if (meant !== undefined) return { what: 'near-product', near: meant };
  if (isTotalsLine(sku)) return { what: 'totals-line', near: undefined };
  return options.create ? undefined : { what: 'unknown-product' };
}

function problemsIn(lines: readonly StockLine[], known: Known): readonly ImportProblem[] {
  const seen = new Set<string>();
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
