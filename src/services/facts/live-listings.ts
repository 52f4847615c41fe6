import { type RecordKey, refKey } from '../../domain/changes.ts';
import type { Listing } from '../../domain/listing.ts';
import { mergeObservation } from '../../domain/reconcile/duplicates.ts';

/** Listings just heard from a shop; they outweigh what is stored at the same place. */
export type LiveListings = readonly Listing[];

/** Listings just heard, with all that lies under one id together. */
export function mergeListings(shown: LiveListings): readonly Listing[] {
  const at = new Map<RecordKey, Listing>();
  for (const listing of shown) at.set(refKey(listing.ref), mergeObservation(listing, at.get(refKey(listing.ref))));
  return [...at.values()];
}
