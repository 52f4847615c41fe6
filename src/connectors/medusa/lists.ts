import type { Instant } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { readRow, readRows } from '../decode.ts';
import { toldLocations } from '../driver-parts/locations/told-locations.ts';
import { listStart, type OffsetPlace, offsetPage, rawId } from '../driver-parts/offset-pages.ts';
import { readVariantRows } from '../driver-parts/rows/variant-rows.ts';
import { makeRowCounter } from '../reading/reading-bounds.ts';
import type { MedusaApi, Query } from './api.ts';
import { allLocations } from './locations.ts';
import { type Context, parentListing, variantListing } from './map.ts';
import {
  orderListSchema,
  productListSchema,
  productSchema,
  variantListSchema,
  variantSchema,
  variantWithProductSchema,
} from './wire.ts';

/** The lists there are, and how each is read: the same three parts of a body under a name of their own. */
const kinds = {
  products: {
    path: 'products',
    schema: productListSchema.transform(({ products, count }) => ({ rows: products, total: count })),
  },
  variants: {
    path: 'product-variants',
    schema: variantListSchema.transform(({ variants, count }) => ({ rows: variants, total: count })),
  },
  orders: {
    path: 'orders',
    schema: orderListSchema.transform(({ orders, count }) => ({ rows: orders, total: count })),
  },
} as const;

export type List = {
  readonly kind: keyof typeof kinds;
  readonly fields: string;
  readonly filter?: Query;
  readonly order?: string;
  readonly limit: number;
  readonly doing: string;
};

type RawPage = {
  readonly rows: readonly unknown[];
  readonly next?: OffsetPlace;
  readonly total?: number;
  readonly asOf: Instant;
};

const textIn = (row: unknown, field: string): string => {
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined;
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
};

/** One page of a list by position, as `offsetPage` reads it. Medusa has no "after this row": `id[$gt]` is refused. */
export async function listPage(api: MedusaApi, list: List, place: OffsetPlace, signal: AbortSignal): Promise<RawPage> {
  const { kind, fields, filter = {}, order = 'id', limit, doing } = list;
  const { path, schema } = kinds[kind];
  const ask = async (offset: number) => {
    const query = { ...filter, fields, order, limit: String(limit), offset: String(offset) };
    const { data, asOf } = await api.ask({ path, query, schema, doing }, signal);
    return { ...data, asOf };
  };
  const stuck = (found: string) => api.trouble('unintelligible', { doing, found, distrusted: true });
  const { answer, fresh, next } = await offsetPage({ ask, keyOf: rawId, stuck }, place);
  return { rows: fresh, next, total: answer.total, asOf: answer.asOf };
}

/**
 * All rows that carry one of a few texts, in one go. Each is looked at: a filter that Medusa does not know is left out
 * without a word, and everything comes.
 */
export async function rowsWith(
  api: MedusaApi,
  list: Omit<List, 'filter'>,
  wanted: { readonly field: string; readonly values: readonly string[] },
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const { field, values } = wanted;
  const rows: unknown[] = [];
  const count = makeRowCounter();
  let place: OffsetPlace | undefined = listStart;
  while (place !== undefined) {
    const page: RawPage = await listPage(api, { ...list, filter: { [field]: values } }, place, signal);
    // A row whose id nobody can read is told as such, and may well be one that was asked for.
    const stranger = page.rows.find(
      (row) => !values.includes(textIn(row, field)) && (field !== 'id' || rawId(row) !== ''),
    );
    if (stranger !== undefined) {
      const found = `the shop does not filter by ${field}: ${rawId(stranger)} was not asked for`;
      throw api.trouble('unintelligible', { doing: list.doing, found, distrusted: true });
    }
    rows.push(...page.rows);
    const endless = count(page.rows.length);
    if (endless !== undefined) throw api.trouble('unintelligible', { doing: list.doing, ...endless });
    place = page.next;
  }
  return rows;
}

export type Mapped = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

/** A product's row as its listings: itself where it has several variants, and each of them. */
export function listingsOfProduct(row: unknown, context: Context): Mapped {
  const read = readRow(productSchema, row);
  if (!read.ok) return { listings: [], broken: [read.broken] };
  const { variants, ...product } = read.value;
  const { rows, broken } = readRows(variantSchema, variants);
  const own = variants.length === 1 ? [] : [parentListing(product, context)];
  const ofVariants = rows.map((variant) => variantListing(variant, product, context));
  return { listings: [...own, ...ofVariants], broken: broken.map((one) => ({ ...one, shopProductId: product.id })) };
}

/** Rows of the list of all variants, each with its product, as listings. */
export function listingsOfVariants(rows: readonly unknown[], context: Context): Mapped {
  const read = readVariantRows(variantWithProductSchema, rows, 'product_id');
  return {
    listings: read.rows.map(({ product, ...variant }) => variantListing(variant, product, context)),
    broken: read.broken,
  };
}

/** What rows are read with, the locations that are told a figure among it. */
export async function contextOf(api: MedusaApi, signal: AbortSignal): Promise<Context> {
  const told = await toldLocations(api, (waiting) => allLocations(api, waiting), signal);
  return { shop: api.shop, options: api.options, seenAt: api.clock.now(), told };
}
