import { placeKey } from '../../domain/changes.ts';
import { diagnose } from '../../domain/explaining/diagnose.ts';
import { causePatterns, type RefusedPush, refusalPatterns, removalPatterns } from '../../domain/explaining/patterns.ts';
import { later, type ShopId } from '../../domain/ids.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import { isFaulty, missingPlaces } from '../evidence/product-pages.ts';
import type { Pattern } from '../services.ts';
import type { World } from '../world.ts';

const monthMs = 30 * 86_400_000;
const newestLooked = 20_000;

/** Many missing links turned into few cases, each with the one repair for all; the largest first. */
export async function patterns(world: World, shopId?: ShopId): Promise<readonly Pattern[]> {
  const shops = (await world.store.shops()).filter(({ id }) => shopId === undefined || id === shopId);
  const steady = atOneMoment(world);
  const refused = await refusals(steady, shopId);
  const found = await Promise.all(shops.map(({ id }) => patternsIn(steady, id, refused.get(id) ?? [])));
  return found.flat().sort((a, b) => b.count - a.count);
}

/** All shops are judged at one moment, so that what they ask of the history alike is read from the disk once. */
function atOneMoment(world: World): World {
  const at = world.clock.now();
  const answers = new Map<string, ReturnType<World['store']['history']>>();
  const history: World['store']['history'] = (query) => {
    const asked = JSON.stringify(query);
    const answer = answers.get(asked) ?? world.store.history(query);
    answers.set(asked, answer);
    return answer;
  };
  return { ...world, clock: { ...world.clock, now: () => at }, store: { ...world.store, history } };
}

async function patternsIn(world: World, shopId: ShopId, refused: readonly RefusedPush[]): Promise<readonly Pattern[]> {
  const { store } = world;
  const [integrations, tombstones] = await Promise.all([store.integrationsOn(shopId), store.tombstonesOn(shopId)]);
  const linked = new Set(integrations.map(({ productId }) => placeKey(productId, shopId)));
  const standing = tombstones.filter((one) => !linked.has(placeKey(one.integration.productId, shopId)));
  const removals = removalPatterns(standing);
  const told = new Set(removals.flatMap(({ productIds }) => productIds));
  const missing = (await missingPlaces(world, shopId)).filter(({ id }) => !told.has(id));
  const facts = await gatherEvidence(world, store, { products: missing, shopIds: [shopId] });
  return [...removals, ...causePatterns(facts.filter(isFaulty).map(diagnose)), ...refusalPatterns(refused)];
}

/** What shops refused in the last month and have not taken since, by shop. */
async function refusals(
  { store, clock }: World,
  shopId?: ShopId,
): Promise<ReadonlyMap<ShopId, readonly RefusedPush[]>> {
  const events = await store.history({
    ...(shopId === undefined ? {} : { shopId }),
    types: ['push-refused', 'stock-pushed'],
    since: later(clock.now(), -monthMs),
    limit: newestLooked,
  });
  const seen = new Set<string>();
  const refused: RefusedPush[] = [];
  for (const event of events) {
    if (event.type !== 'push-refused' && event.type !== 'stock-pushed') continue;
    const place = placeKey(event.productId, event.type === 'push-refused' ? event.shopId : event.ref.shopId);
    if (!seen.has(place) && event.type === 'push-refused') refused.push(event);
    seen.add(place);
  }
  return Map.groupBy(refused, (event) => event.shopId);
}
