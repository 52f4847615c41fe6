import PQueue from 'p-queue';
import type { ShopId } from '../../domain/ids.ts';
import { exceedsRemovalLimit } from '../../domain/reconcile/pending-removals.ts';
import type { ShopErrorKind } from '../../ports/shop-error.ts';
import { groupBy } from '../dependencies/group-by.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchChange, FetchResult } from './fetch-service.ts';

/** What is under way in one shop at a time; its limiter lets no more through. */
const atOnce = 2;
/** More than these in one shop are a list: it waits behind whoever asks for one thing. */
const bulkThreshold = 5;
/** So many failures in a row are the shop's, not the products'. */
const maxFailures = 3;

/** Trouble that the next product would meet as well. */
const permanentErrors: readonly ShopErrorKind[] = ['unauthorized', 'moved', 'another-shop'];

export type FetchJobRun = {
  readonly run: (job: FetchJob) => Promise<FetchResult>;
  /** How many links a shop has. */
  readonly linksIn: (shopId: ShopId) => Promise<number>;
  readonly signal: AbortSignal;
  readonly onResult?: (result: FetchResult, done: number, total: number) => void;
};

/**
 * Runs jobs, each shop's in a row of its own, so that a slow shop holds up nobody else's. A shop that lets nobody
 * in, or answers nothing several times running, is not asked again: the rest there are answered with what stopped
 * them. So are they once more links went than a sync would take without asking. A paused shop is not asked at all.
 * Answers in the order of the jobs.
 */
export async function runFetchJobs(jobs: readonly FetchJob[], how: FetchJobRun): Promise<readonly FetchResult[]> {
  const results: FetchResult[] = new Array(jobs.length);
  const numbered = jobs.map((job, place) => ({ job, place }));
  const byShop = groupBy<(typeof numbered)[number], ShopId>(numbered, ({ job }) => job.shop.id);
  let done = 0;
  const settled = await Promise.allSettled(
    [...byShop.values()].map((ofShop) => {
      const queue = new PQueue({ concurrency: atOnce });
      const ask = makeFetcher(how, ofShop.length > bulkThreshold);
      return Promise.all(
        ofShop.map(({ job, place }) =>
          queue.add(async () => {
            const result = await ask(job);
            results[place] = result;
            done += 1;
            how.onResult?.(result, done, jobs.length);
          }),
        ),
      );
    }),
  );
  for (const shop of settled) if (shop.status === 'rejected') throw shop.reason;
  return results;
}

/** Asks in one shop until it is clear that there is no point in it. */
function makeFetcher(
  { run, signal, linksIn }: FetchJobRun,
  oneOfMany: boolean,
): (job: FetchJob) => Promise<FetchResult> {
  let failed = 0;
  let stoppedBy: Pick<FetchResult, 'outcome' | 'trouble'> | undefined;
  let links: Promise<number> | undefined;
  let lost = 0;
  const underWay = new Set<Promise<FetchResult>>();
  return async (job) => {
    const about = {
      shopId: job.shop.id,
      productId: job.product?.id,
      asked: job.asked,
      ruledOut: [],
      tookMs: 0,
    };
    if (job.shop.paused) return { ...about, outcome: 'shop-paused' };
    if (signal.aborted) return { ...about, outcome: 'cancelled' };
    links ??= linksIn(job.shop.id);
    const before = await links;
    // What is under way may take links along as well: near the limit one waits for the other.
    while (underWay.size > 0 && exceedsRemovalLimit(lost + underWay.size + 1, before)) await Promise.race(underWay);
    if (stoppedBy !== undefined) return { ...about, outcome: stoppedBy.outcome, trouble: stoppedBy.trouble };
    // All that it says is weighed before whoever waits for it goes on.
    const running = run(oneOfMany ? { ...job, oneOfMany } : job).then((result) => {
      lost += linksLostBy(result);
      if (exceedsRemovalLimit(lost + 1, before)) stoppedBy = tooManyLost(job, { lost, links: before });
      const kind = result.trouble?.kind;
      failed = kind === 'unreachable' || kind === 'rate-limited' ? failed + 1 : 0;
      if (kind !== undefined && (permanentErrors.includes(kind) || failed >= maxFailures)) stoppedBy = result;
      return result;
    });
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  };
}

/** Links that went by a fetch, of whatever product: a family that is asked for by one of it may take all along. */
function linksLostBy({ before, after, changes = [] }: FetchResult): number {
  const unlinked = changes.filter(({ kind }) => kind === 'unlinked');
  const isLinked = (product: FetchChange['productId']): boolean =>
    changes.some(({ kind, productId }) => kind === 'linked' && productId === product);
  const own = before?.linked === true && after?.linked === false ? 1 : 0;
  return Math.max(own, unlinked.filter(({ productId }) => !isLinked(productId)).length);
}

/** One by one is how a shop that hides its goods, or shows a part of them, would take all links along. */
function tooManyLost(
  { shop }: FetchJob,
  { lost, links }: { readonly lost: number; readonly links: number },
): Pick<FetchResult, 'outcome' | 'trouble'> {
  const said = `${lost} of ${links} links went one after the other; a full sync asks before more go`;
  return {
    outcome: 'refused',
    trouble: { kind: 'unintelligible', detail: { shop: shop.id, doing: 'fetching', said, saidBy: 'us' } },
  };
}

/** How many links each shop has by what is stored. */
export const countLinks =
  ({ store }: ServiceDependencies): FetchJobRun['linksIn'] =>
  async (shopId) =>
    (await store.counts()).shops.find((one) => one.shopId === shopId)?.integrations ?? 0;
