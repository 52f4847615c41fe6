import type { ShopStock } from '../../../domain/listing.ts';
import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { PushOutcome, Quantity } from '../../../ports/shop-connector.ts';

/** What stands in a shop's stock field: a figure, none, or something that is no figure. */
export type FieldContent = Pick<ShopStock, 'quantity' | 'unreadable'>;

/**
 * How a write ends without being made, by what the shop has just been read to have: the figure that is wanted, one
 * that nobody can read, or another than it is believed to have (sold or counted there meanwhile), which is never
 * written over. Nothing where it may be written.
 */
export function outcomeBeforeWrite(
  wanted: Quantity,
  { quantity: has, unreadable }: FieldContent,
): PushOutcome | undefined {
  const { ref, quantity, expected } = wanted;
  if (unreadable !== undefined) {
    return { ref, kind: 'refused', why: 'figure-unreadable', said: `${unreadable.field} is "${unreadable.value}"` };
  }
  // A write moves the shop's dates, an equal one too: what it has already is not written again.
  if (has === quantity) return { ref, kind: 'set', quantity, was: has };
  return expected === undefined || has === expected ? undefined : { ref, kind: 'stale', shopHas: has };
}

/**
 * The same for a figure that was read some writes ago, by what the shop has been read to have since: what was sold
 * meanwhile is never written over, also where nothing was expected of it.
 */
export const outcomeIfMoved = (wanted: Quantity, was: number | undefined, now: FieldContent): PushOutcome | undefined =>
  outcomeBeforeWrite({ ...wanted, expected: was ?? wanted.expected }, now);

/** The writes that may still be made, by what stands there `now`; what has moved, or is gone, has its outcome. */
export function stillAsRead<Write extends { readonly quantity: Quantity; readonly was?: number | undefined }>(
  writes: readonly Write[],
  now: (write: Write) => FieldContent | undefined,
  outcomes: Map<Quantity, PushOutcome>,
): readonly Write[] {
  return writes.filter((write) => {
    const { quantity, was } = write;
    const shows = now(write);
    const moved = shows === undefined ? refusal(quantity, 'not-found-in-shop') : outcomeIfMoved(quantity, was, shows);
    if (moved !== undefined) outcomes.set(quantity, moved);
    return moved === undefined;
  });
}

/** The same for writes that were planned once more: those of `again` whose figure is what it was `before`. */
export function stillAsPlanned<Write extends { readonly quantity: Quantity; readonly was?: number | undefined }>(
  again: readonly Write[],
  before: readonly Write[],
  outcomes: Map<Quantity, PushOutcome>,
): readonly Write[] {
  const now = new Map(again.map((write) => [write.quantity, write]));
  const planned = before.filter(({ quantity }) => now.has(quantity));
  return stillAsRead(planned, ({ quantity }) => ({ quantity: now.get(quantity)?.was }), outcomes).flatMap(
    ({ quantity }) => now.get(quantity) ?? [],
  );
}

/**
 * What a write came to, by what the shop was read to have afterwards. Neither the wanted figure nor the one before it
 * is a sale or a count in the same moment: the write is not repeated over it. `said` tells what is shown.
 */
export function outcomeAfterWrite(
  { ref, quantity }: Quantity,
  { was, has }: { readonly was: number | undefined; readonly has: number | undefined },
  said = `the shop answers ${has ?? 'nothing'}`,
): PushOutcome {
  if (has === quantity) return { ref, kind: 'set', quantity, was };
  if (has === undefined || was === undefined || has === was) {
    return { ref, kind: 'refused', why: 'quantity-not-taken', said };
  }
  return { ref, kind: 'stale', shopHas: has, written: true };
}

/** The outcome of a quantity that was not written, in our words and the shop's. */
export const refusal = ({ ref }: Quantity, why: PushRefusal, said?: string): PushOutcome => ({
  ref,
  kind: 'refused',
  why,
  said: said?.slice(0, 200),
});
