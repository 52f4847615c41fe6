import { isAlreadyThere, type StoredEvent } from '../event.ts';
import { type PushPlan, type PushRowResult, pushRowKey } from '../push-plan.ts';

type Recorded = Extract<StoredEvent, { type: 'stock-pushed' | 'push-refused' }>;
/** Whether an event was written by this plan: it names it; refusals of older versions lie between its beginning and its end. */
const isOf = (plan: PushPlan, event: StoredEvent): event is Recorded => {
  if (event.type === 'stock-pushed') return event.planId === plan.id;
  if (event.type !== 'push-refused' || plan.appliedAt === undefined) return false;
  if (event.planId !== undefined) return event.planId === plan.id;
  return event.at >= plan.appliedAt && (plan.endedAt === undefined || event.at <= plan.endedAt);
};

/**
 * How the rows of an applied plan ended, worked out from what was written down. A row that was held, or overtaken by a
 * newer figure, left no event: in a plan that came to its end the first is told where a guard stands on the row, else
 * the second. In a plan that was broken off, such rows may never have had their turn, and nothing is told.
 */
export function planOutcomes(plan: PushPlan, events: readonly StoredEvent[]): readonly PushRowResult[] {
  const recorded = new Map<string, Recorded>();
  for (const event of events) {
    if (!isOf(plan, event)) continue;
    const shopId = event.type === 'stock-pushed' ? event.ref.shopId : event.shopId;
    recorded.set(pushRowKey({ productId: event.productId, shopId, shopLocation: event.shopLocation }), event);
  }
  return plan.rows.flatMap((row): readonly PushRowResult[] => {
    const { productId, shopId, shopLocation, willBe: wanted } = row;
    const about = { productId, shopId, ...(shopLocation === undefined ? {} : { shopLocation }), wanted };
    const event = recorded.get(pushRowKey(row));
    if (event !== undefined && isAlreadyThere(event)) return [{ ...about, kind: 'already-there' }];
    if (event?.type === 'stock-pushed') return [{ ...about, kind: 'sent', was: event.was }];
    if (event?.type === 'push-refused' && event.quantity === wanted) {
      return [{ ...about, kind: 'refused', why: event.why, said: event.said }];
    }
    if (row.kind === 'skip' || plan.endedAt === undefined) return [];
    const [guard] = row.guards;
    return [guard === undefined ? { ...about, kind: 'superseded' } : { ...about, kind: 'held-by-guard', guard }];
  });
}
