import { actIdOf, type StoredEvent } from '../../domain/event.ts';
import { actsOf } from '../../domain/history/acts.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { RecentAct } from './history-service.ts';
import { newestUndoable } from './newest-undoable.ts';

const newestLooked = 500;

/** The newest acts that are of a sort to be undone and were not, newest first. */
export async function lastActs({ store, actor }: ServiceDependencies, limit: number): Promise<readonly RecentAct[]> {
  const events: StoredEvent[] = [];
  for await (const page of newestUndoable(store)) {
    events.push(...page);
    // An act may lie over several pages: one more than is asked for says that the others are whole.
    if (actsOf(events).length > 2 * limit) break;
  }
  const oldest = events.at(-1);
  if (oldest === undefined) return [];
  const undone = await store.history({ types: ['undone'], since: oldest.at, limit: newestLooked });
  // An undo writes what it did as events of its own: they can be undone too, but are not what a person did last.
  const undoing = new Set(undone.map(actIdOf));
  const taken = new Set(undone.flatMap((event) => (event.type === 'undone' ? [event.undoes] : [])));
  const isOwn = (event: StoredEvent): boolean => event.by.name === actor.name && !undoing.has(actIdOf(event));
  return actsOf(events)
    .filter((act) => !act.events.some(({ seq }) => taken.has(seq)))
    .slice(0, limit)
    .map((act) => ({ ...act, own: isOwn(act.events[0]) }));
}
