import type { z } from 'zod';
import type { Instant } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import type { BrokenRow, ListingPage } from '../../../ports/shop-connector.ts';
import { changedProducts } from '../documents.ts';
import { type Telling, toParentListing, toVariantListing } from '../map.ts';
import {
  type WireProduct,
  wireChangedProducts,
  wireProductWithVariants,
  wireVariant,
  wireVariantWithProduct,
} from '../wire.ts';
import * as asking from './ask-listings.ts';
import { cursorOf, type Place, placeOf } from './cursor.ts';
import { nextOf } from './next.ts';
import { readNodes } from './read-nodes.ts';
import { atOrAfter } from './search.ts';

type Request = { readonly cursor?: string; readonly since?: Instant };
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
export async function readPage(reading: asking.Reading, request: Request, signal: AbortSignal): Promise<ListingPage> {
  const since = request.since === undefined ? undefined : asking.wholeSecond(request.since);
  const place = placeOf(request.cursor, since) ?? (await beginning(reading, since, signal));
  if (since === undefined) return wholePage(reading, place, signal);
  return place.part === 'changed-products'
    ? changedProductsPage(reading, { place, since }, signal)
    : changedVariantsPage(reading, { place, since }, signal);
}

async function beginning(reading: asking.Reading, since: Instant | undefined, signal: AbortSignal): Promise<Place> {
  const location = await reading.locations.oursForReading(signal);
  return { part: since === undefined ? 'all' : 'changed-products', since, location };
}

async function wholePage(reading: asking.Reading, place: Place, signal: AbortSignal): Promise<ListingPage> {
  const { after, location } = place;
  const answer = await asking.askVariants(reading, { after, location, counted: after === undefined }, signal);
  const { productVariants, productVariantsCount } = answer.data;
  const { rows, broken } = readNodes(wireVariantWithProduct, productVariants.nodes);
  const last = lastOf(reading, rows, place);
  const telling = asking.tellingOf(reading, answer);
  const total = productVariantsCount?.count ?? place.total;
  const next = nextOf(reading, productVariants.pageInfo, after);
  return {
    listings: rows.flatMap(({ product, ...variant }) => [
      // The parent comes with its first variant, so that it comes once.
      ...(variant.position === 1 ? parentOf(product, telling) : []),
      toVariantListing(product, variant, telling),
    ]),
    broken,
    ...(next === undefined ? {} : { next: cursorOf({ ...place, after: next, last, total }) }),
    ...(total === undefined ? {} : { total }),
    asOf: answer.asOf,
  };
}

async function changedProductsPage(
  reading: asking.Reading,
  { place, since }: Changes,
  signal: AbortSignal,
): Promise<ListingPage> {
  const answer = await reading.session.ask(
    {
      document: changedProducts,
      schema: wireChangedProducts,
      variables: {
        query: atOrAfter('updated_at', since),
        after: place.after,
        variants: variantsAtOnce,
        ...asking.atLocation(place.location),
      },
      rows: productsAtFirst,
      doing: 'reading changes',
    },
    signal,
  );
  const { rows, broken } = readNodes(wireProductWithVariants, answer.data.products.nodes);
  const telling = asking.tellingOf(reading, answer);
  const listings: Listing[] = [];
  const unread: BrokenRow[] = [...broken];
  for (const product of rows) {
    asking.checkSince(reading, product.updatedAt, since);
    const nodes = await variantsOf(reading, product, place, signal);
    const variants = readNodes(wireVariant, nodes, product.id);
    listings.push(...parentOf(product, telling));
    listings.push(...variants.rows.map((variant) => toVariantListing(product, variant, telling)));
    unread.push(...variants.broken);
  }
  const after = nextOf(reading, answer.data.products.pageInfo, place.after);
  const part = after === undefined ? 'changed-variants' : 'changed-products';
  return { listings, broken: unread, next: cursorOf({ ...place, part, after }), asOf: answer.asOf };
}

async function changedVariantsPage(
  reading: asking.Reading,
  { place, since }: Changes,
  signal: AbortSignal,
): Promise<ListingPage> {
  const { after, location } = place;
  const answer = await asking.askVariants(reading, { query: atOrAfter('updated_at', since), after, location }, signal);
  const { rows, broken } = readNodes(wireVariantWithProduct, answer.data.productVariants.nodes);
  for (const variant of rows) asking.checkSince(reading, variant.updatedAt, since);
  const telling = asking.tellingOf(reading, answer);
  const next = nextOf(reading, answer.data.productVariants.pageInfo, after);
  return {
    listings: rows
      // What changed along with its product was told in the first part.
      .filter(({ product }) => product.updatedAt === undefined || product.updatedAt < since)
      .map(({ product, ...variant }) => toVariantListing(product, variant, telling)),
    broken,
    ...(next === undefined ? {} : { next: cursorOf({ ...place, after: next }) }),
    asOf: answer.asOf,
  };
}

/** All variants of a changed product; those beyond the first page are fetched at once. */
async function variantsOf(
  reading: asking.Reading,
  product: WireChanged,
  { location }: Place,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const nodes = [...product.variants.nodes];
  let after = nextOf(reading, product.variants.pageInfo, undefined);
  while (after !== undefined) {
    const { data } = await asking.askProduct(reading, { id: product.id, after, location }, signal);
    // Deleted in the meantime: the next whole reading will tell.
    if (data.product === null) break;
    nodes.push(...data.product.variants.nodes);
    after = nextOf(reading, data.product.variants.pageInfo, after);
  }
  return nodes;
}

/** The number of a page's last variant. Pages go upwards, so one that begins lower has been before. */
function lastOf({ session }: asking.Reading, rows: readonly { readonly id: string }[], { last }: Place) {
  const [first] = rows;
  if (first !== undefined && last !== undefined && BigInt(first.id) < BigInt(last)) {
    throw session.trouble('unintelligible', { doing: 'reading products', said: 'the same page came again' });
  }
  return rows.at(-1)?.id ?? last;
}

const parentOf = (product: WireProduct, telling: Telling): readonly Listing[] =>
  product.hasOnlyDefaultVariant ? [] : [toParentListing(product, telling)];
