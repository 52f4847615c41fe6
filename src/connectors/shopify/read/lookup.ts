import { parseGtin, type ShopProductId, type Sku, toShopProductId } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import { cleanLine } from '../../clean.ts';
import { spellingsOf } from '../../driver-parts/barcodes.ts';
import { refuseBroken } from '../../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../../driver-parts/shows-nothing.ts';
import { alsoAt, identityQuery, productsById } from '../documents.ts';
import { parseShopifyId, toGid } from '../ids.ts';
import { toParentListing, toVariantListing } from '../map.ts';
import {
  wireIdentity,
  wireProductsById,
  wireProductWithVariants,
  wireVariant,
  wireVariantWithProduct,
} from '../schema.ts';
import { allPages, nextCursor } from './next-page.ts';
import {
  locationVariables,
  mapContextOf,
  queryProduct,
  queryVariants,
  type ReadContext,
  readOne,
} from './query-listings.ts';
import { readNodes } from './read-nodes.ts';
import { barcodeIs, skuIs } from './search.ts';

/** The product with all its variants, however many; none when the shop does not know it. */
export async function readProduct(
  context: ReadContext,
  typed: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const id = parseShopifyId('Product', typed);
  if (id === undefined) {
    // Nothing in Shopify is called so; whether the key is good is asked all the same.
    await context.client.ask({ document: identityQuery, schema: wireIdentity, doing: 'reading a product' }, signal);
    return [];
  }
  const locations = await context.locations.forReading(signal);
  const found: Listing[] = [];
  let bare: Listing | undefined;
  await allPages(context, async (after) => {
    const answer = await queryProduct(context, { id, after, locations }, signal);
    if (answer.data.product === null) {
      // Deleted in the middle: what was read of it is not there any more.
      found.length = 0;
      bare = undefined;
      return undefined;
    }
    const mapContext = mapContextOf(context, answer, locations);
    const product = readOne(context, answer.data.product, id);
    const { rows, broken } = readNodes(wireVariant, product.variants.nodes, id);
    refuseBroken(context.client, broken, 'reading a product');
    bare = toParentListing(product, mapContext);
    if (after === undefined && !product.hasOnlyDefaultVariant) found.push(bare);
    found.push(...rows.map((variant) => toVariantListing(product, variant, mapContext)));
    return { rows: product.variants.nodes.length, next: nextCursor(context, product.variants.pageInfo, after) };
  });
  if (bare === undefined) await refuseEmptyShop(context, locations, signal);
  // A product whose variants are all gone for the moment is there all the same.
  return found.length === 0 && bare !== undefined ? [bare] : found;
}

/** Products asked for in one call, and variants that come with each before the shop has said what they cost. */
const productsAtOnce = 20;
const variantsAtFirst = 20;

/** Several products with all their variants; none of those that are gone, unreadable, or have more than come at once. */
export async function readProducts(
  context: ReadContext,
  typed: readonly ShopProductId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopProductId, readonly Listing[]>> {
  const locations = await context.locations.forReading(signal);
  const ids = typed.flatMap((id) => parseShopifyId('Product', id) ?? []);
  const found = new Map<ShopProductId, readonly Listing[]>();
  for (let from = 0; from < ids.length; from += productsAtOnce) {
    const some = ids.slice(from, from + productsAtOnce);
    const variables = { ids: some.map((id) => toGid('Product', id)), ...locationVariables(locations) };
    const question = {
      document: alsoAt(productsById, locations.slice(1)),
      schema: wireProductsById,
      variables,
      rows: variantsAtFirst,
    };
    const answer = await context.client.ask({ ...question, doing: 'reading products' }, signal);
    const mapContext = mapContextOf(context, answer, locations);
    for (const product of readNodes(wireProductWithVariants, answer.data.nodes).rows) {
      const { rows, broken } = readNodes(wireVariant, product.variants.nodes, product.id);
      if (broken.length > 0 || product.variants.pageInfo.hasNextPage || !some.includes(product.id)) continue;
      const parent = product.hasOnlyDefaultVariant && rows.length > 0 ? [] : [toParentListing(product, mapContext)];
      const variants = rows.map((variant) => toVariantListing(product, variant, mapContext));
      found.set(toShopProductId(product.id), [...parent, ...variants]);
    }
  }
  return found;
}

/** A shop that shows nothing at all is not believed about one product. */
async function refuseEmptyShop(context: ReadContext, locations: readonly string[], signal: AbortSignal): Promise<void> {
  const { data } = await queryVariants(context, { after: undefined, locations }, signal);
  if (data.productVariants.nodes.length > 0) return;
  throw context.client.trouble('unintelligible', { doing: 'reading a product', ...showsNothing });
}

/** All variants with exactly this SKU: the search itself is blind to case and finds parts of words. */
export async function readWithSku(context: ReadContext, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  return (await readFound(context, skuIs(sku), signal)).filter((listing) => listing.sku === sku);
}

/** All variants with this barcode, however the shop wrote it. */
export async function readWithGtin(
  context: ReadContext,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const wanted = parseGtin(barcode) ?? cleanLine(barcode);
  const found = await readFound(context, barcodeIs(spellingsOf(barcode)), signal);
  return found.filter(({ gtin, barcode: written }) => gtin === wanted || written === wanted);
}

async function readFound(context: ReadContext, query: string, signal: AbortSignal): Promise<readonly Listing[]> {
  const locations = await context.locations.forReading(signal);
  const found: Listing[] = [];
  await allPages(context, async (after) => {
    const answer = await queryVariants(context, { query, after, locations }, signal);
    const { rows, broken } = readNodes(wireVariantWithProduct, answer.data.productVariants.nodes);
    refuseBroken(context.client, broken, 'reading a product');
    const mapContext = mapContextOf(context, answer, locations);
    found.push(...rows.map(({ product, ...variant }) => toVariantListing(product, variant, mapContext)));
    const { nodes, pageInfo } = answer.data.productVariants;
    return { rows: nodes.length, next: nextCursor(context, pageInfo, after) };
  });
  return found;
}
