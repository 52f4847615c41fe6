import { freeListings, linkableListings, type PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { Listing } from '../../domain/listing.ts';

/** The listing that is linked, or the one that would be; one that is gone where there is no better. */
export function bestListing(facts: PlaceFacts): Listing | undefined {
  const linked = facts.listings.find(({ how }) => how === 'linked');
  const best = linked ?? linkableListings(facts)[0] ?? freeListings(facts)[0] ?? facts.listings.find(isOurs);
  return best?.listing;
}

const isOurs = ({ holder, ruledOutBy }: PlaceFacts['listings'][number]): boolean =>
  holder === undefined && ruledOutBy === undefined;
