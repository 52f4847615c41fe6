import { sameRef } from '../../domain/changes.ts';
import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import { later, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import { makeVerifiedConnectors, type VerifiedConnectors } from '../dependencies/connect-verified.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { fetchFromShop } from '../fetch/fetch-from-shop.ts';
import type { FetchJob } from '../fetch/fetch-job.ts';
import type { FetchResult } from '../fetch/fetch-service.ts';
import { queryShops } from '../fetch/query-shops.ts';
import { countLinks, runFetchJobs } from '../fetch/run-fetch-jobs.ts';
import { mark } from '../marks/marks.ts';
import { inactiveWithStock } from './inactive-report.ts';

export type RowToVerify = { readonly productId: ProductId; readonly shopId: ShopId };
type OnRow = (row: FetchResult, done: number, total: number) => void;

/** How long a look at a slow seller counts before it comes back on the list. */
const tickMs = 30 * 86_400_000;

/**
 * Asks the shops about rows of the report, a few at a time, and brings each place in line with the answer. What a
 * shop says is active and linked is ticked for a month, so that tomorrow's list is shorter. A link that a
 * person took away stays away. While the program is only to look, the shops are asked and nothing is written.
 */
export async function verify(
  deps: ServiceDependencies,
  asked: { readonly rows: readonly RowToVerify[]; readonly onRow?: OnRow },
  signal: AbortSignal,
): Promise<readonly FetchResult[]> {
  const { rows, onRow } = asked;
  const products = new Map((await deps.store.products(rows.map((row) => row.productId))).map((one) => [one.id, one]));
  const shops = new Map((await deps.store.shops()).map((shop) => [shop.id, shop]));
  const jobs = rows.flatMap(({ productId, shopId }): readonly FetchJob[] => {
    const [product, shop] = [products.get(productId), shops.get(shopId)];
    return product === undefined || shop === undefined
      ? []
      : [{ product, shop, asked: product.sku ?? product.id, verifying: true }];
  });
  const connect = makeVerifiedConnectors(deps);
  const run = (job: FetchJob): Promise<FetchResult> => verifyPlace(deps, job, { signal, connect });
  return runFetchJobs(jobs, { run, linksIn: countLinks(deps), signal, onResult: onRow });
}

type VerifiedPlace = { readonly product: Product; readonly shop: Shop };

async function verifyPlace(
  deps: ServiceDependencies,
  job: FetchJob,
  { signal, connect }: { readonly signal: AbortSignal; readonly connect: VerifiedConnectors },
): Promise<FetchResult> {
  const { product, shop, asked } = job;
  if (product === undefined) throw new Error(`only a known product can be verified, not ${asked}`);
  if (deps.readOnly) return checkOnly(deps, { product, shop }, { asked, signal });
  const result = await fetchFromShop(deps, job, { signal, connect });
  if (result.after?.linked === true && result.after.activity === 'active') await tick(deps, { product, shop });
  return result;
}

/** The row stays away for a while, with the name of the one who looked. */
async function tick(deps: ServiceDependencies, { product, shop }: VerifiedPlace): Promise<void> {
  const still = await inactiveWithStock(deps, { productId: product.id, shopIds: [shop.id] });
  const [row] = still.rows;
  // What the shop itself says that nobody can buy is not fine for being active and linked.
  if (row === undefined || row.signals.some(({ kind }) => kind === 'cannot-be-bought')) return;
  const until = later(deps.clock.now(), tickMs);
  await mark(deps, { productId: product.id, shopId: shop.id, kind: 'ticked', until });
}

type LiveQuery = { readonly asked: string; readonly signal: AbortSignal };

async function checkOnly(
  deps: ServiceDependencies,
  { product, shop }: VerifiedPlace,
  { asked, signal }: LiveQuery,
): Promise<FetchResult> {
  const began = passed(deps.clock);
  const place = { products: [product], shopIds: [shop.id] };
  const stored = await gatherPlaceFacts(deps, deps.store, place);
  const live = await queryShops(deps, stored, signal);
  const [facts] = await gatherPlaceFacts(deps, deps.store, { ...place, live });
  const outcome = facts === undefined ? 'never-in-shop' : outcomeNow(facts);
  const tookMs = passed(deps.clock) - began;
  return { shopId: shop.id, productId: product.id, asked, outcome, ruledOut: [], tookMs };
}

/** What a look alone says; a thing that is active and could be linked is refused here, since nothing may be written. */
function outcomeNow(facts: PlaceFacts): FetchResult['outcome'] {
  if (facts.live?.kind !== 'answered') return 'unreachable';
  const listing = bestListing(facts);
  if (listing === undefined) return facts.unknownRefs.length > 0 ? 'gone-from-shop' : 'never-in-shop';
  if (listing.goneAt !== undefined) return 'gone-from-shop';
  if (listing.activity !== 'active') return 'inactive-in-shop';
  if (facts.integration !== undefined) return 'already-linked';
  if (listing.sellable === 'parent') return 'not-sellable-itself';
  if (facts.tombstone?.because === 'removed-by-user' && sameRef(facts.tombstone.integration.ref, listing.ref))
    return 'left-unlinked';
  return facts.conflicts.length > 0 ? 'conflict' : 'refused';
}
