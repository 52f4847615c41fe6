import { z } from 'zod';
import { type Instant, later, parseSku } from '../../domain/ids.ts';
import type { BrokenRow, ListingPage, StockPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { toldLocations } from '../driver-parts/locations/told-locations.ts';
import { ownSku } from '../driver-parts/own-identifiers.ts';
import type { BigCommerceApi } from './api.ts';
import { type Family, type FamilyPage, familiesAfter, refuseTheSameAgain } from './catalog.ts';
import { type Figures, figuresAt, locationOption, locationsInUse, type ShopFigures } from './locations.ts';
import { type Context, listingsOf, refOf, sellableOf, stockOf } from './map.ts';

const cursorSchema = z.object({
  /** The highest product id so far. Later products have higher ones, so nothing moves out of sight meanwhile. */
  after: z.number().int().min(0),
  since: z.string().optional(),
  total: z.number().optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** A cursor that cannot be read, or is another request's, means the first page. */
function placeOf(text: string | undefined, since?: Instant): Cursor {
  const read = readCursor(cursorSchema, text);
  return read !== undefined && read.since === since ? read : { after: 0, since };
}

/** Whole seconds with a zone: where the time is missing, BigCommerce takes the time of day of the question. */
const bound = (since: Instant): string => `${later(since, -1000).slice(0, 19)}+00:00`;

type Part = { readonly cursor: Cursor; readonly query?: Readonly<Record<string, string>>; readonly doing: string };

/** Only a page without products ends a reading, or one of which nobody can tell where it goes on. */
async function nextFamilies(
  api: BigCommerceApi,
  { cursor, query, doing }: Part,
  signal: AbortSignal,
): Promise<{ readonly page: FamilyPage; readonly next?: string; readonly total?: number }> {
  const page = await familiesAfter(api, { after: cursor.after, query, doing }, signal);
  refuseTheSameAgain(api, page, cursor.after);
  const total = cursor.after === 0 ? page.total : cursor.total;
  const { highest: after } = page;
  const next = after === undefined ? undefined : JSON.stringify({ after, since: cursor.since, total });
  return { page, next, total };
}

/**
 * What lies of these products at the chosen location, or at each that is told a figure; the catalog tells the default
 * one by itself.
 */
export async function chosenFigures(
  api: BigCommerceApi,
  request: { readonly families: readonly Family[]; readonly doing: string },
  signal: AbortSignal,
): Promise<{ readonly figures?: ShopFigures; readonly broken: readonly BrokenRow[] }> {
  const location = api.shop.options[locationOption];
  const counted = request.families.filter(({ product }) => product.inventory_tracking !== 'none');
  const told = await toldLocations(api, (waiting) => locationsInUse(api, waiting), signal);
  if ((location === undefined && told === undefined) || counted.length === 0) return { broken: [] };
  const ids = counted.map(({ product }) => product.id);
  const read = (at: string) =>
    figuresAt(api, { location: at, filter: 'product_id:in', ids, doing: request.doing }, signal);
  if (told === undefined) {
    const found = await read(location ?? '');
    // A location that is gone has nothing: what lies elsewhere is not told in its place.
    return { figures: { chosen: found?.figures ?? new Map() }, broken: found?.broken ?? [] };
  }
  const byLocation = new Map<string, Figures>();
  const broken: BrokenRow[] = [];
  for (const id of told) {
    const found = await read(id);
    if (found !== undefined) byLocation.set(id, found.figures);
    broken.push(...(found?.broken ?? []));
  }
  return { figures: { byLocation }, broken };
}

export const contextOf = (api: BigCommerceApi, figures?: ShopFigures): Context => ({
  shop: api.shop,
  storeHash: api.storeHash,
  seenAt: api.clock.now(),
  figures,
});

/** One page of everything, or of the products edited at or after a moment, each with all its variants. */
export async function listingPage(
  api: BigCommerceApi,
  request: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const { since } = request;
  const doing = since === undefined ? 'reading products' : 'reading changes';
  const query: Record<string, string> = since === undefined ? {} : { 'date_modified:min': bound(since) };
  const cursor = placeOf(request.cursor, since);
  const { page, next, total } = await nextFamilies(api, { cursor, query, doing }, signal);
  if (since !== undefined) refuseIgnoredFilter(api, page, later(since, -1000));
  const { figures, broken } = await chosenFigures(api, { families: page.families, doing: 'reading stock' }, signal);
  const context = contextOf(api, figures);
  return {
    listings: page.families.flatMap((family) => listingsOf(family, context)),
    broken: [...page.broken, ...broken],
    next,
    total,
    asOf: page.reply.date ?? api.clock.now(),
  };
}

function refuseIgnoredFilter(api: BigCommerceApi, { families }: FamilyPage, since: Instant): void {
  const wholeSecond = `${since.slice(0, 19)}.000Z`;
  const older = families.find(
    ({ product }) => product.date_modified !== undefined && product.date_modified < wholeSecond,
  );
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.product.id);
}

/** One page of stock alone: neither an order nor an edited variant moves a product's date. */
export async function stockPage(
  api: BigCommerceApi,
  request: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const cursor = placeOf(request.cursor);
  const query = { include: 'variants', exclude_fields: 'description', limit: '250' };
  const { page, next } = await nextFamilies(api, { cursor, query, doing: 'reading stock' }, signal);
  const { figures, broken } = await chosenFigures(api, { families: page.families, doing: 'reading stock' }, signal);
  const { shop } = api;
  return {
    rows: page.families.flatMap((family) => {
      const { product, variants, complex } = family;
      if (sellableOf(family, variants[0]) !== 'unit') return [];
      return complex
        ? variants.map((variant) => ({
            ref: refOf(shop, product.id, variant.id),
            sku: ownSku(variant.sku, product.sku),
            stock: stockOf(family, variant, figures),
          }))
        : [
            {
              ref: refOf(shop, product.id),
              sku: parseSku(variants[0]?.sku ?? product.sku ?? ''),
              stock: stockOf(family, undefined, figures),
            },
          ];
    }),
    broken: [...page.broken, ...broken],
    next,
    asOf: page.reply.date ?? api.clock.now(),
  };
}
