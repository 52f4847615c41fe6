import { type Instant, later, type ProductId, type ShopId, toPlanId } from '../../domain/ids.ts';
import type { PushPlan, PushRow } from '../../domain/push-plan.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { keepAnsweredFigures } from './keep-answered-figures.ts';
import { linkedCandidates, pushCandidates } from './push-candidates.ts';
import type { PushRequest } from './push-service.ts';

const dayMs = 86_400_000;
const plansDropped = 100;
const plansLookedAt = 50;
const pageSize = 1_000;

/**
 * Works out what the shops should be told and keeps it as a plan, so that what is applied is what was seen. A plan
 * over whole shops only counts the rows that have nothing to say, and does not read them. While the program is only to look, the plan is
 * shown and not kept.
 */
export async function planPush(deps: ServiceDependencies, request: PushRequest): Promise<PushPlan> {
  const { store, clock, tuning, actor } = deps;
  const named = request.productIds !== undefined;
  if (!deps.readOnly) await keepAnsweredFigures(deps, request.productIds ?? [], request.answers ?? []);
  const found = named ? await rowsOf(deps, request) : await rowsToTell(deps, request);
  const rows = request.only === undefined ? found : found.filter(request.only);
  const madeAt = clock.now();
  const shops = await store.shops();
  const plan: PushPlan = {
    id: toPlanId(deps.newId()),
    madeAt,
    expiresAt: later(madeAt, tuning.planMs),
    by: actor.name,
    shopIds: shops.map(({ id }) => id).filter((id) => request.shopIds?.includes(id) ?? true),
    rows,
    ...(named || request.only !== undefined ? {} : { unchanged: (await linksIn(deps, request)) - rows.length }),
  };
  if (deps.readOnly) return plan;
  const old = later(madeAt, -dayMs - tuning.planMs);
  const overSince = later(madeAt, -2 * tuning.planMs);
  await store.change(async (now) => ({
    put: { plans: [...(await emptied(now, old, overSince)), plan] },
    drop: { plans: await now.planIds({ madeBefore: old, limit: plansDropped }) },
    events: [],
  }));
  return plan;
}

/**
 * Plans that ran out and that nobody applied, without their rows: that there was such a plan is worth knowing for a day,
 * and a preview of a whole shop is as large as its links are. Whoever looks every five minutes would fill the store.
 */
async function emptied(now: StoreReader, from: Instant, madeBefore: Instant): Promise<readonly PushPlan[]> {
  const ids = await now.planIds({ madeBefore, limit: plansLookedAt });
  const plans = await Promise.all(ids.map((id) => now.plan(id)));
  return plans.flatMap((plan) =>
    plan === undefined || plan.appliedAt !== undefined || plan.rows.length === 0 || plan.madeAt < from
      ? []
      : [{ ...plan, rows: [] }],
  );
}

/** The rows of named products: in the order in which they were named, and the shops of each in their own. */
async function rowsOf(deps: ServiceDependencies, request: PushRequest): Promise<readonly PushRow[]> {
  const productIds = request.productIds ?? [];
  const found = await pushCandidates(deps, deps.store, { ...request, productIds });
  const shops = await shopsAsked(deps, request);
  const places = new Map(productIds.map((id, place) => [id, place]));
  const placeOf = (row: PushRow): number => (places.get(row.productId) ?? 0) * shops.length + shops.indexOf(row.shopId);
  return found.map(({ row }) => row).toSorted((a, b) => placeOf(a) - placeOf(b));
}

const shopsAsked = async (deps: ServiceDependencies, { shopIds }: PushRequest): Promise<readonly ShopId[]> =>
  (await deps.store.shops()).map(({ id }) => id).filter((id) => shopIds?.includes(id) ?? true);

/** What whole shops have to be told, or cannot be: asked for by the page, so that what has its figure costs nothing. */
async function rowsToTell(deps: ServiceDependencies, request: PushRequest): Promise<readonly PushRow[]> {
  const rows: PushRow[] = [];
  for (const shopId of await shopsAsked(deps, request)) {
    for (let after: ProductId | undefined; ; ) {
      const ids = await deps.store.unsentProducts({ shopId, after, limit: pageSize });
      const page = (await linkedCandidates(deps, deps.store, { productIds: ids, shopIds: [shopId] })).map(
        ({ row }) => row,
      );
      rows.push(...page.filter((row) => row.kind === 'send' || row.why !== 'unchanged'));
      if (ids.length < pageSize) break;
      after = ids.at(-1);
    }
  }
  return rows;
}

async function linksIn(deps: ServiceDependencies, request: PushRequest): Promise<number> {
  const asked = await shopsAsked(deps, request);
  const { shops } = await deps.store.counts();
  return shops.reduce((sum, { shopId, integrations }) => sum + (asked.includes(shopId) ? integrations : 0), 0);
}
