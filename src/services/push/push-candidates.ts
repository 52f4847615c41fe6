import { placeKey, refKey } from '../../domain/changes.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { planRow } from '../../domain/push/plan-row.ts';
import type { PushCandidate } from '../../domain/push/push-candidate.ts';
import type { PushRow } from '../../domain/push-plan.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { placeFactsOf } from '../facts/gather-place-facts.ts';
import { tooOldFigures } from '../facts/too-old-figures.ts';
import type { PushRequest } from './push-service.ts';

/** A row with what it was worked out from. */
export type PlannedCandidate = { readonly place: PushCandidate; readonly row: PushRow };

/**
 * Every place that a push could tell something, as it stands now. Where products are named, places without a
 * link are there too, so that a push which cannot go out is seen and not dropped (I3).
 */
export async function pushCandidates(
  deps: ServiceDependencies,
  now: StoreReader,
  request: PushRequest,
): Promise<readonly PlannedCandidate[]> {
  const shops = (await now.shops()).filter(({ id }) => request.shopIds?.includes(id) ?? true);
  const links = await linksOf(now, shops, request.productIds);
  const ids = request.productIds ?? [...new Set(links.map(({ productId }) => productId))];
  const [products, listings] = await Promise.all([now.products(ids), now.listingsAt(links.map(({ ref }) => ref))]);
  const productOf = new Map(products.map((product) => [product.id, product]));
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const rules = rulesOf(deps, shops);
  const isTooOld = tooOldFigures(deps);
  const linked = links.flatMap((integration): readonly PushCandidate[] => {
    const product = productOf.get(integration.productId);
    const rule = rules.get(integration.ref.shopId);
    const listing = listingAt.get(refKey(integration.ref));
    if (product === undefined || rule === undefined) return [];
    return [{ ...rule, product, integration, listing, figureTooOld: isTooOld(product) }];
  });
  const unlinked =
    request.productIds === undefined ? [] : await placesWithoutLink(deps, now, { request, links, rules });
  return [...linked, ...unlinked].map((place) => ({ place, row: planRow(place) }));
}

type Rule = Pick<PushCandidate, 'shop' | 'canNegative' | 'jumpFactor'>;

const rulesOf = ({ connectors, tuning }: ServiceDependencies, shops: readonly Shop[]): ReadonlyMap<ShopId, Rule> =>
  new Map(
    shops.map((shop) => [
      shop.id,
      {
        shop,
        canNegative: connectors.driver(shop.platform)?.capabilities.negative === true,
        jumpFactor: tuning.jumpFactor,
      },
    ]),
  );

async function linksOf(
  now: StoreReader,
  shops: readonly Shop[],
  productIds: readonly ProductId[] | undefined,
): Promise<readonly Integration[]> {
  if (productIds === undefined) return (await Promise.all(shops.map(({ id }) => now.integrationsOn(id)))).flat();
  const asked = new Set(shops.map(({ id }) => id));
  return (await now.integrationsOf(productIds)).filter(({ ref }) => asked.has(ref.shopId));
}

type Linked = {
  readonly request: PushRequest;
  readonly links: readonly Integration[];
  readonly rules: ReadonlyMap<ShopId, Rule>;
};

/** Where a shop was named, every product asked for is meant there; else those places where a link is expected. */
async function placesWithoutLink(
  deps: ServiceDependencies,
  now: StoreReader,
  { request, links, rules }: Linked,
): Promise<readonly PushCandidate[]> {
  const linked = new Set(links.map(({ productId, ref }) => placeKey(productId, ref.shopId)));
  const { shopIds } = request;
  const asked = [...rules.keys()];
  const productIds = (request.productIds ?? []).filter(
    (id) => !asked.every((shopId) => linked.has(placeKey(id, shopId))),
  );
  if (productIds.length === 0) return [];
  const facts = await placeFactsOf(deps, now, { productIds, shopIds });
  return facts
    .filter(({ product, shop }) => !linked.has(placeKey(product.id, shop.id)))
    .filter(({ expected }) => expected || shopIds !== undefined)
    .flatMap(({ product, shop }): readonly PushCandidate[] => {
      const rule = rules.get(shop.id);
      return rule === undefined ? [] : [{ ...rule, product }];
    });
}
