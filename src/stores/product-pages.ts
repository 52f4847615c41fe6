import type { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { StoreReader } from '../ports/store.ts';
import type { StoreTables } from './tables.ts';

/**
 * Pages through the products in the order in which they were first written, which no later change alters.
 * The list of ids grows with the table: products are added and never taken away (S17).
 */
export function makeProductPages({ products }: StoreTables): StoreReader['productPage'] {
  const ids: ProductId[] = [];
  const places = new Map<ProductId, number>();

  const catchUp = (): void => {
    if (ids.length === products.size()) return;
    ids.length = 0;
    places.clear();
    for (const { id } of products.all()) {
      places.set(id, ids.length);
      ids.push(id);
    }
  };

  return async ({ after, limit }) => {
    catchUp();
    const start = after === undefined ? 0 : (places.get(after) ?? -1) + 1;
    const page = ids.slice(start, start + limit).map((id) => products.find('', id));
    return page.filter((product): product is Product => product !== undefined);
  };
}
