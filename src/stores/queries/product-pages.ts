import type { ProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { StoreTables } from '../tables/tables.ts';

/**
 * Pages through the products in the order in which they were first written, which no later change alters. The list
 * of ids is made when somebody first asks and grows with the table; a product that was taken away leaves a gap.
 */
export function makeProductPages({ products }: StoreTables): StoreReader['productPage'] {
  const ids: ProductId[] = [];
  const places = new Map<ProductId, number>();
  let listening = false;

  const add = ({ id }: Product): void => {
    if (places.has(id)) return;
    places.set(id, ids.length);
    ids.push(id);
  };
  const listen = (): void => {
    listening = true;
    for (const product of products.all()) add(product);
    products.listen((product) => product && add(product));
  };

  return async ({ after, limit }) => {
    if (!listening) listen();
    const page: Product[] = [];
    for (let place = after === undefined ? 0 : (places.get(after) ?? -1) + 1; place < ids.length; place += 1) {
      if (page.length >= limit) break;
      const product = products.find('', ids[place] ?? '');
      if (product !== undefined) page.push(product);
    }
    return page;
  };
}
