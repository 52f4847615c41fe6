import { barcodeKey, type ListingRef, looseSku, type ProductId, parseGtin, shownGtin } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { SearchHit } from '../../ports/store.ts';
import {
  integrationAtRef,
  listingByBarcode,
  listingByGtin,
  listingBySku,
  listingByVariantId,
  productByFormerSku,
  productByGtin,
  productByLooseSku,
} from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import { listingsOfShopProduct } from '../tables/listings-of-shop-product.ts';
import type { StoreTables } from '../tables/tables.ts';
import { foldText } from './fold.ts';
import { makeSearchable, type PartMatch, type SearchPart, wordsIn } from './searchable.ts';

/** Finds what a person typed, exact before beginning before middle, and no more than `limit`. */
export type Search = (text: string, limit: number) => readonly SearchHit[];

type Matched = SearchHit['matched'];

export const partsOfProduct = ({ sku, formerSkus = [], gtin, content }: Product): readonly SearchPart<Matched>[] => [
  ...(sku === undefined ? [] : [{ matched: 'sku' as const, text: sku }]),
  ...(gtin === undefined ? [] : [{ matched: 'gtin' as const, text: shownGtin(gtin) }]),
  ...formerSkus.map((text) => ({ matched: 'former-sku' as const, text })),
  { matched: 'name', text: content.name },
];
export const partsOfListing = ({
  ref,
  content,
  sellable,
  sku,
  gtin,
  barcode,
}: Listing): readonly SearchPart<Matched>[] => [
  { matched: 'shop-product-id', text: ref.shopProductId },
  ...(ref.shopVariantId === undefined ? [] : [{ matched: 'shop-variant-id' as const, text: ref.shopVariantId }]),
  // What each shop calls it is found too, also where that is not what we call it.
  ...(sku === undefined ? [] : [{ matched: 'sku' as const, text: sku }]),
  ...(gtin === undefined ? [] : [{ matched: 'gtin' as const, text: shownGtin(gtin) }]),
  ...(barcode === undefined ? [] : [{ matched: 'barcode' as const, text: barcode }]),
  // A product follows one shop's words; people search by those of their own. A parent's name is in its variants'.
  ...(sellable === 'parent' ? [] : [{ matched: 'name' as const, text: content.name }]),
];

/**
 * Makes the search over all tables: whole identifiers are looked up; then products and listings are searched for
 * the text as a whole SKU, EAN, name or id, as the beginning of one, anywhere in it, and word by word. One hit a
 * product, but every listing that bears exactly the id that was asked for.
 */
export function makeSearch(tables: StoreTables): Search {
  const products = makeSearchable<Product, Matched>(tables.products, partsOfProduct);
  const listings = makeSearchable<Listing, Matched>(tables.listings, partsOfListing);
  return (text, limit) => {
    const asked = text.trim();
    const folded = foldText(asked);
    if (folded === '' || limit < 1) return [];
    const hits = gatherHits(limit);
    exactHits(tables, asked).forEach(hits.add);
    const onProduct = ({ id }: Product, match: PartMatch<Matched>) => hits.offer({ ...match, productId: id });
    const onListing = ({ ref }: Listing, match: PartMatch<Matched>) => hits.offer(hitOn(tables, ref, match));
    const ways = ['exact', 'beginning', 'middle', ...(wordsIn(folded).length > 1 ? ['words' as const] : [])] as const;
    for (const how of ways) {
      if (hits.areEnough()) break;
      products.search(folded, how, onProduct);
      if (!hits.areEnough()) listings.search(folded, how, onListing);
    }
    return hits.best();
  };
}

const hitOn = (tables: StoreTables, ref: ListingRef, match: PartMatch<Matched>): SearchHit => {
  const [held] = tables.integrations.by(integrationAtRef, keyInShop(ref), ref.shopId);
  return { ...match, productId: held?.productId, ref };
};

/** Everything that bears exactly what was asked as an identifier. */
function exactHits(tables: StoreTables, asked: string): readonly SearchHit[] {
  const folded = foldText(asked);
  const gtin = parseGtin(asked);
  const bySku = tables.products
    .by(productByLooseSku, looseSku(asked))
    .filter(({ sku }) => foldText(sku ?? '') === folded);
  const byGtin = gtin === undefined ? [] : tables.products.by(productByGtin, gtin);
  const byId = tables.products.find('', asked);
  const onProduct = (matched: Matched, rows: readonly Product[]): readonly SearchHit[] =>
    rows.map(({ id }) => ({ matched, how: 'exact', productId: id }));
  const onListing = (matched: Matched, rows: readonly Listing[]): readonly SearchHit[] =>
    rows.map(({ ref }) => hitOn(tables, ref, { matched, how: 'exact' }));
  const shops = tables.listings.partitions();
  return [
    ...onProduct('sku', bySku),
    ...onProduct('gtin', byGtin),
    ...onListing(
      'shop-product-id',
      shops.flatMap((shop) => listingsOfShopProduct(tables.listings, shop, asked)),
    ),
    ...onListing(
      'shop-variant-id',
      shops.flatMap((shop) => tables.listings.by(listingByVariantId, asked, shop)),
    ),
    ...onListing('gtin', gtin === undefined ? [] : tables.listings.by(listingByGtin, gtin)),
    ...onListing('barcode', tables.listings.by(listingByBarcode, barcodeKey(asked))),
    ...onListing('sku', tables.listings.by(listingBySku, asked)),
    ...onProduct('former-sku', tables.products.by(productByFormerSku, asked)),
    ...onProduct('product-id', byId === undefined ? [] : [byId]),
  ];
}

type Hits = {
  readonly add: (hit: SearchHit) => void;
  /** Adds a hit unless its product is there already; says when no more are wanted. */
  readonly offer: (hit: SearchHit) => 'go-on' | 'stop';
  readonly areEnough: () => boolean;
  readonly best: () => readonly SearchHit[];
};

/** Gathers hits, which come the better ones first, until there are enough. */
export function gatherHits(limit: number): Hits {
  const hits: SearchHit[] = [];
  const seen = new Set<ProductId | string>();
  const isById = ({ matched }: SearchHit): boolean => matched === 'shop-product-id' || matched === 'shop-variant-id';
  const nameOf = ({ productId, ref }: SearchHit): string => productId ?? (ref ? ref.shopId + keyInShop(ref) : '');
  const add = (hit: SearchHit): void => {
    const name = hit.how === 'exact' && isById(hit) && hit.ref ? hit.ref.shopId + keyInShop(hit.ref) : nameOf(hit);
    if (seen.has(name)) return;
    seen.add(name);
    seen.add(nameOf(hit));
    hits.push(hit);
  };
  const areEnough = (): boolean => hits.length >= limit;
  return {
    add,
    offer(hit) {
      if (!seen.has(nameOf(hit))) add(hit);
      return areEnough() ? 'stop' : 'go-on';
    },
    areEnough,
    best: () => hits.slice(0, limit),
  };
}
