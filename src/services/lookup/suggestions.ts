import { refKey } from '../../domain/changes.ts';
import type { ProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { SearchHit } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { typoDistance } from './typo-distance.ts';

/** So many are worth a look when nothing was found; more would be guessing. */
const maxSuggestions = 5;
/** So much of a text must stand, that a search for it means anything. */
const minLength = 3;
const searchLimit = 40;

/**
 * What a person may have meant who found nothing: item numbers that differ in blanks, hyphens or case only, and
 * names and numbers of which one word is a slip of the finger away. The nearest first; searched for by pieces
 * of it, so that it costs a handful of searches however much there is.
 */
export async function nearHits(deps: ServiceDependencies, text: string): Promise<readonly SearchHit[]> {
  const { store } = deps;
  const [alike, listed] = await Promise.all([store.productsNear([text]), store.listingsNear([text])]);
  const loose = [
    ...alike.map((product): SearchHit => ({ matched: 'sku', how: 'middle', productId: product.id })),
    ...(await linkedHits(deps, listed)),
  ];
  const found = new Map<ProductId, { readonly hit: SearchHit; readonly slips: number }>();
  for (const piece of piecesOf(text)) {
    if (found.size >= maxSuggestions) break;
    const hits = await store.search({ text: piece, limit: searchLimit });
    const products = new Map((await store.products(hits.flatMap(({ productId }) => productId ?? []))).map(byId));
    const listings = await store.listingsAt(hits.flatMap(({ ref }) => ref ?? []));
    const names = new Map(listings.map(({ ref, content }) => [refKey(ref), content.name]));
    for (const hit of hits) {
      const product = hit.productId && products.get(hit.productId);
      if (product === undefined || found.has(product.id)) continue;
      const slips = nearest(text, product, hit.ref && names.get(refKey(hit.ref)));
      if (slips !== undefined) found.set(product.id, { hit, slips });
    }
  }
  const spelled = [...found.values()].sort((a, b) => a.slips - b.slips).map(({ hit }) => hit);
  const distinct = new Map(
    [...loose, ...spelled].toReversed().map((hit) => [hit.productId ?? (hit.ref && refKey(hit.ref)), hit]),
  );
  return [...distinct.values()].toReversed().slice(0, maxSuggestions);
}

/** Listings that are spelled so, by the product that they are linked to; one without a link is an answer too. */
async function linkedHits({ store }: ServiceDependencies, listings: readonly Listing[]): Promise<readonly SearchHit[]> {
  const there = listings.filter(({ goneAt }) => goneAt === undefined).map(({ ref }) => ref);
  const links = await store.integrationsAt(there);
  const productAt = new Map(links.map((link) => [refKey(link.ref), link.productId]));
  return there.map((ref): SearchHit => ({ matched: 'sku', how: 'middle', ref, productId: productAt.get(refKey(ref)) }));
}

const byId = (product: Product): readonly [ProductId, Product] => [product.id, product];

/** The beginnings of the text, or of each longer word of it, ever shorter; and its end, for a slip in the first letters. */
function piecesOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word.length >= minLength);
  const texts = words.length > 1 ? words : [text];
  return texts.flatMap((word) => {
    const cuts = [word.length - 1, Math.ceil(word.length * 0.6), Math.ceil(word.length * 0.4)];
    const lengths = words.length > 1 ? [word.length, ...cuts] : cuts;
    const beginnings = [...new Set(lengths)]
      .filter((length) => length >= minLength)
      .map((length) => word.slice(0, length));
    const end = word.slice(Math.floor(word.length / 2));
    return end.length >= minLength ? [...beginnings, end] : beginnings;
  });
}

/** How many letters lie between what was typed and the nearest of a product's names; by words, where several were typed. */
function nearest(text: string, { sku, content }: Product, listed: string | undefined): number | undefined {
  const names = [sku, content.name, listed].filter((name) => name !== undefined);
  const words = text.split(/\s+/).filter((word) => word.length >= minLength);
  const slips = names.flatMap((name) => {
    const whole = typoDistance(text, name);
    const each = words.map((word) => typoDistance(word, name));
    const sum = each.every((one) => one !== undefined) ? each.reduce((total, one) => total + one, 0) : undefined;
    return [whole, words.length > 1 ? sum : undefined].filter((one) => one !== undefined);
  });
  return slips.length === 0 ? undefined : Math.min(...slips);
}
