import { noChanges, refKey } from '../../domain/changes.ts';
import { fetchOutcomeOf } from '../../domain/fetch/fetch-outcome.ts';
import {
  type ListingRef,
  millisecondsOf,
  type ShopProductId,
  toProductId,
  toRunId,
  toShopProductId,
} from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { stillUnreadable } from '../../domain/reconcile/unreadable-rows.ts';
import type { Shop } from '../../domain/shop.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { VerifiedConnectors } from '../dependencies/connect-verified.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { shopExists } from '../dependencies/shop-exists.ts';
import { ingest } from '../reconcile/ingest.ts';
import { stateOf } from '../sync/sync-session.ts';
import { failedFetch } from './failed-fetch.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchResult } from './fetch-service.ts';
import { type Answer, queryJob } from './query-job.ts';
import { countLinks, runFetchJobs } from './run-fetch-jobs.ts';

/** So many are asked for and taken in at a time: where one call answers for many, and where each is a call of its own. */
const groupSize = { inOneCall: 50, oneByOne: 10 } as const;

type How = {
  readonly signal: AbortSignal;
  readonly connect: VerifiedConnectors;
  readonly onResult?: (result: FetchResult, done: number, total: number) => void;
};

/** What a shop answered about one thing that it told of, and what lay under its id before. */
type Heard = { readonly job: FetchJob; readonly answer: Answer; readonly known: readonly ListingRef[] };

/**
 * Asks one shop for what it told of and takes that in, a group at a time: one question for many where the platform
 * can, one change for all of a group. A group that the shop does not answer is a result; nothing of it is written.
 */
export async function ingestSignalled(
  deps: ServiceDependencies,
  jobs: readonly FetchJob[],
  how: How,
): Promise<readonly FetchResult[]> {
  const results: FetchResult[] = [];
  const [first] = jobs;
  const can = first !== undefined && deps.connectors.connect(first.shop)?.products !== undefined;
  const size = can ? groupSize.inOneCall : groupSize.oneByOne;
  for (let from = 0; from < jobs.length; from += size) {
    for (const result of await ingestGroup(deps, jobs.slice(from, from + size), how)) {
      results.push(result);
      how.onResult?.(result, results.length, jobs.length);
    }
  }
  return results;
}

async function ingestGroup(deps: ServiceDependencies, jobs: readonly FetchJob[], how: How) {
  const began = millisecondsOf(deps.clock.now());
  const tookMs = (): number => millisecondsOf(deps.clock.now()) - began;
  const heard = new Map<string, Heard>();
  let many: ReadonlyMap<string, Heard>;
  try {
    many = await askForMany(deps, jobs, how);
  } catch (trouble) {
    return failed(deps, jobs, { trouble, signal: how.signal, tookMs });
  }
  const answered = await runFetchJobs(jobs, {
    linksIn: countLinks(deps),
    signal: how.signal,
    run: async (job) => {
      const about = { shopId: job.shop.id, asked: job.asked, ruledOut: [], tookMs: tookMs() };
      try {
        heard.set(nameOf(job), many.get(nameOf(job)) ?? (await askForOne(deps, job, how)));
        return { ...about, outcome: 'never-in-shop' };
      } catch (trouble) {
        return { ...about, ...(await failedFetch(deps, job, { trouble, signal: how.signal, tookMs })) };
      }
    },
  });
  if (heard.size === 0) return answered;
  const outcomes = await record(deps, [...heard.values()]);
  return answered.map((result, place): FetchResult => {
    const job = jobs[place];
    return { ...result, tookMs: tookMs(), ...(job === undefined ? {} : outcomes.get(nameOf(job))) };
  });
}

/**
 * What one question for many shows. What it does not show is asked for by itself: only that proves that a thing is
 * gone. So is what is known to have a copy that kept its id.
 */
async function askForMany(
  deps: ServiceDependencies,
  jobs: readonly FetchJob[],
  how: How,
): Promise<ReadonlyMap<string, Heard>> {
  const found = new Map<string, Heard>();
  const [first] = jobs;
  const byId = jobs.filter(({ signalled }) => signalled === 'id');
  if (first === undefined || byId.length < 2 || first.shop.paused) return found;
  try {
    const connector = await how.connect(first.shop, how.signal);
    if (connector.products === undefined) return found;
    const copied = await idsWithCopies(deps.store, first.shop, byId.map(idOf));
    const wanted = byId.filter((job) => !copied.has(idOf(job)));
    const shown = await connector.products(wanted.map(idOf), how.signal, 'background');
    for (const job of wanted) {
      const listings = shown.get(idOf(job)) ?? [];
      if (listings.length > 0) found.set(nameOf(job), { job, answer: { ids: [idOf(job)], listings }, known: [] });
    }
  } catch (error) {
    // One that the shop will not tell of, or that cannot be read, spoils the answer for all: each is asked for by itself.
    if (!(error instanceof ShopError) || (error.kind !== 'refused' && error.kind !== 'unintelligible')) throw error;
  }
  return found;
}

/** Trouble that is the shop's and not one product's: it is written down once. */
async function failed(
  deps: ServiceDependencies,
  jobs: readonly FetchJob[],
  failure: Parameters<typeof failedFetch>[2],
) {
  const [first] = jobs;
  if (first === undefined) return [];
  const { tookMs } = failure;
  const result = await failedFetch(deps, first, failure);
  return jobs.map((job): FetchResult => ({ ...result, asked: job.asked, tookMs: tookMs() }));
}

/** What a job asks for; the job itself may be a copy by now. */
const nameOf = ({ signalled, asked }: FetchJob): string => `${signalled} ${asked}`;
const idOf = ({ asked }: FetchJob): ShopProductId => toShopProductId(asked.trim());

async function idsWithCopies(now: StoreReader, shop: Shop, ids: readonly ShopProductId[]) {
  const known = (await Promise.all(ids.map((id) => now.listingsWith(id)))).flat();
  const copied = known.filter(({ ref, beside }) => ref.shopId === shop.id && beside !== undefined);
  return new Set(copied.map(({ ref }) => ref.shopProductId));
}

async function askForOne(deps: ServiceDependencies, job: FetchJob, { connect, signal }: How): Promise<Heard> {
  const connector = await connect(job.shop, signal);
  const listings = await deps.store.listingsWith(idOf(job));
  const known = listings.flatMap(({ ref }) => (ref.shopId === job.shop.id ? [ref] : []));
  return { job, answer: await queryJob(deps, job, { connector, known, signal }), known };
}

type Outcome = Pick<FetchResult, 'outcome' | 'productId'>;

/** Takes in all that was heard, in one change. */
async function record(deps: ServiceDependencies, heard: readonly Heard[]): Promise<ReadonlyMap<string, Outcome>> {
  const runId = toRunId(`fetch-${deps.newId()}`);
  const outcomes = new Map<string, Outcome>();
  const shop = heard[0]?.job.shop;
  if (shop === undefined) return outcomes;
  const newProductId = () => toProductId(deps.newId());
  const listingsOf = ({ answer }: Heard): readonly Listing[] =>
    answer.listings.map((listing) => ({ ...listing, seenIn: runId }));
  const listings = heard.flatMap(listingsOf);
  const asked = [...new Set(heard.flatMap(({ answer }) => answer.ids))];
  await deps.store.change(async (now) => {
    if (!(await shopExists(now, shop))) {
      for (const { job } of heard) outcomes.set(nameOf(job), { outcome: 'cancelled', productId: undefined });
      return noChanges;
    }
    const at = deps.clock.now();
    const context = { shop, at, by: deps.actor, asked: 'sync', runId, newProductId } as const;
    const before = await now.integrationsAt(listings.map(({ ref }) => ref));
    const linked = new Set(before.map(({ ref }) => refKey(ref)));
    const changeSet = await ingest(now, { shop, asked, listings }, (over) => ({ ...context, changeSet: over }));
    for (const { job, answer, known } of heard) {
      const wasLinked = answer.listings.some(({ ref }) => linked.has(refKey(ref)));
      const fetched = { shop, product: undefined, listings: answer.listings, known, wasLinked };
      outcomes.set(nameOf(job), fetchOutcomeOf(fetched, changeSet));
    }
    const { lastTrouble: _, ...state } = await stateOf(now, shop);
    const unreadable = stillUnreadable(state.unreadable, listings);
    changeSet.apply({ table: 'shopStates', put: { ...state, lastAnswerAt: at, unreadable } });
    return changeSet.changes();
  });
  return outcomes;
}
