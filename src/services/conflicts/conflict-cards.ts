import { refKey } from '../../domain/changes.ts';
import { type Conflict, translationOf } from '../../domain/conflict.ts';
import { type ContenderFacts, effectsOf, rankContenders } from '../../domain/conflicts/contenders.ts';
import { conflictProducts } from '../../domain/event.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Listing, Sale } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ConflictCard, ConflictQuery } from './conflict-service.ts';

/** Conflicts with their contenders side by side, who was first, and what each choice would do; a page, the newest first. */
export async function conflicts(
  deps: ServiceDependencies,
  { shopId, after, limit = usualLimit }: ConflictQuery = {},
): Promise<readonly ConflictCard[]> {
  return cardsOf(deps, await deps.store.conflictPage({ shopId, after: after?.conflict, limit }));
}

/** The conflict at a listing, if there is one. */
export const conflictAt = async (deps: ServiceDependencies, ref: ListingRef): Promise<ConflictCard | undefined> =>
  (await cardsOf(deps, await deps.store.conflictsAt([ref])))[0];

const usualLimit = 500;

async function cardsOf(deps: ServiceDependencies, standing: readonly Conflict[]): Promise<readonly ConflictCard[]> {
  const shops = await deps.store.shops();
  const records = await recordsOf(deps.store, standing);
  return standing.flatMap((conflict) => {
    const shop = shops.find(({ id }) => id === conflict.ref.shopId);
    return shop === undefined ? [] : [cardOf(conflict, shop, records)];
  });
}

type Records = {
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly links: ReadonlyMap<string, Integration>;
  readonly sales: ReadonlyMap<string, Sale>;
};

/** All that the cards show, in five questions for all of them. */
async function recordsOf(now: StoreReader, standing: readonly Conflict[]): Promise<Records> {
  const products = await now.products([...new Set(standing.flatMap(conflictProducts))]);
  const ids = products.map(({ id }) => id);
  const links = await now.integrationsOf(ids);
  const refs: readonly ListingRef[] = [
    ...standing.flatMap((conflict) =>
      conflict.kind === 'product-taken' ? [conflict.ref, conflict.other] : [conflict.ref],
    ),
    ...links.map(({ ref }) => ref),
  ];
  const [listings, sales, atRefs] = await Promise.all([
    now.listingsAt(refs),
    now.salesAt(refs),
    now.integrationsAt(refs),
  ]);
  return {
    products: new Map(products.map((product) => [product.id, product])),
    listings: new Map(listings.map((listing) => [refKey(listing.ref), listing])),
    links: new Map([...links, ...atRefs].map((link) => [refKey(link.ref), link])),
    sales: new Map(sales.map((sale) => [refKey(sale.ref), sale])),
  };
}

function cardOf(conflict: Conflict, shop: Shop, records: Records): ConflictCard {
  const listing = records.listings.get(refKey(conflict.ref));
  return {
    conflict,
    shop,
    listing,
    contenders: rankContenders(contendersIn(conflict, records)),
    choices: effectsOf(conflict),
    translation: translationOf(conflict, listing),
  };
}

/** Who contends, the one that stands today first. */
function contendersIn(conflict: Conflict, records: Records): readonly ContenderFacts[] {
  const at = (role: ContenderFacts['role'], productId: ProductId, ref: ListingRef | undefined): ContenderFacts => {
    const key = ref === undefined ? '' : refKey(ref);
    return {
      role,
      product: records.products.get(productId),
      listing: records.listings.get(key),
      integration: ref && linkOf(productId, ref, records),
      sale: records.sales.get(key),
    };
  };
  switch (conflict.kind) {
    case 'shop-id-taken': {
      const copy = conflict.copy ?? records.listings.get(refKey(conflict.ref))?.beside?.[0];
      const claimant = { ...at('claimant', conflict.claimant, undefined), listing: copy };
      return [at('holder', conflict.holder, conflict.ref), claimant];
    }
    case 'sku-changed':
      return [at('holder', conflict.holder, conflict.ref)];
    case 'product-taken':
      return [at('holder', conflict.product, conflict.other), at('claimant', conflict.product, conflict.ref)];
    case 'ambiguous':
      return conflict.candidates.map((id) => at('claimant', id, ownLink(id, conflict.ref.shopId, records)?.ref));
    default:
      return conflict satisfies never;
  }
}

const linkOf = (productId: ProductId, ref: ListingRef, { links }: Records): Integration | undefined => {
  const link = links.get(refKey(ref));
  return link?.productId === productId ? link : undefined;
};

const ownLink = (productId: ProductId, shopId: ShopId, { links }: Records): Integration | undefined =>
  [...links.values()].find((link) => link.productId === productId && link.ref.shopId === shopId);
