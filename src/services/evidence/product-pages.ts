import type { PlaceFacts } from '../../domain/explaining/place-facts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { World } from '../world.ts';

const pageSize = 5_000;

/** Products without a link in a shop, expected there or not. */
export async function missingPlaces(world: World, shopId: ShopId): Promise<readonly Product[]> {
  const linked = new Set((await world.store.integrationsOn(shopId)).map(({ productId }) => productId));
  const missing: Product[] = [];
  for await (const page of productPages(world)) missing.push(...page.filter(({ id }) => !linked.has(id)));
  return missing;
}

/** All products, a page at a time. */
export async function* productPages(world: World): AsyncGenerator<readonly Product[]> {
  let after: ProductId | undefined;
  do {
    const page = await world.store.productPage({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    after = page.length < pageSize ? undefined : page.at(-1)?.id;
    yield page;
  } while (after !== undefined);
}

/** A link is expected and is not there. */
export const isFaulty = (facts: PlaceFacts): boolean => facts.expected && facts.integration === undefined;
