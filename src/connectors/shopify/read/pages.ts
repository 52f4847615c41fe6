import type { z } from 'zod';
import type { Instant } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { BrokenRow, ListingPage, PageRequest } from '../../../ports/shop-connector.ts';
import { alsoAt, changedProducts } from '../documents.ts';
import { toVariantListing } from '../map.ts';
import { wireChangedProducts, wireProductWithVariants, wireVariant, wireVariantWithProduct } from '../schema.ts';
import { counted, cursorOf, locationsOf, type Place, placeOf } from './cursor.ts';
import { filePage } from './file-pages.ts';
import { allPages, lastNumber, nextCursor } from './next-page.ts';
import { isFileSized, order } from './ordered-file.ts';
import * as asking from './query-listings.ts';
import { readNodes } from './read-nodes.ts';
import { atOrAfter } from './search.ts';
import { parentOf, variantListings } from './variant-listings.ts';

type Changes = { readonly place: Place; readonly since: Instant };
type WireChanged = z.infer<typeof wireProductWithVariants>;

/** Changed products asked for before the shop has said what they cost, and variants that come with each. */
const productsAtFirst = 20;
const variantsAtOnce = 20;

/**
 * One page of everything. A reading of changes has two parts: products that changed, with all their variants
 * (a new status moves the product's date and no variant's), then variants that changed although their product
 * did not. A cursor of another question starts the reading over: reading twice does no harm, reading half does.
 */
export async function readPage(
  context: asking.ReadContext & { readonly clock: Clock },
  request: PageRequest,
  signal: AbortSignal,
): Promise<ListingPage> {
  const since = request.since === undefined ? undefined : asking.wholeSecond(request.since);
  const place = placeOf(request.cursor, since) ?? (await beginning(context, since, signal));
  if (place.part === 'file') return filePage(context, { place, expected: request.expected }, signal);
  if (since === undefined) return wholePage(context, { place, expected: request.expected }, signal);
  return place.part === 'changed-products'
    ? changedProductsPage(context, { place, since }, signal)
    : changedVariantsPage(context, { place, since }, signal);
}

async function beginning(context: asking.ReadContext, since: Instant | undefined, signal: AbortSignal): Promise<Place> {
  const locations = await context.locations.forReading(signal);
  return { part: since === undefined ? 'all' : 'changed-products', since, locations };
}

async function wholePage(
  context: asking.ReadContext,
  { place, expected }: { readonly place: Place; readonly expected?: number },
  signal: AbortSignal,
): Promise<ListingPage> {
  const { after } = place;
  const locations = locationsOf(place);
  const answer = await asking.queryVariants(context, { after, locations, counted: after === undefined }, signal);
  const { productVariants, productVariantsCount } = answer.data;
  if (after === undefined && place.noFile !== true && isFileSized(context, productVariantsCount?.count)) {
    const file = await order(context, locations, signal);
    const total = productVariantsCount?.count;
    if (file !== undefined) {
      const next = cursorOf({ part: 'file', locations, file, total });
      return { listings: [], broken: [], next, total, asOf: answer.asOf };
    }
  }
  const { rows, broken } = readNodes(wireVariantWithProduct, productVariants.nodes);
  const last = lastNumber(context, rows, place);
  const mapContext = asking.mapContextOf(context, answer, locationsOf(place));
  const total = productVariantsCount?.count ?? place.total;
  const next = nextCursor(context, productVariants.pageInfo, after);
  return {
    listings: variantListings(rows, mapContext),
    broken,
    ...(next === undefined
      ? {}
      : {
          next: cursorOf({
            ...place,
            after: next,
            last,
            total,
            ...counted(context, place, answer.data.productVariants.nodes.length, [total, expected]),
          }),
        }),
    total,
    asOf: answer.asOf,
  };
}

async function changedProductsPage(
  context: asking.ReadContext,
  { place, since }: Changes,
  signal: AbortSignal,
): Promise<ListingPage> {
  const answer = await context.client.ask(
    {
      document: alsoAt(changedProducts, locationsOf(place).slice(1)),
      schema: wireChangedProducts,
      variables: {
        query: atOrAfter('updated_at', since),
        after: place.after,
        variants: variantsAtOnce,
        ...asking.locationVariables(locationsOf(place)),
      },
      rows: productsAtFirst,
      doing: 'reading changes',
    },
    signal,
  );
  const { rows, broken } = readNodes(wireProductWithVariants, answer.data.products.nodes);
  const last = lastNumber(context, rows, place);
  const mapContext = asking.mapContextOf(context, answer, locationsOf(place));
  const listings: Listing[] = [];
  const unread: BrokenRow[] = [...broken];
  for (const product of rows) {
    asking.checkSince(context, product.updatedAt, since);
    const nodes = await variantsOf(context, product, place, signal);
    const variants = readNodes(wireVariant, nodes, product.id);
    listings.push(...parentOf(product, mapContext));
    listings.push(...variants.rows.map((variant) => toVariantListing(product, variant, mapContext)));
    unread.push(...variants.broken);
  }
  const after = nextCursor(context, answer.data.products.pageInfo, place.after);
  // Variants have numbers of their own: what the products came to says nothing of them.
  const goesOn: Partial<Place> = after === undefined ? { part: 'changed-variants', last: undefined } : { last };
  const so = counted(context, place, answer.data.products.nodes.length);
  return { listings, broken: unread, next: cursorOf({ ...place, ...goesOn, after, ...so }), asOf: answer.asOf };
}

async function changedVariantsPage(
  context: asking.ReadContext,
  { place, since }: Changes,
  signal: AbortSignal,
): Promise<ListingPage> {
  const { after } = place;
  const answer = await asking.queryVariants(
    context,
    { query: atOrAfter('updated_at', since), after, locations: locationsOf(place) },
    signal,
  );
  const { rows, broken } = readNodes(wireVariantWithProduct, answer.data.productVariants.nodes);
  const last = lastNumber(context, rows, place);
  for (const variant of rows) asking.checkSince(context, variant.updatedAt, since);
  const mapContext = asking.mapContextOf(context, answer, locationsOf(place));
  const next = nextCursor(context, answer.data.productVariants.pageInfo, after);
  return {
    listings: rows
      // What changed along with its product was told in the first part.
      .filter(({ product }) => product.updatedAt === undefined || product.updatedAt < since)
      .map(({ product, ...variant }) => toVariantListing(product, variant, mapContext)),
    broken,
    ...(next === undefined
      ? {}
      : {
          next: cursorOf({
            ...place,
            after: next,
            last,
            ...counted(context, place, answer.data.productVariants.nodes.length),
          }),
        }),
    asOf: answer.asOf,
  };
}

/** All variants of a changed product; those beyond the first page are fetched at once. */
async function variantsOf(
  context: asking.ReadContext,
  product: WireChanged,
  place: Place,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const nodes = [...product.variants.nodes];
  const second = nextCursor(context, product.variants.pageInfo, undefined);
  if (second === undefined) return nodes;
  await allPages(context, async (after = second) => {
    const { data } = await asking.queryProduct(
      context,
      { id: product.id, after, locations: locationsOf(place) },
      signal,
    );
    // Deleted in the meantime: the next whole reading will tell.
    if (data.product === null) return undefined;
    const { nodes: sent, pageInfo } = asking.readOne(context, data.product, product.id).variants;
    nodes.push(...sent);
    return { rows: sent.length, next: nextCursor(context, pageInfo, after) };
  });
  return nodes;
}
