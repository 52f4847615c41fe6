import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';

/** One product, or one identifier that nobody knows yet, to be asked for in one shop. */
export type FetchJob = {
  readonly asked: string;
  readonly product?: Product;
  readonly shop: Shop;
  /** The shop told of it by itself, by its id or by a number: nobody asked, so nothing is overruled. */
  readonly signalled?: 'id' | 'sku';
  /** The shop is only asked how things are: what a person took away stays away. */
  readonly verifying?: boolean;
  /** One of many: it waits behind what a person asks for by itself. */
  readonly oneOfMany?: boolean;
};
