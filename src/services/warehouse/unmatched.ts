import { refKey } from '../../domain/changes.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { available, type Product } from '../../domain/product.ts';
import { countedQuantity } from '../../domain/push/shop-figure.ts';
import { ourSku, type Shop } from '../../domain/shop.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productPages } from '../facts/product-pages.ts';
import { chosenWarehouse } from './manage-warehouse.ts';
import type { UnmatchedList, UnmatchedRow } from './warehouse-service.ts';

const pageSize = 1_000;

/** Gathers rows up to a limit; `more` once there would be others. */
async function upTo(limit: number, pages: AsyncIterable<readonly UnmatchedRow[]>): Promise<UnmatchedList> {
  const rows: UnmatchedRow[] = [];
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length > limit) return { rows: rows.slice(0, limit), more: true };
  }
  return { rows, more: false };
}

/**
 * What shops sell and the warehouse does not have: listings that are no product of ours, and linked products that the
 * warehouse never showed or has no more. A listing whose product lies in the warehouse lacks its link, which is another matter.
 */
export async function notInWarehouse(
  deps: ServiceDependencies,
  request: { readonly shopId?: ShopId; readonly limit: number },
): Promise<UnmatchedList> {
  chosenWarehouse(deps);
  const shops = (await deps.store.shops()).filter(({ id }) => request.shopId === undefined || id === request.shopId);
  return upTo(request.limit, allIn(deps, shops));
}

async function* allIn(deps: ServiceDependencies, shops: readonly Shop[]): AsyncGenerator<readonly UnmatchedRow[]> {
  for (const shop of shops) {
    yield* listingsOf(deps, shop);
    yield* linkedOf(deps, shop);
  }
}

async function* listingsOf(deps: ServiceDependencies, shop: Shop): AsyncGenerator<readonly UnmatchedRow[]> {
  const { store } = deps;
  const { kind } = chosenWarehouse(deps);
  for (let after: ListingRef | undefined; ; ) {
    const page = await store.openListings({ shopId: shop.id, after, limit: pageSize });
    const sold = page.filter(({ activity, goneAt, sellable }) => {
      return activity === 'active' && goneAt === undefined && sellable === 'unit';
    });
    const skus = sold.flatMap(({ sku }) => (sku === undefined ? [] : [ourSku(shop, sku)]));
    const gtins = sold.flatMap(({ gtin }) => gtin ?? []);
    const [links, products] = await Promise.all([
      store.integrationsAt(sold.map(({ ref }) => ref)),
      store.productsBy({ skus, gtins }),
    ]);
    const linked = new Set(links.map(({ ref }) => refKey(ref)));
    const stored = products.filter(({ warehouse }) => warehouse?.source === kind && warehouse.goneAt === undefined);
    const isStored = ({ sku, gtin }: Listing): boolean =>
      stored.some(
        (product) =>
          (sku !== undefined && product.sku === ourSku(shop, sku)) || (gtin !== undefined && product.gtin === gtin),
      );
    yield sold
      .filter((listing) => !linked.has(refKey(listing.ref)) && !isStored(listing))
      .map((listing) => listingRow(listing));
    after = page.length < pageSize ? undefined : page.at(-1)?.ref;
    if (after === undefined) return;
  }
}

const listingRow = (listing: Listing): UnmatchedRow => ({
  shopId: listing.ref.shopId,
  ref: listing.ref,
  name: listing.content.name,
  sku: listing.sku,
  figure: countedQuantity(listing),
});

async function* linkedOf(deps: ServiceDependencies, { id: shopId }: Shop): AsyncGenerator<readonly UnmatchedRow[]> {
  const { kind } = chosenWarehouse(deps);
  for (let after: ProductId | undefined; ; ) {
    const links = await deps.store.integrationPage({ shopId, after, limit: pageSize });
    const refOf = new Map(links.map(({ productId, ref }) => [productId, ref]));
    const products = await deps.store.products([...refOf.keys()]);
    yield products
      .filter(({ warehouse }) => warehouse?.source !== kind || warehouse.goneAt !== undefined)
      .map((product) => ({ ...productRow(product), shopId, ref: refOf.get(product.id) }));
    after = links.length < pageSize ? undefined : links.at(-1)?.productId;
    if (after === undefined) return;
  }
}

const productRow = ({ id, sku, content, stock }: Product): UnmatchedRow => ({
  productId: id,
  name: content.name,
  sku,
  figure: available(stock),
});

/** What the warehouse has and no shop sells: products of ours from there that have no link at all. */
export async function inNoShop(deps: ServiceDependencies, request: { readonly limit: number }): Promise<UnmatchedList> {
  chosenWarehouse(deps);
  return upTo(request.limit, withoutLink(deps));
}

async function* withoutLink(deps: ServiceDependencies): AsyncGenerator<readonly UnmatchedRow[]> {
  const { kind } = chosenWarehouse(deps);
  for await (const page of productPages(deps)) {
    const stored = page.filter(({ warehouse }) => warehouse?.source === kind && warehouse.goneAt === undefined);
    const links = await deps.store.integrationsOf(stored.map(({ id }) => id));
    const linked = new Set(links.map(({ productId }) => productId));
    yield stored.filter(({ id }) => !linked.has(id)).map(productRow);
  }
}
