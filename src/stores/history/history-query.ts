import { productsOf, type StoredEvent, shopOf } from '../../domain/event.ts';
import type { HistoryQuery } from '../../ports/store.ts';

/** Whether an event answers a query; the number of answers is for the asker to count. */
export function matchesQuery(event: StoredEvent, query: HistoryQuery): boolean {
  if (query.before !== undefined && event.seq >= query.before) return false;
  if (query.since !== undefined && event.at < query.since) return false;
  if (query.types !== undefined && !query.types.includes(event.type)) return false;
  if (query.shopId !== undefined && shopOf(event) !== query.shopId) return false;
  if (query.productIds !== undefined && !productsOf(event).some((id) => query.productIds?.includes(id))) return false;
  return query.productId === undefined || productsOf(event).includes(query.productId);
}
