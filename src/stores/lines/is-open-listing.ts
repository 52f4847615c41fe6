import { type Listing, linkable } from '../../domain/listing.ts';

/** What of a listing decides whether it is settled, whatever else is known. */
export type ListingState = { readonly besides: boolean; readonly linkable: boolean; readonly resting: boolean };

export const listingState = (listing: Listing): ListingState => ({
  besides: listing.beside?.some(({ goneAt }) => goneAt === undefined) ?? false,
  linkable: linkable(listing),
  resting: listing.sellable !== 'parent' && listing.goneAt === undefined,
});

/** Whether a listing may have to be looked at again: see `openListings` of the port. */
export const isOpen = (
  { besides, linkable: canLink, resting }: ListingState,
  around: { readonly linked: boolean; readonly contested: boolean; readonly named: boolean },
): boolean =>
  besides || around.contested || around.linked !== canLink || (!around.linked && !canLink && resting && !around.named);
