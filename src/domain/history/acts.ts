import { type StoredEvent, shopOf } from '../event.ts';

/** What was done at once: one act, however many rows it had. Events oldest first, never none. */
export type Act = { readonly events: readonly [StoredEvent, ...StoredEvent[]] };

/** What the events of one act have in common: the moment, the one who did it, the sort and the shop. */
const actKey = (event: StoredEvent): string =>
  isMark(event)
    ? `${event.at} ${event.by.kind} ${event.by.name} ${event.type} ${event.mark.kind}`
    : `${event.at} ${event.by.kind} ${event.by.name} ${event.type} ${shopOf(event) ?? ''}`;

/** Notes and ticks, and taking them away: the acts that a person does to many rows at once. */
export const isMark = (event: StoredEvent): event is Extract<StoredEvent, { type: 'marked' | 'unmarked' }> =>
  event.type === 'marked' || event.type === 'unmarked';

/** Whether two events that follow each other belong to one act. */
export const sameAct = (a: StoredEvent, b: StoredEvent): boolean => actKey(a) === actKey(b);

/** Events put together into acts; `events` newest first, and so the acts. */
export function actsOf(events: readonly StoredEvent[]): readonly Act[] {
  const acts: [StoredEvent, ...StoredEvent[]][] = [];
  for (const event of events) {
    const act = acts.at(-1);
    if (act !== undefined && sameAct(act[0], event)) act.unshift(event);
    else acts.push([event]);
  }
  return acts.map((group) => ({ events: group }));
}
