import type { DomainEvent } from '../../domain/event.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { recordShopFailure } from '../dependencies/record-shop-failure.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { keptTrouble } from '../dependencies/shop-failure.ts';
import type { FetchJob } from './fetch-job.ts';

type Failure = { readonly trouble: unknown; readonly signal: AbortSignal; readonly tookMs: () => number };

/** Trouble with the shop is a result, and is kept beside what is known of the shop; a bug is not. */
export async function failedFetch(deps: ServiceDependencies, job: FetchJob, { trouble, signal, tookMs }: Failure) {
  const { asked, product, shop } = job;
  const about = { shopId: shop.id, asked, productId: product === undefined ? undefined : product.id, ruledOut: [] };
  if (signal.aborted) return { ...about, outcome: 'cancelled' } as const;
  if (!(trouble instanceof ShopError)) throw trouble;
  if (isProductSpecific(trouble)) await recordRefusal(deps, job, { trouble, tookMs });
  else await recordShopFailure(deps, shop, trouble);
  const outcome = trouble.temporary ? 'unreachable' : 'refused';
  return { ...about, outcome, trouble: { kind: trouble.kind, detail: trouble.detail } } as const;
}

/** A shop that answers and will not tell of this one thing; at an address where nothing lies, it is the address. */
const isProductSpecific = ({ kind, detail }: ShopError): boolean =>
  (kind === 'refused' || kind === 'unintelligible') && detail.status !== 404;

type ProductRefusal = { readonly trouble: ShopError; readonly tookMs: () => number };

/** The fault of one thing says nothing against the shop: it is written down where the thing's own history is. */
async function recordRefusal(
  deps: ServiceDependencies,
  { asked, product, shop }: FetchJob,
  { trouble, tookMs }: ProductRefusal,
) {
  const { said, saidBy } = keptTrouble(trouble);
  const event: DomainEvent = {
    at: deps.clock.now(),
    by: deps.actor,
    type: 'product-fetched',
    productId: product === undefined ? undefined : product.id,
    shopId: shop.id,
    asked,
    outcome: 'refused',
    tookMs: tookMs(),
    said,
    saidBy,
  };
  await deps.store.change((now) => changesFromEvents(now, [event]));
}
