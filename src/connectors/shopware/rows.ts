import type { BrokenRow } from '../../ports/shop-connector.ts';
import { cleanLine } from '../clean.ts';
import { readRow, wholeNumber } from '../decode.ts';
import type { HttpResponse } from '../http-response.ts';
import { makeRowCounter } from '../reading/reading-bounds.ts';
import type { Criteria, ShopwareApi } from './api.ts';
import { productCriteria, productSchema, type Row } from './schema.ts';

/** Rows of one answer, and what could not be read of it. */
export type RowPage = {
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenRow[];
  /** How many rows the shop sent, readable or not. */
  readonly sent: number;
  /** The lowest and highest running number among them, readable or not. */
  readonly lowest?: number;
  readonly highest?: number;
  readonly total?: number;
  readonly reply: HttpResponse;
};

/** The most rows that Shopware gives at once; more is an error. */
export const pageSize = 500;

/** What is needed of a row that nobody can read: to go on after it, and to name its product. */
function bareOf(raw: unknown): { readonly number?: number; readonly parentId?: string } {
  if (typeof raw !== 'object' || raw === null) return {};
  const { autoIncrement, parentId } = raw as Readonly<Record<string, unknown>>;
  return {
    number: wholeNumber.safeParse(autoIncrement).data,
    parentId: typeof parentId === 'string' ? cleanLine(parentId) : undefined,
  };
}

export async function searchProducts(
  api: ShopwareApi,
  query: { readonly criteria: Criteria; readonly doing: string },
  signal: AbortSignal,
): Promise<RowPage> {
  // Asked for by ids, Shopware gives all of them: a limit would only be one that the host may not allow.
  const criteria = 'ids' in query.criteria ? query.criteria : { page: 1, limit: pageSize, ...query.criteria };
  const found = await api.search({ entity: 'product', criteria, doing: query.doing }, signal);
  const rows: Row[] = [];
  const broken: BrokenRow[] = [];
  const numbers: number[] = [];
  for (const raw of found.rows) {
    const known = bareOf(raw);
    if (known.number !== undefined) numbers.push(known.number);
    const read = readRow(productSchema, raw);
    if (read.ok) rows.push(read.value);
    else broken.push({ ...read.broken, shopProductId: known.parentId ?? read.broken.shopProductId });
  }
  return {
    rows,
    broken,
    sent: found.rows.length,
    lowest: numbers.length === 0 ? undefined : Math.min(...numbers),
    highest: numbers.length === 0 ? undefined : Math.max(...numbers),
    total: found.total,
    reply: found.reply,
  };
}

/** Rows by their ids, however many are asked for. */
export async function rowsById(
  api: ShopwareApi,
  query: { readonly ids: readonly string[]; readonly criteria?: Criteria; readonly doing: string },
  signal: AbortSignal,
): Promise<{ readonly rows: ReadonlyMap<string, Row>; readonly broken: readonly BrokenRow[] }> {
  const wanted = new Set(query.ids);
  const rows = new Map<string, Row>();
  const broken: BrokenRow[] = [];
  const ids = [...wanted];
  for (let from = 0; from < ids.length; from += pageSize) {
    const criteria = { ...(query.criteria ?? productCriteria), ids: ids.slice(from, from + pageSize) };
    const page = await searchProducts(api, { criteria, doing: query.doing }, signal);
    // A shop that leaves the question out would answer with other products.
    for (const row of page.rows) if (wanted.has(row.id)) rows.set(row.id, row);
    broken.push(...page.broken);
  }
  return { rows, broken };
}

/** All variants of these products, by running number. */
export async function variantsOf(
  api: ShopwareApi,
  query: { readonly parentIds: readonly string[]; readonly doing: string },
  signal: AbortSignal,
): Promise<{ readonly rows: readonly Row[]; readonly broken: readonly BrokenRow[] }> {
  const rows: Row[] = [];
  const broken: BrokenRow[] = [];
  const count = makeRowCounter();
  for (let from = 0; from < query.parentIds.length; from += pageSize) {
    const parentIds = query.parentIds.slice(from, from + pageSize);
    const filter = { type: 'equalsAny', field: 'parentId', value: parentIds.join('|') };
    let after: number | undefined = 0;
    while (after !== undefined) {
      const criteria = { ...productCriteria, ...keyset(after, [filter]) };
      const page: RowPage = await searchProducts(api, { criteria, doing: query.doing }, signal);
      refuseTheSameAgain(api, page, after);
      rows.push(...page.rows.filter((row) => row.parentId !== undefined && parentIds.includes(row.parentId)));
      broken.push(...page.broken);
      const endless = count(page.sent);
      if (endless !== undefined) throw api.trouble('unintelligible', { doing: query.doing, ...endless });
      after = page.sent === 0 ? undefined : page.highest;
    }
  }
  return { rows, broken };
}

/**
 * The rows after a running number. Rows that come later get a higher one and none ever changes, so nothing that is
 * added, edited or deleted meanwhile moves another row out of sight, as page numbers would.
 */
export const keyset = (after: number, filters: readonly Criteria[] = []): Criteria => ({
  filter: [{ type: 'range', field: 'autoIncrement', parameters: { gt: after } }, ...filters],
  sort: [{ field: 'autoIncrement', order: 'ASC' }],
});

/** A cache that answers the same whatever was asked would never end, or end too early. */
export function refuseTheSameAgain(api: ShopwareApi, page: RowPage, after: number): void {
  if (page.sent === 0 || (page.lowest !== undefined && page.lowest > after)) return;
  throw api.trouble('unintelligible', {
    doing: page.reply.doing,
    found: `the shop does not filter by autoIncrement: ${page.lowest ?? 'nothing'} is not after ${after}`,
    distrusted: true,
  });
}

/** A variant with what it takes from its product. Text and flags that it holds itself are its own. */
const inherit = (row: Row, parent: Row): Row => ({
  ...row,
  active: row.active ?? parent.active,
  name: row.name ?? parent.name,
  translated: {
    name: row.translated?.name ?? parent.translated?.name,
    description: row.translated?.description ?? parent.translated?.description,
  },
  isCloseout: row.isCloseout ?? parent.isCloseout,
  releaseDate: row.releaseDate ?? parent.releaseDate,
  price: row.price ?? parent.price,
  cover: row.cover ?? parent.cover,
  visibilities:
    row.visibilities === undefined || row.visibilities.length === 0 ? parent.visibilities : row.visibilities,
});

/**
 * Variants that still say nothing of whether they are active: the header that asks for what they inherit got lost on
 * the way. Their products are asked then.
 */
export async function withInherited(
  api: ShopwareApi,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const bareOnes = rows.flatMap((row) =>
    row.active === undefined && row.parentId !== undefined ? [row.parentId] : [],
  );
  if (bareOnes.length === 0) return rows;
  const known = new Map(rows.map((row) => [row.id, row]));
  const missing = bareOnes.filter((id) => !known.has(id));
  const asked = await rowsById(api, { ids: missing, doing: 'reading the products of variants' }, signal);
  return rows.map((row) => {
    const parentId = row.parentId ?? '';
    const parent = row.active === undefined ? (known.get(parentId) ?? asked.rows.get(parentId)) : undefined;
    return parent === undefined ? row : inherit(row, parent);
  });
}

/**
 * Variants that have no barcode of their own show their product's, so that all of them would carry one GTIN: it is
 * told of the product alone.
 */
export async function withOwnBarcodes(
  api: ShopwareApi,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const barcodes = new Map(rows.map((row) => [row.id, row.ean]));
  const coded = rows.flatMap((row) => (row.ean === undefined || row.parentId === undefined ? [] : [row.parentId]));
  const ids = coded.filter((id) => !barcodes.has(id));
  const criteria = { includes: { product: ['id', 'ean'] } };
  const asked = await rowsById(api, { ids, criteria, doing: 'reading the products of variants' }, signal);
  for (const [id, row] of asked.rows) barcodes.set(id, row.ean);
  const borrowed = (row: Row): boolean => row.parentId !== undefined && row.ean === barcodes.get(row.parentId);
  return rows.map((row) => (borrowed(row) ? { ...row, ean: undefined } : row));
}
