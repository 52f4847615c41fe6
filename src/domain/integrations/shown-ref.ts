import type { Conflict } from '../conflict.ts';
import type { ListingRef } from '../ids.ts';
import type { Integration, Tombstone } from '../integration.ts';
import type { Listing } from '../listing.ts';

type Known = {
  readonly integration?: Pick<Integration, 'ref'>;
  readonly listing?: Pick<Listing, 'ref'>;
  readonly conflict?: Pick<Conflict, 'ref'>;
  readonly tombstone?: Pick<Tombstone, 'integration'>;
};

/** The id that a line shows: of the link, else of what the shop has now, and of the link that was only where nothing is newer. */
export const shownRef = ({ integration, listing, conflict, tombstone }: Known): ListingRef | undefined =>
  integration?.ref ?? listing?.ref ?? conflict?.ref ?? tombstone?.integration.ref;
