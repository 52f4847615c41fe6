import type { DomainEvent, EventType } from '../event.ts';

/** The types of event among which trouble is to be found. */
export const errorEventTypes: readonly EventType[] = [
  'push-refused',
  'conflict-found',
  'listing-gone',
  'product-fetched',
  'run-finished',
];

/** Whether an event tells of something that went wrong and that somebody may have to see to. */
export function isErrorEvent(event: DomainEvent): boolean {
  switch (event.type) {
    case 'push-refused':
    case 'conflict-found':
    case 'listing-gone':
      return true;
    case 'product-fetched':
      return event.outcome === 'refused' || event.outcome === 'conflict';
    case 'run-finished':
      return event.run.outcome !== 'changed' && event.run.outcome !== 'unchanged';
    default:
      return false;
  }
}
