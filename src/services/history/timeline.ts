import type { EventType, StoredEvent } from '../../domain/event.ts';
import { errorEventTypes, isErrorEvent } from '../../domain/history/error-events.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

export type TimelineQuery = {
  readonly productId?: ProductId;
  readonly shopId?: ShopId;
  readonly before?: number;
  readonly limit: number;
  readonly errorsOnly?: boolean;
};

/** What happened, newest first: of one product over all shops, of one shop, or of everything. */
export async function timeline(deps: ServiceDependencies, query: TimelineQuery): Promise<readonly StoredEvent[]> {
  const { errorsOnly, ...wanted } = query;
  return errorsOnly === true ? troubles(deps, wanted, errorEventTypes) : deps.store.history(wanted);
}

// Only some events of a type tell of trouble, so pages are read until enough have been found.
async function troubles(
  deps: ServiceDependencies,
  query: Omit<TimelineQuery, 'errorsOnly'>,
  types: readonly EventType[],
): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  const limit = Math.max(query.limit, 100);
  let before = query.before;
  while (found.length < query.limit) {
    const page = await deps.store.history({ ...query, types, limit, before });
    found.push(...page.filter(isErrorEvent));
    if (page.length < limit) break;
    before = page.at(-1)?.seq;
  }
  return found.slice(0, query.limit);
}
