import type { DomainEvent } from '../../domain/event.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { changesOf } from '../changes-of.ts';
import type { World } from '../world.ts';
import type { Errand } from './errand.ts';
import { noteTrouble } from './note-trouble.ts';

type Failure = { readonly trouble: unknown; readonly signal: AbortSignal; readonly tookMs: () => number };

/** Trouble with the shop is a result, and is kept beside what is known of the shop; a bug is not. */
export async function failedFetch(world: World, errand: Errand, { trouble, signal, tookMs }: Failure) {
  const { asked, product, shop } = errand;
  const about = { shopId: shop.id, asked, ...(product === undefined ? {} : { productId: product.id }), ruledOut: [] };
  if (signal.aborted) return { ...about, outcome: 'cancelled' } as const;
  if (!(trouble instanceof ShopError)) throw trouble;
  if (isOfOneThing(trouble)) await noteRefusal(world, errand, { trouble, tookMs });
  else await noteTrouble(world, shop, trouble);
  const outcome = trouble.temporary ? 'unreachable' : 'refused';
  return { ...about, outcome, trouble: { kind: trouble.kind, detail: trouble.detail } } as const;
}

/** A shop that answers and will not tell of this one thing; at an address where nothing lies, it is the address. */
const isOfOneThing = ({ kind, detail }: ShopError): boolean =>
  (kind === 'refused' || kind === 'unintelligible') && detail.status !== 404;

type RefusalOfOne = { readonly trouble: ShopError; readonly tookMs: () => number };

/** The fault of one thing says nothing against the shop: it is written down where the thing's own history is. */
async function noteRefusal(world: World, { asked, product, shop }: Errand, { trouble, tookMs }: RefusalOfOne) {
  const event: DomainEvent = {
    at: world.clock.now(),
    by: world.actor,
    type: 'product-fetched',
    ...(product === undefined ? {} : { productId: product.id }),
    shopId: shop.id,
    asked,
    outcome: 'refused',
    tookMs: tookMs(),
    said: trouble.detail.said ?? trouble.message,
  };
  await world.store.change((now) => changesOf(now, [event]));
}
