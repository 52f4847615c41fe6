import { placeKey, refKey } from '../../domain/changes.ts';
import { type LiveAnswer, withAnsweredFigure } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { atShopLocations } from '../../domain/push/at-shop-location.ts';
import { planRow } from '../../domain/push/plan-row.ts';
import type { PushCandidate } from '../../domain/push/push-candidate.ts';
import type { PushRow } from '../../domain/push-plan.ts';
import { type Shop, sellsByLocation } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { figureAges } from '../facts/figure-ages.ts';
import { placeFactsOf } from '../facts/gather-place-facts.ts';

/** A row with what it was worked out from. */
export type PlannedCandidate = { readonly place: PushCandidate; readonly row: PushRow };

/** Products in shops; all shops where none is named. */
type Asked = {
  readonly productIds: readonly ProductId[];
  readonly shopIds?: readonly ShopId[];
  /** What shops said since, where they were asked. */
  readonly answers?: readonly LiveAnswer[];
};

/**
 * Every place of these products that a push could tell something, as it stands now. Places without a link are there
 * too, so that a push which cannot go out is seen and not dropped (I3).
 */
export async function pushCandidates(
  deps: ServiceDependencies,
  now: StoreReader,
  asked: Asked,
): Promise<readonly PlannedCandidate[]> {
  const { places, links, rules } = await gatherLinked(deps, now, asked);
  const unlinked = await placesWithoutLink(deps, now, { asked, links, rules });
  return [...places, ...unlinked].flatMap(atShopLocations).map(planned);
}

/** The same, without places that have no link. */
export const linkedCandidates = async (
  deps: ServiceDependencies,
  now: StoreReader,
  asked: Asked,
): Promise<readonly PlannedCandidate[]> =>
  (await gatherLinked(deps, now, asked)).places.flatMap(atShopLocations).map(planned);

const planned = (place: PushCandidate): PlannedCandidate => ({ place, row: planRow(place) });

async function gatherLinked(deps: ServiceDependencies, now: StoreReader, { productIds, shopIds, answers = [] }: Asked) {
  const shops = (await now.shops()).filter(({ id }) => shopIds?.includes(id) ?? true);
  const here = new Set(shops.map(({ id }) => id));
  const links = (await now.integrationsOf(productIds)).filter(({ ref }) => here.has(ref.shopId));
  const isMapped = shops.some(sellsByLocation);
  const [products, listings, levels] = await Promise.all([
    now.products(productIds),
    now.listingsAt(links.map(({ ref }) => ref)),
    isMapped ? now.stockLevelsOf(productIds) : [],
  ]);
  const partsOf = Map.groupBy(levels, ({ productId }) => productId);
  const productOf = new Map(products.map((product) => [product.id, product]));
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const rules = rulesOf(deps, shops);
  const figures = figureAges(deps);
  const places = links.flatMap((integration): readonly PushCandidate[] => {
    const product = productOf.get(integration.productId);
    const rule = rules.get(integration.ref.shopId);
    const stored = listingAt.get(refKey(integration.ref));
    const listing = stored && withAnsweredFigure(stored, integration.pushed, answers);
    if (product === undefined || rule === undefined) return [];
    const parts = partsOf.get(product.id);
    const { at: figureAt, isTooOld: figureTooOld } = figures(product);
    return [{ ...rule, product, integration, listing, parts, figureAt, figureTooOld }];
  });
  return { places, links, rules };
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

type Linked = {
  readonly asked: Asked;
  readonly links: readonly Integration[];
  readonly rules: ReadonlyMap<ShopId, Rule>;
};

/** Where a shop was named, every product asked for is meant there; else those places where a link is expected. */
async function placesWithoutLink(
  deps: ServiceDependencies,
  now: StoreReader,
  { asked: { productIds: all, shopIds }, links, rules }: Linked,
): Promise<readonly PushCandidate[]> {
  const linked = new Set(links.map(({ productId, ref }) => placeKey(productId, ref.shopId)));
  const asked = [...rules.keys()];
  const productIds = all.filter((id) => !asked.every((shopId) => linked.has(placeKey(id, shopId))));
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
