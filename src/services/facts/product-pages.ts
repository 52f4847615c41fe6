import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

const pageSize = 5_000;

/** Products without a link in a shop, expected there or not. */
export async function missingPlaces(deps: ServiceDependencies, shopId: ShopId): Promise<readonly Product[]> {
  const linked = new Set((await deps.store.integrationsOn(shopId)).map(({ productId }) => productId));
  const missing: Product[] = [];
  for await (const page of productPages(deps)) missing.push(...page.filter(({ id }) => !linked.has(id)));
  return missing;
}

/** All products, a page at a time. */
export async function* productPages(deps: ServiceDependencies): AsyncGenerator<readonly Product[]> {
  let after: ProductId | undefined;
  do {
    const page = await deps.store.productPage({ limit: pageSize, after });
    after = page.length < pageSize ? undefined : page.at(-1)?.id;
    yield page;
  } while (after !== undefined);
}

/** A link is expected and is not there. */
export const isFaulty = (facts: PlaceFacts): boolean => facts.expected && facts.integration === undefined;
