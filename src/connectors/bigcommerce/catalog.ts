import type { BrokenRow } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRow, readRows } from '../decode.ts';
import { keyIn } from '../driver-parts/rows/key-in.ts';
import type { HttpResponse } from '../http-response.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { type Product, productSchema, type Variant, variantSchema } from './schema.ts';

/** A product with those of its variants that can be read. */
export type Family = {
  readonly product: Product;
  readonly variants: readonly Variant[];
  /** Customers must choose a variant: the product itself is not what is sold. */
  readonly complex: boolean;
};

export type FamilyPage = {
  readonly families: readonly Family[];
  readonly broken: readonly BrokenRow[];
  readonly sent: number;
  /** As many rows as were asked for: there may be more. */
  readonly isFull: boolean;
  /** The lowest and highest product id among them, readable or not. */
  readonly lowest?: number;
  readonly highest?: number;
  readonly total?: number;
  readonly reply: HttpResponse;
};

/** A page holds all variants of its products, which can be many: less than the 250 that are allowed. */
const pageSize = 100;

const doing = 'reading products';

/** A product and its variants out of one row; variants that nobody can read are named and left out. */
export function familyOf(product: Product): { readonly family: Family; readonly broken: readonly BrokenRow[] } {
  const { rows: variants, broken } = readRows(variantSchema, product.variants ?? []);
  // Its only variant, and that without a choice: one that nobody can read may have one.
  const [only] = variants;
  const single = product.variants?.length === 1 && only !== undefined && (only.option_values ?? []).length === 0;
  // Only a simple product has a base variant.
  const complex = product.base_variant_id === undefined && !single;
  return {
    family: { product, variants, complex },
    broken: broken.map((row) => ({ ...row, shopProductId: product.id, where: `variants.${row.where}` })),
  };
}

/** A page that grew larger than the shop answers, as its products have very many variants. */
const isTooBig = (error: unknown): boolean => error instanceof ShopError && error.detail.status === 413;

/** The products after an id, with their variants; fewer of them where a whole page would be too big. */
export async function familiesAfter(
  api: BigCommerceApi,
  request: { readonly after: number; readonly query?: Readonly<Record<string, string>>; readonly doing: string },
  signal: AbortSignal,
): Promise<FamilyPage> {
  const usual = Number(request.query?.limit ?? pageSize);
  for (let limit = usual; ; limit = Math.ceil(limit / 4)) {
    const query = { ...request.query, 'id:greater': String(request.after), limit: String(limit) };
    try {
      return await listFamilies(api, { query, doing: request.doing }, signal);
    } catch (error) {
      if (!isTooBig(error) || limit === 1) throw error;
    }
  }
}

/** One page of products with their variants. */
export async function listFamilies(
  api: BigCommerceApi,
  request: { readonly query: Readonly<Record<string, string>>; readonly doing?: string },
  signal: AbortSignal,
): Promise<FamilyPage> {
  const query = {
    limit: String(pageSize),
    sort: 'id',
    direction: 'asc',
    include: 'variants,primary_image',
    ...request.query,
  };
  const question = { path: 'v3/catalog/products', query, doing: request.doing ?? doing, scope: scopes.products };
  const answer = await api.list(question, signal);
  const families: Family[] = [];
  const broken: BrokenRow[] = [];
  for (const row of answer.rows) {
    const read = readRow(productSchema, row);
    if (!read.ok) {
      broken.push(read.broken);
      continue;
    }
    const parsed = familyOf(read.value);
    families.push(parsed.family);
    broken.push(...parsed.broken);
  }
  const ids = answer.rows.flatMap((row) => keyIn(row) ?? []);
  return {
    families,
    broken,
    sent: answer.rows.length,
    isFull: answer.rows.length >= Number(query.limit),
    lowest: ids.length === 0 ? undefined : Math.min(...ids),
    highest: ids.length === 0 ? undefined : Math.max(...ids),
    total: answer.total,
    reply: answer.reply,
  };
}

/** Products by their ids, however many are asked for. */
export async function familiesById(
  api: BigCommerceApi,
  request: {
    readonly ids: readonly string[];
    readonly query?: Readonly<Record<string, string>>;
    readonly doing: string;
  },
  signal: AbortSignal,
): Promise<{ readonly families: ReadonlyMap<string, Family>; readonly broken: readonly BrokenRow[] }> {
  const families = new Map<string, Family>();
  const broken: BrokenRow[] = [];
  const ask = async (ids: readonly string[]): Promise<void> => {
    try {
      const query = { ...request.query, 'id:in': ids.join(','), limit: String(pageSize) };
      const page = await listFamilies(api, { query, doing: request.doing }, signal);
      // A shop that leaves the question out would answer with other products.
      for (const family of page.families) if (ids.includes(family.product.id)) families.set(family.product.id, family);
      broken.push(...page.broken);
    } catch (error) {
      if (!isTooBig(error) || ids.length === 1) throw error;
      const middle = Math.ceil(ids.length / 2);
      await ask(ids.slice(0, middle));
      await ask(ids.slice(middle));
    }
  };
  const ids = [...new Set(request.ids)];
  for (let from = 0; from < ids.length; from += pageSize) await ask(ids.slice(from, from + pageSize));
  return { families, broken };
}

/** A cache that answers the same whatever was asked would never end, or end too early. */
export function refuseTheSameAgain(api: BigCommerceApi, page: FamilyPage, after: number): void {
  // A last page of which nobody can read whose its rows are: they are told, and the reading is over.
  const isLast = page.lowest === undefined && !page.isFull;
  if (isLast || (page.lowest !== undefined && page.lowest > after)) return;
  throw api.trouble('unintelligible', {
    doing: page.reply.doing,
    found: `the shop does not filter by id: ${page.lowest ?? 'nothing'} is not after ${after}`,
    distrusted: true,
  });
}
