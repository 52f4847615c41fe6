import { type ProductId, parseSku, type Sku, toProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { LookupHit, ProductList } from './lookup-service.ts';
import { noPlaces, placeCounts } from './place-counts.ts';
import { identify } from './search.ts';

/** More than these is no list that a person reads. */
const maxAsked = 5_000;

/** Finds each of many products by an id, an item number or any other identifier; in the order asked, each once. */
export async function many(deps: ServiceDependencies, asked: readonly string[]): Promise<ProductList> {
  const texts = [...new Set(asked.map((text) => text.trim()).filter((text) => text !== ''))].slice(0, maxAsked);
  // Most lists hold ids or item numbers, which one round trip answers for all.
  const byId = new Map((await deps.store.products(texts.map(toProductId))).map((one) => [String(one.id), one]));
  const skus = texts.filter((text) => !byId.has(text)).flatMap((text) => parseSku(text) ?? []);
  const bySku = Map.groupBy(await deps.store.productsBy({ skus }), ({ sku }) => sku);
  const found = new Map<ProductId, { readonly product: Product; readonly how: LookupHit['hit'] }>();
  const unclear: string[] = [];
  for (const text of texts) {
    const [product, another] = await named(deps, text, { byId, bySku });
    if (product === undefined || another !== undefined) unclear.push(text);
    else found.set(product.id, { product, how: { matched: 'sku', how: 'exact', productId: product.id } });
  }
  const products = [...found.values()].map(({ product }) => product);
  const counts = await placeCounts(deps, { products });
  const hits = [...found.values()].map(
    ({ product, how }): LookupHit => ({ hit: how, product, ...(counts.get(product.id) ?? noPlaces) }),
  );
  return { hits, unclear };
}

type Known = {
  readonly byId: ReadonlyMap<string, Product>;
  readonly bySku: ReadonlyMap<Sku | undefined, readonly Product[]>;
};

async function named(deps: ServiceDependencies, text: string, { byId, bySku }: Known): Promise<readonly Product[]> {
  const product = byId.get(text);
  if (product !== undefined) return [product];
  const alike = bySku.get(parseSku(text)) ?? [];
  return alike.length > 0 ? alike : identify(deps, text);
}
