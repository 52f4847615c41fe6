import type { Instant, ProductId, ShopId } from './ids.ts';

/**
 * What a person noted on a product, in one shop or in all. `ticked`: looked at, leaves the inactive report
 * until it expires. `not-for-this-shop`: no link is expected there. `note`: words for the next shift. Any of them may
 * have an end.
 * One a product, shop and kind.
 */
export type Mark = {
  readonly productId: ProductId;
  readonly shopId?: ShopId;
  readonly kind: 'ticked' | 'not-for-this-shop' | 'note';
  readonly text?: string;
  readonly until?: Instant;
  readonly at: Instant;
  readonly by: string;
};

/** Whether a mark still counts: one with an end is over from then on, and the product is back on the lists. */
export const isInForce = ({ until }: Mark, now: Instant): boolean => until === undefined || until > now;
