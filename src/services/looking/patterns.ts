import { placeKey } from '../../domain/changes.ts';
import { diagnose } from '../../domain/explaining/diagnose.ts';
import { causePatterns, type RefusedPush, refusalPatterns, removalPatterns } from '../../domain/explaining/patterns.ts';
import { later, type ShopId } from '../../domain/ids.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { isFaulty, missingPlaces } from '../evidence/product-pages.ts';
import type { Pattern } from '../services.ts';
import type { World } from '../world.ts';

const monthMs = 30 * 86_400_000;

/** Many missing links turned into few cases, each with the one repair for all; the largest first. */
export async function patterns(world: World, shopId?: ShopId): Promise<readonly Pattern[]> {
  const shops = (await world.store.shops()).filter(({ id }) => shopId === undefined || id === shopId);
  const found = await Promise.all(shops.map(({ id }) => patternsIn(world, id)));
  return found.flat().sort((a, b) => b.count - a.count);
}

async function patternsIn(world: World, shopId: ShopId): Promise<readonly Pattern[]> {
  const { store } = world;
  const [integrations, tombstones] = await Promise.all([store.integrationsOn(shopId), store.tombstonesOn(shopId)]);
  const linked = new Set(integrations.map(({ productId }) => placeKey(productId, shopId)));
  const standing = tombstones.filter((one) => !linked.has(placeKey(one.integration.productId, shopId)));
  const removals = removalPatterns(standing);
  const told = new Set(removals.flatMap(({ productIds }) => productIds));
  const missing = (await missingPlaces(world, shopId)).filter(({ id }) => !told.has(id));
  const facts = await gatherEvidence(world, store, { products: missing, shopIds: [shopId] });
  return [
    ...removals,
    ...causePatterns(facts.filter(isFaulty).map(diagnose)),
    ...refusalPatterns(await refusalsIn(world, shopId)),
  ];
}

/** What the shop refused in the last month and has not taken since. */
async function refusalsIn(world: World, shopId: ShopId): Promise<readonly RefusedPush[]> {
  const events = await world.store.history({
    shopId,
    types: ['push-refused', 'stock-pushed'],
    since: later(world.clock.now(), -monthMs),
    limit: 5_000,
  });
  const seen = new Set<string>();
  const refused: RefusedPush[] = [];
  for (const event of events) {
    if (event.type !== 'push-refused' && event.type !== 'stock-pushed') continue;
    if (!seen.has(event.productId) && event.type === 'push-refused') refused.push(event);
    seen.add(event.productId);
  }
  return refused;
}
