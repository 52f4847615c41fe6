import type { DomainEvent } from '../../domain/event.ts';
import { type ActId, toActId } from '../../domain/ids.ts';
import type { ServiceDependencies } from './service-dependencies.ts';

/**
 * The same dependencies for one act: events that are written through them share an id, so that what was done together
 * is shown together and undone together. An event that names its act keeps it.
 */
export function oneAct(deps: ServiceDependencies, given?: ActId): ServiceDependencies {
  const { store, newId } = deps;
  let actId = given;
  const stamped = (events: readonly DomainEvent[]): readonly DomainEvent[] => {
    if (events.length === 0) return events;
    actId ??= toActId(newId());
    return events.map((event) => ({ ...event, actId: event.actId ?? actId }));
  };
  return {
    ...deps,
    store: {
      ...store,
      change: (decide) =>
        store.change(async (now) => {
          const changes = await decide(now);
          return { ...changes, events: stamped(changes.events) };
        }),
    },
  };
}
