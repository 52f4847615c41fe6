import type { ProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

const pageSize = 5_000;

/** All products, a page at a time. */
export async function* productPages(deps: ServiceDependencies): AsyncGenerator<readonly Product[]> {
  let after: ProductId | undefined;
  do {
    const page = await deps.store.productPage({ limit: pageSize, after });
    after = page.length < pageSize ? undefined : page.at(-1)?.id;
    yield page;
  } while (after !== undefined);
}
