import type { PushOutcome, Quantity } from '../../ports/shop-connector.ts';

/**
 * The outcome of a write where the shop, read just before, has another figure than it is believed to have: sold or
 * counted there meanwhile, and never written over. Nothing where it may be written. The figure that is wanted anyway
 * is no such case; who calls has looked for it.
 */
export const staleFigure = ({ ref, expected }: Quantity, has: number | undefined): PushOutcome | undefined =>
  expected === undefined || has === expected ? undefined : { ref, kind: 'stale', shopHas: has };
