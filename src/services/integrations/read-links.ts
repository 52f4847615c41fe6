import { refKey } from '../../domain/changes.ts';
import { type ListingRef, type ProductId, parseSku, type ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Product } from '../../domain/product.ts';
import type { ImportProblem } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { identify } from '../lookup/search.ts';
import type { LinkLine, LinkToMake } from './integration-service.ts';

/** What a list of links by hand comes to, each line beside what the store knows of it. */
export type LinksRead = { readonly links: readonly LinkToMake[]; readonly problems: readonly ImportProblem[] };

/**
 * Lays beside each line its product, the link that stands, and the listing that is meant, in a handful of questions
 * for all of them: nothing is changed. A line without a reference means the link that stands.
 */
export async function readLinks(deps: ServiceDependencies, lines: readonly LinkLine[]): Promise<LinksRead> {
  const { store } = deps;
  const productOf = await productsMeant(deps, lines);
  const found = [...new Set(productOf.values())];
  const standing = standingLinks(await store.integrationsOf(found.map(({ id }) => id)));
  const read = lines.map((line) => readLine(line, productOf.get(line.sku), standing));
  const links = read.filter((one): one is LinkToMake => 'product' in one);
  const refs = links.map(({ ref }) => ref);
  const [listings, held] = await Promise.all([store.listingsAt(refs), store.integrationsAt(refs)]);
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const holders = new Map((await store.products(held.map(({ productId }) => productId))).map((one) => [one.id, one]));
  const holderAt = new Map(held.map((link) => [refKey(link.ref), holders.get(link.productId)]));
  return {
    links: links.map((link) => ({
      ...link,
      listing: listingAt.get(refKey(link.ref)),
      holder: holderAt.get(refKey(link.ref)),
    })),
    problems: read.filter((one): one is ImportProblem => !('product' in one)),
  };
}

/** Item numbers are asked for all at once; only what is none is looked for as another identifier. */
async function productsMeant(
  deps: ServiceDependencies,
  lines: readonly LinkLine[],
): Promise<ReadonlyMap<string, Product>> {
  const texts = [...new Set(lines.map(({ sku }) => sku).filter((sku) => sku !== ''))];
  const bySku = await deps.store.productsBy({ skus: texts.flatMap((text) => parseSku(text) ?? []) });
  const known = new Map(bySku.map((product) => [String(product.sku), product]));
  const meant = new Map<string, Product>();
  for (const text of texts) {
    const product = known.get(text) ?? (await onlyOne(deps, text));
    if (product !== undefined) meant.set(text, product);
  }
  return meant;
}

async function onlyOne(deps: ServiceDependencies, text: string): Promise<Product | undefined> {
  const [product, another] = await identify(deps, text);
  return another === undefined ? product : undefined;
}

type FindLink = (productId: ProductId, shopId: ShopId) => Integration | undefined;

function standingLinks(links: readonly Integration[]): FindLink {
  const at = new Map(links.map((link) => [`${link.productId}\u001f${link.ref.shopId}`, link]));
  return (productId, shopId) => at.get(`${productId}\u001f${shopId}`);
}

function readLine(line: LinkLine, product: Product | undefined, standing: FindLink): LinkToMake | ImportProblem {
  const { line: at, sku, shopId } = line;
  if (sku === '') return { line: at, column: 'sku', what: 'value-missing' };
  if (product === undefined) return { line: at, column: 'sku', what: 'unknown-product', value: sku };
  const link = standing(product.id, shopId);
  const ref: ListingRef | undefined = line.ref ?? link?.ref;
  if (ref === undefined) return { line: at, column: 'sku', what: 'not-linked', value: sku };
  return { line: at, product, ref, standing: link };
}
