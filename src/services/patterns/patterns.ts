import { placeKey } from '../../domain/changes.ts';
import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import { later, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { Tombstone } from '../../domain/integration.ts';
import {
  causePatterns,
  type RefusedPush,
  refusalPatterns,
  removalPatterns,
} from '../../domain/patterns/find-patterns.ts';
import { isAboutShop, type Shop } from '../../domain/shop.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { missingFacts } from '../facts/missing-lines.ts';
import type { Pattern } from './pattern-service.ts';

const monthMs = 30 * 86_400_000;
const historyLimit = 20_000;
/** Missing links of a shop that patterns are looked for among: more are not one case by their number alone. */
const maxMissing = 20_000;

/** Many missing links turned into few cases, each with the one repair for all; the largest first. */
export async function patterns(deps: ServiceDependencies, shopId?: ShopId): Promise<readonly Pattern[]> {
  const shops = (await deps.store.shops()).filter(({ id }) => shopId === undefined || id === shopId);
  const steady = atOneMoment(deps);
  const refused = await refusals(steady, shops, shopId);
  const found = await Promise.all(shops.map(({ id }) => patternsIn(steady, id, refused.get(id) ?? [])));
  return found.flat().sort((a, b) => b.count - a.count);
}

/** All shops are judged at one moment, so that what they ask of the history alike is read from the disk once. */
function atOneMoment(deps: ServiceDependencies): ServiceDependencies {
  const at = deps.clock.now();
  const answers = new Map<string, ReturnType<ServiceDependencies['store']['history']>>();
  const history: ServiceDependencies['store']['history'] = (query) => {
    const asked = JSON.stringify(query);
    const answer = answers.get(asked) ?? deps.store.history(query);
    answers.set(asked, answer);
    return answer;
  };
  return { ...deps, clock: { ...deps.clock, now: () => at }, store: { ...deps.store, history } };
}

async function patternsIn(
  deps: ServiceDependencies,
  shopId: ShopId,
  refused: readonly RefusedPush[],
): Promise<readonly Pattern[]> {
  const standing: Tombstone[] = [];
  const named = new Set<ProductId>();
  const diagnoses: Diagnosis[] = [];
  for await (const page of missingFacts(deps, shopId)) {
    standing.push(...page.flatMap(({ tombstone }) => tombstone ?? []));
    diagnoses.push(...page.map(diagnose));
    if (diagnoses.length >= maxMissing) break;
  }
  const removals = removalPatterns(standing);
  for (const { productIds } of removals) for (const id of productIds) named.add(id);
  const others = diagnoses.filter(({ productId }) => !named.has(productId));
  return [...removals, ...causePatterns(others), ...refusalPatterns(refused)];
}

/** What shops refused in the last month and have not taken since, by shop. */
async function refusals(
  { store, clock }: ServiceDependencies,
  shops: readonly Shop[],
  shopId?: ShopId,
): Promise<ReadonlyMap<ShopId, readonly RefusedPush[]>> {
  const events = await store.history({
    shopId,
    types: ['push-refused', 'stock-pushed'],
    since: later(clock.now(), -monthMs),
    limit: historyLimit,
  });
  const seen = new Set<string>();
  const refused: RefusedPush[] = [];
  const shopAt = new Map(shops.map((shop) => [shop.id, shop]));
  for (const event of events) {
    if (event.type !== 'push-refused' && event.type !== 'stock-pushed') continue;
    const there = event.type === 'push-refused' ? event.shopId : event.ref.shopId;
    const shop = shopAt.get(there);
    if (shop === undefined || !isAboutShop(shop, event.at)) continue;
    const inShop = placeKey(event.productId, there);
    const place = `${inShop} ${event.shopLocation?.id ?? ''}`;
    if (!seen.has(place) && event.type === 'push-refused') refused.push(event);
    seen.add(place);
  }
  return Map.groupBy(refused, (event) => event.shopId);
}
