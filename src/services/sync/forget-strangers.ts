import { keyOf, refKey } from '../../domain/changes.ts';
import type { ListingRef, RunId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

const pageSize = 5000;

/**
 * Forgets what a reading that nobody goes on from was the last to show and that nothing hangs on: a shop out of its
 * mind shows thousands of things that are not there, and the next reading would link them.
 */
export async function forgetStrangersOf(deps: ServiceDependencies, shop: Shop, runId: RunId): Promise<void> {
  let after: ListingRef | undefined;
  do {
    const page = await deps.store.openListings({ shopId: shop.id, after, limit: pageSize });
    const shown = page.filter(({ seenIn, goneAt }) => seenIn === runId && goneAt === undefined).map(({ ref }) => ref);
    if (shown.length > 0) await forget(deps, (now) => strangersIn(now, shown, runId));
    after = page.length < pageSize ? undefined : page.at(-1)?.ref;
  } while (after !== undefined);
}

/** More things without a link than a sync asks for by id, one by one, are not asked for. */
const maxAsked = 100;

/**
 * Of listings without a link that a full sync did not show, those to be asked for by id. Where they are many, what
 * nothing hangs on is forgotten instead: no link goes with it, and the shop, read whole, does not have it.
 */
export async function forgetOrAsk(
  deps: ServiceDependencies,
  unlinked: readonly ListingRef[],
): Promise<readonly ListingRef[]> {
  if (unlinked.length <= maxAsked) return unlinked;
  const forgotten = new Set<string>();
  for (let from = 0; from < unlinked.length; from += pageSize) {
    const some = unlinked.slice(from, from + pageSize);
    await forget(deps, async (now) => {
      const strangers = await strangersIn(now, some);
      for (const ref of strangers) forgotten.add(refKey(ref));
      return strangers;
    });
  }
  return unlinked.filter((ref) => !forgotten.has(refKey(ref)));
}

function forget({ store }: ServiceDependencies, find: (now: StoreReader) => Promise<readonly ListingRef[]>) {
  return store.change(async (now) => ({ put: {}, drop: { listings: (await find(now)).map(refKey) }, events: [] }));
}

/** Those of some listings that no link, trace, conflict, answer or product is about. */
async function strangersIn(
  now: StoreReader,
  refs: readonly ListingRef[],
  runId?: RunId,
): Promise<readonly ListingRef[]> {
  const [listings, links, tombstones, conflicts, rulings, products] = await Promise.all([
    now.listingsAt(refs),
    now.integrationsAt(refs),
    now.tombstonesAt(refs),
    now.conflictsAt(refs),
    now.rulingsAt(refs),
    now.productsFrom(refs),
  ]);
  const known = new Set<string>([
    ...links.map(({ ref }) => refKey(ref)),
    ...tombstones.map(({ integration }) => refKey(integration.ref)),
    ...conflicts.map(keyOf.conflicts),
    ...rulings.map(({ ref }) => refKey(ref)),
    ...products.flatMap(({ contentFrom }) => (contentFrom === undefined ? [] : [refKey(contentFrom)])),
  ]);
  return listings
    .filter(({ ref, seenIn }) => !known.has(refKey(ref)) && (runId === undefined || seenIn === runId))
    .map(({ ref }) => ref);
}
