import { refKey, sameRef } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/**
 * Reads again the stock of listings whose figure had changed in the shop, so that the next plan rests on what is
 * true. Keeps the figure only: anything else that changed is for a sync to judge.
 */
export async function recheckRows(
  deps: ServiceDependencies,
  connector: ShopConnector,
  { refs, signal }: { readonly refs: readonly ListingRef[]; readonly signal: AbortSignal },
): Promise<void> {
  const seen: Listing[] = [];
  for (const ref of refs) {
    const listings = await connector.product(ref.shopProductId, signal);
    seen.push(...listings.filter((listing) => sameRef(listing.ref, ref)));
  }
  if (seen.length === 0) return;
  await deps.store.change(async (now) => {
    const stored = new Map((await now.listingsAt(refs)).map((listing) => [refKey(listing.ref), listing]));
    const listings = seen.flatMap((fresh): readonly Listing[] => {
      const before = stored.get(refKey(fresh.ref));
      if (before === undefined || before.activity !== fresh.activity) return [];
      return [{ ...before, stock: fresh.stock, seenAt: fresh.seenAt }];
    });
    return { put: { listings }, drop: {}, events: [] };
  });
}
