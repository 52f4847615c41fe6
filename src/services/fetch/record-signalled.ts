import { noChanges, refKey } from '../../domain/changes.ts';
import { fetchOutcomeOf } from '../../domain/fetch/fetch-outcome.ts';
import {
  type ListingRef,
  type RunId,
  type ShopProductId,
  toProductId,
  toRunId,
  toShopProductId,
} from '../../domain/ids.ts';
import type { ChangeSet } from '../../domain/reconcile/change-set.ts';
import { stillUnreadable } from '../../domain/reconcile/unreadable-rows.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { shopExists } from '../dependencies/shop-exists.ts';
import { ingest } from '../reconcile/ingest.ts';
import { stateOf } from '../sync/sync-session.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchResult } from './fetch-service.ts';
import { heldAfter, idsThatLoseLinks, isTooManyToLose } from './hold-removals.ts';
import type { Answer } from './query-job.ts';

/** What a shop answered about one thing that it told of, and what lay under its id before. */
export type Heard = { readonly job: FetchJob; readonly answer: Answer; readonly known: readonly ListingRef[] };

/** What a job asks for; the job itself may be a copy by now. */
export const nameOf = ({ signalled, asked }: FetchJob): string => `${signalled} ${asked}`;
export const idOf = ({ asked }: FetchJob): ShopProductId => toShopProductId(asked.trim());

type Outcome = Pick<FetchResult, 'outcome' | 'productId' | 'trouble'>;
type Taken = { readonly changeSet: ChangeSet; readonly outcomes: ReadonlyMap<string, Outcome> };

/** Takes in all that was heard, in one change; but for what would take more links along than may go unasked. */
export async function recordSignalled(
  deps: ServiceDependencies,
  heard: readonly Heard[],
): Promise<ReadonlyMap<string, Outcome>> {
  const runId = toRunId(`fetch-${deps.newId()}`);
  const outcomes = new Map<string, Outcome>();
  const shop = heard[0]?.job.shop;
  if (shop === undefined) return outcomes;
  await deps.store.change(async (now) => {
    if (!(await shopExists(now, shop))) {
      for (const { job } of heard) outcomes.set(nameOf(job), { outcome: 'cancelled', productId: undefined });
      return noChanges;
    }
    const at = deps.clock.now();
    const { lastTrouble, ...state } = await stateOf(now, shop);
    const all = await ingestHeard(deps, now, { shop, heard, runId });
    const losing = idsThatLoseLinks(all.changeSet.events());
    const isHeld = await isTooManyToLose(now, shop, { more: losing.length, at, state });
    const wouldLose = ({ answer }: Heard): boolean => isHeld && answer.ids.some((id) => losing.includes(id));
    const believed = heard.filter((one) => !wouldLose(one));
    const { changeSet, outcomes: taken } = isHeld
      ? await ingestHeard(deps, now, { shop, heard: believed, runId })
      : all;
    for (const [name, outcome] of taken) outcomes.set(name, outcome);
    const held = heard.filter(wouldLose);
    for (const { job } of held) outcomes.set(nameOf(job), heldBack(shop));
    const heldSignals = heldAfter(state.heldSignals, { at, held: held.map(({ job }) => idOf(job)) });
    const unreadable = stillUnreadable(
      state.unreadable,
      believed.flatMap(({ answer }) => answer.listings),
    );
    changeSet.apply({ table: 'shopStates', put: { ...state, lastAnswerAt: at, unreadable, heldSignals } });
    return changeSet.changes();
  });
  return outcomes;
}

/** What a shop told of that is not taken in: only the whole shop shows whether so many links are to go. */
export const heldBack = (shop: Shop): Outcome => ({
  outcome: 'refused',
  productId: undefined,
  trouble: {
    kind: 'unintelligible',
    detail: {
      shop: shop.id,
      doing: 'taking in what the shop told',
      said: 'so many links would go by it that the next full sync asks first',
      saidBy: 'us',
    },
  },
});

type Ingested = { readonly shop: Shop; readonly heard: readonly Heard[]; readonly runId: RunId };

async function ingestHeard(
  deps: ServiceDependencies,
  now: StoreReader,
  { shop, heard, runId }: Ingested,
): Promise<Taken> {
  const listings = heard.flatMap(({ answer }) => answer.listings.map((listing) => ({ ...listing, seenIn: runId })));
  const asked = [...new Set(heard.flatMap(({ answer }) => answer.ids))];
  const newProductId = () => toProductId(deps.newId());
  const context = { shop, at: deps.clock.now(), by: deps.actor, asked: 'sync', runId, newProductId } as const;
  const before = await now.integrationsAt(listings.map(({ ref }) => ref));
  const linked = new Set(before.map(({ ref }) => refKey(ref)));
  const changeSet = await ingest(now, { shop, asked, listings }, (over) => ({ ...context, changeSet: over }));
  const outcomes = new Map<string, Outcome>();
  for (const { job, answer, known } of heard) {
    const wasLinked = answer.listings.some(({ ref }) => linked.has(refKey(ref)));
    const fetched = { shop, product: undefined, listings: answer.listings, known, wasLinked };
    outcomes.set(nameOf(job), fetchOutcomeOf(fetched, changeSet));
  }
  return { changeSet, outcomes };
}
