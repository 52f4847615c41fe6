import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Words } from '../words/words.ts';

/** What a sentence needs besides its facts: the words, the moment it is said, where, and names for ids. */
export type FormatContext = {
  readonly words: Words;
  readonly now: Instant;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  readonly shopName: (id: ShopId) => string;
  readonly productName: (id: ProductId) => string;
};

/** A telling that knows some shops and products by name; the rest go by their ids. */
export function formatContext(
  base: Pick<FormatContext, 'words' | 'now' | 'timeZone'>,
  known: { readonly shops?: readonly Shop[]; readonly products?: readonly Product[] } = {},
): FormatContext {
  const shops = new Map((known.shops ?? []).map((shop) => [shop.id, shop.name]));
  const products = new Map((known.products ?? []).map((product) => [product.id, shortName(product, base.words)]));
  return {
    words: base.words,
    now: base.now,
    // Asked for only when a time of day is shown: to find it out takes longer than to find a product.
    get timeZone() {
      return base.timeZone;
    },
    shopName: (id) => shops.get(id) ?? id,
    productName: (id) => products.get(id) ?? id,
  };
}

/** A product in a sentence: its item number, or its name where it has none. */
export const shortName = (product: Product, words: Words): string =>
  product.sku ?? (product.content.name === '' ? words.domain.noName : product.content.name);

/** A product as a heading: item number and name. */
export const longName = (product: Product, words: Words): string =>
  `${product.sku ?? words.domain.noItemNumber} ${product.content.name === '' ? words.domain.noName : product.content.name}`;
