import { actIdOf, type StoredEvent, shopOf } from '../event.ts';

/** What was done at once: one act, however many rows it had. Events oldest first, never none. */
export type Act = { readonly events: readonly [StoredEvent, ...StoredEvent[]] };

/** What is told in one line: of one act, what is of one sort and in one shop. */
const lineKey = (event: StoredEvent): string =>
  `${actIdOf(event)}\u001f${event.type}\u001f${isMark(event) ? event.mark.kind : (shopOf(event) ?? '')}`;

/** Notes and ticks, and taking them away: the acts that a person does to many rows at once. */
export const isMark = (event: StoredEvent): event is Extract<StoredEvent, { type: 'marked' | 'unmarked' }> =>
  event.type === 'marked' || event.type === 'unmarked';

/** Events put together into acts; `events` newest first, and so the acts by their newest event. */
export function actsOf(events: readonly StoredEvent[]): readonly Act[] {
  const acts = new Map<string, [StoredEvent, ...StoredEvent[]]>();
  for (const event of events) {
    const act = acts.get(lineKey(event));
    if (act === undefined) acts.set(lineKey(event), [event]);
    else act.push(event);
  }
  return [...acts.values()].map(([newest, ...older]): Act => {
    const [oldest, ...rest] = [...older.toReversed(), newest];
    return { events: [oldest ?? newest, ...rest] };
  });
}
