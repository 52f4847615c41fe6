import type { DomainEvent } from '../../domain/event.ts';
import type { Tone } from '../text/tones.ts';

/** How an event is meant, for a colour beside the words. */
export function eventTone(event: DomainEvent): Tone {
  switch (event.type) {
    case 'integration-created':
    case 'conflict-cleared':
    case 'stock-pushed':
      return 'good';
    case 'integration-removed':
    case 'conflict-found':
    case 'listing-gone':
    case 'gone-from-warehouse':
    case 'push-refused':
      return 'wrong';
    case 'activity-changed':
      return event.now === 'active' ? 'good' : 'waiting';
    case 'run-finished':
      return event.run.trouble === undefined ? 'quiet' : 'wrong';
    case 'product-fetched':
      return event.outcome === 'linked' || event.outcome === 'already-linked' ? 'good' : 'waiting';
    default:
      return 'quiet';
  }
}
