import { actIdOf, type StoredEvent } from '../../domain/event.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { Act, BoundedReader } from '../../ports/store-questions.ts';

/** So many events at a time are looked through. */
const step = 500;
/** An act's events lie close together: after so many others none is looked for any more. */
const scattered = 5_000;

/** Acts, out of a history that can only be read backward. */
export function makeActs({ history }: Pick<StoreReader, 'history'>): Pick<BoundedReader, 'acts' | 'eventsOf'> {
  async function* backward(before?: number): AsyncGenerator<StoredEvent> {
    for (let from = before; ; ) {
      const page = await history({ before: from, limit: step });
      yield* page;
      from = page.at(-1)?.seq;
      if (page.length < step) return;
    }
  }
  return {
    async acts({ by, before, limit }) {
      const found = new Map<string, Act>();
      // An act that reaches over the number is not one of those before it, so it is passed over whole.
      const passed = new Set<string>();
      let since = 0;
      for await (const event of backward()) {
        const id = actIdOf(event);
        if (before !== undefined && event.seq >= before) passed.add(id);
        if (passed.has(id) || (by !== undefined && (event.by.kind !== by.kind || event.by.name !== by.name))) continue;
        const known = found.get(id);
        since = known === undefined ? since + 1 : 0;
        if (known === undefined && found.size >= limit) {
          if (since > scattered) break;
          continue;
        }
        found.set(id, withEvent(known, event));
      }
      return [...found.values()];
    },
    async eventsOf({ actId, after = 0, limit }) {
      const events: StoredEvent[] = [];
      let since = 0;
      for await (const event of backward()) {
        if (event.seq <= after || (events.length > 0 && since > scattered)) break;
        since += 1;
        if (actIdOf(event) !== actId) continue;
        events.push(event);
        since = 0;
      }
      return events.toReversed().slice(0, limit);
    },
  };
}

/** An act with one more of its events, an older one than all so far. */
export const withEvent = (act: Act | undefined, event: StoredEvent): Act => ({
  actId: actIdOf(event),
  firstSeq: event.seq,
  lastSeq: act?.lastSeq ?? event.seq,
  at: act?.at ?? event.at,
  by: act?.by ?? event.by,
  events: (act?.events ?? 0) + 1,
  types: [...new Set([...(act?.types ?? []), event.type])].toSorted(),
});
