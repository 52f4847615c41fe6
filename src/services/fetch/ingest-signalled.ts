import type { ShopProductId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { VerifiedConnectors } from '../dependencies/connect-verified.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { stateOf } from '../sync/sync-session.ts';
import { failedFetch } from './failed-fetch.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchResult } from './fetch-service.ts';
import { queryJob } from './query-job.ts';
import { type Heard, heldBack, idOf, nameOf, recordSignalled } from './record-signalled.ts';
import { countLinks, runFetchJobs } from './run-fetch-jobs.ts';
import { assertShowsOthers } from './shows-others.ts';

/** So many are asked for and taken in at a time: where one call answers for many, and where each is a call of its own. */
const groupSize = { inOneCall: 50, oneByOne: 10 } as const;

type How = {
  readonly signal: AbortSignal;
  readonly connect: VerifiedConnectors;
  readonly onResult?: (result: FetchResult, done: number, total: number) => void;
};

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
    const group = jobs.slice(from, from + size);
    for (const result of (await heldAlready(deps, group)) ?? (await ingestGroup(deps, group, how))) {
      results.push(result);
      how.onResult?.(result, results.length, jobs.length);
    }
  }
  return results;
}

/** While a full sync is waited for that asks about many links, nothing is asked one by one: it shows all of it. */
async function heldAlready(
  { store }: ServiceDependencies,
  jobs: readonly FetchJob[],
): Promise<readonly FetchResult[] | undefined> {
  const [first] = jobs;
  if (first === undefined || (await stateOf(store, first.shop)).heldSignals === undefined) return undefined;
  return jobs.map(({ asked, shop }) => ({ shopId: shop.id, asked, ruledOut: [], tookMs: 0, ...heldBack(shop) }));
}

async function ingestGroup(deps: ServiceDependencies, jobs: readonly FetchJob[], how: How) {
  const began = passed(deps.clock);
  const tookMs = (): number => passed(deps.clock) - began;
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
  const outcomes = await recordSignalled(deps, [...heard.values()]);
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

async function idsWithCopies(now: StoreReader, shop: Shop, ids: readonly ShopProductId[]) {
  const known = (await Promise.all(ids.map((id) => now.listingsWith(id)))).flat();
  const copied = known.filter(({ ref, beside }) => ref.shopId === shop.id && beside !== undefined);
  return new Set(copied.map(({ ref }) => ref.shopProductId));
}

async function askForOne(deps: ServiceDependencies, job: FetchJob, { connect, signal }: How): Promise<Heard> {
  const connector = await connect(job.shop, signal);
  const listings = await deps.store.listingsWith(idOf(job));
  const known = listings.flatMap(({ ref }) => (ref.shopId === job.shop.id ? [ref] : []));
  const answer = await queryJob(deps, job, { connector, known, signal });
  const asking = { shop: job.shop, connector, signal, urgency: 'background' } as const;
  await assertShowsOthers(deps, asking, { ...answer, refs: known });
  return { job, answer, known };
}
