import type { ShopProductId, Sku } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { identityQuery } from '../documents.ts';
import { parseShopifyId } from '../ids.ts';
import { toParentListing, toVariantListing } from '../map.ts';
import { wireIdentity, wireVariant, wireVariantWithProduct } from '../schema.ts';
import { nextCursor } from './next-page.ts';
import { mapContextOf, queryProduct, queryVariants, type ReadContext } from './query-listings.ts';
import { readNodes } from './read-nodes.ts';
import { skuIs } from './search.ts';

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
  const location = await context.locations.oursForReading(signal);
  const found: Listing[] = [];
  let bare: Listing | undefined;
  let after: string | undefined;
  do {
    const answer = await queryProduct(context, { id, after, location }, signal);
    const { product } = answer.data;
    if (product === null) return [];
    const mapContext = mapContextOf(context, answer);
    const { rows, broken } = readNodes(wireVariant, product.variants.nodes, id);
    refuseBroken(context, broken);
    bare = toParentListing(product, mapContext);
    if (after === undefined && !product.hasOnlyDefaultVariant) found.push(bare);
    found.push(...rows.map((variant) => toVariantListing(product, variant, mapContext)));
    after = nextCursor(context, product.variants.pageInfo, after);
  } while (after !== undefined);
  // A product whose variants are all gone for the moment is there all the same.
  return found.length === 0 ? [bare] : found;
}

/** All variants with exactly this SKU: the search itself is blind to case and finds parts of words. */
export async function readWithSku(context: ReadContext, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const location = await context.locations.oursForReading(signal);
  const found: Listing[] = [];
  let after: string | undefined;
  do {
    const answer = await queryVariants(context, { query: skuIs(sku), after, location }, signal);
    const { rows, broken } = readNodes(wireVariantWithProduct, answer.data.productVariants.nodes);
    refuseBroken(context, broken);
    const mapContext = mapContextOf(context, answer);
    const listings = rows.map(({ product, ...variant }) => toVariantListing(product, variant, mapContext));
    found.push(...listings.filter((listing) => listing.sku === sku));
    after = nextCursor(context, answer.data.productVariants.pageInfo, after);
  } while (after !== undefined);
  return found;
}

/** One that cannot be read must not look like one that is not there. */
function refuseBroken({ client }: ReadContext, broken: readonly BrokenRow[]): void {
  const [first] = broken;
  if (first === undefined) return;
  throw client.trouble('unintelligible', { doing: 'reading a product', said: `${first.where} ${first.said}` });
}
