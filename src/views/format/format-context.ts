import type { Instant, ProductId, ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Localised } from '../../ports/platform.ts';
import { clean } from '../text/cell-text.ts';
import type { Words } from '../words/words.ts';

/** What a sentence needs besides its facts: the words, the moment it is said, where, and names for ids. */
export type FormatContext = {
  readonly words: Words;
  readonly now: Instant;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  readonly shopName: (id: ShopId) => string;
  readonly productName: (id: ProductId) => string;
  /** Where stock figures come from, as its vendor spells it. */
  readonly sourceName: (id: string) => string;
};

/** A telling that knows some shops and products by name; the rest go by their ids. */
export function formatContext(
  base: Pick<FormatContext, 'words' | 'now' | 'timeZone'>,
  known: {
    readonly shops?: readonly Shop[];
    readonly products?: readonly Product[];
    readonly sources?: readonly { readonly id: string; readonly label: Localised }[];
  } = {},
): FormatContext {
  const shops = new Map((known.shops ?? []).map((shop) => [shop.id, clean(shop.name)]));
  const products = new Map(
    (known.products ?? []).map((product) => [product.id, clean(shortName(product, base.words))]),
  );
  return {
    words: base.words,
    now: base.now,
    // Asked for only when a time of day is shown: to find it out takes longer than to find a product.
    get timeZone() {
      return base.timeZone;
    },
    shopName: (id) => shops.get(id) ?? id,
    productName: (id) => products.get(id) ?? id,
    sourceName: (id) => {
      const source = known.sources?.find((one) => one.id === id);
      return source === undefined ? id : base.words.warehouse.label(source.label);
    },
  };
}

/** A product in a sentence: its item number, or its name where it has none. */
export const shortName = (product: Product, words: Words): string =>
  product.sku ?? (product.content.name === '' ? words.domain.noName : product.content.name);

/** A product as a heading: item number and name. */
export const longName = (product: Product, words: Words): string =>
  `${product.sku ?? words.domain.noItemNumber} ${product.content.name === '' ? words.domain.noName : product.content.name}`;

/** A sentence without the product's name before it, where everything is about that product. */
export const withoutName = (sentence: string, name: string): string =>
  sentence.startsWith(name) ? sentence.slice(name.length).replace(/^:? /, '') : sentence;
