import type { ShopProductId, Sku } from '../../../domain/ids.ts';
import type { Listing } from '../../../domain/listing.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { whoAreYou } from '../documents.ts';
import { parseShopifyId } from '../ids.ts';
import { toParentListing, toVariantListing } from '../map.ts';
import { wireVariant, wireVariantWithProduct, wireWhoAreYou } from '../wire.ts';
import { askProduct, askVariants, type Reading, tellingOf } from './ask-listings.ts';
import { nextOf } from './next.ts';
import { readNodes } from './read-nodes.ts';
import { skuIs } from './search.ts';

/** The product with all its variants, however many; none when the shop does not know it. */
export async function readProduct(
  reading: Reading,
  typed: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const id = parseShopifyId('Product', typed);
  if (id === undefined) {
    // Nothing in Shopify is called so; whether the key is good is asked all the same.
    await reading.session.ask({ document: whoAreYou, schema: wireWhoAreYou, doing: 'reading a product' }, signal);
    return [];
  }
  const location = await reading.locations.oursForReading(signal);
  const found: Listing[] = [];
  let bare: Listing | undefined;
  let after: string | undefined;
  do {
    const answer = await askProduct(reading, { id, after, location }, signal);
    const { product } = answer.data;
    if (product === null) return [];
    const telling = tellingOf(reading, answer);
    const { rows, broken } = readNodes(wireVariant, product.variants.nodes, id);
    refuseBroken(reading, broken);
    bare = toParentListing(product, telling);
    if (after === undefined && !product.hasOnlyDefaultVariant) found.push(bare);
    found.push(...rows.map((variant) => toVariantListing(product, variant, telling)));
    after = nextOf(reading, product.variants.pageInfo, after);
  } while (after !== undefined);
  // A product whose variants are all gone for the moment is there all the same.
  return found.length === 0 ? [bare] : found;
}

/** All variants with exactly this SKU: the search itself is blind to case and finds parts of words. */
export async function readWithSku(reading: Reading, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const location = await reading.locations.oursForReading(signal);
  const found: Listing[] = [];
  let after: string | undefined;
  do {
    const answer = await askVariants(reading, { query: skuIs(sku), after, location }, signal);
    const { rows, broken } = readNodes(wireVariantWithProduct, answer.data.productVariants.nodes);
    refuseBroken(reading, broken);
    const telling = tellingOf(reading, answer);
    const listings = rows.map(({ product, ...variant }) => toVariantListing(product, variant, telling));
    found.push(...listings.filter((listing) => listing.sku === sku));
    after = nextOf(reading, answer.data.productVariants.pageInfo, after);
  } while (after !== undefined);
  return found;
}

/** One that cannot be read must not look like one that is not there. */
function refuseBroken({ session }: Reading, broken: readonly BrokenRow[]): void {
  const [first] = broken;
  if (first === undefined) return;
  throw session.trouble('unintelligible', { doing: 'reading a product', said: `${first.where} ${first.said}` });
}
