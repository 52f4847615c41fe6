import type { DomainEvent, StoredEvent } from '../event.ts';

/** A link that a shop's answer made, to a person who asked: one by one, or for a whole list. */
export const isFromFetch = (
  event: DomainEvent,
): event is Extract<DomainEvent, { readonly type: 'integration-created' }> =>
  event.type === 'integration-created' && event.integration.how === 'fetch' && event.by.kind === 'person';

/** Whether an event is of a sort that can ever be undone: what a person did or fetched, and every removal of a link. */
export function undoableKind(event: DomainEvent): boolean {
  switch (event.type) {
    case 'integration-removed':
    case 'marked':
    case 'unmarked':
    case 'ruled':
    case 'unruled':
      return true;
    case 'integration-created':
      return event.integration.how === 'hand' || isFromFetch(event);
    case 'product-renamed':
      // The next reading of a warehouse that decides would change it again.
      return event.was !== undefined && event.from !== undefined;
    case 'stock-changed':
      return event.why === 'count' && event.by.kind === 'person';
    case 'gone-from-warehouse':
      return event.accepted === true;
    default:
      return false;
  }
}

/** A count that was written into a warehouse system: it is undone there, by writing what lay there before. */
export const isWarehouseCount = (event: StoredEvent): event is WarehouseCountEvent =>
  event.type === 'stock-changed' && event.why === 'count' && event.stock.source !== undefined;
export type WarehouseCountEvent = Extract<StoredEvent, { readonly type: 'stock-changed' }>;
