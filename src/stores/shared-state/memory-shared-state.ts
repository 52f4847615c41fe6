import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SharedState } from '../../ports/shared-state.ts';

/** Values within one process, as old as its clock says. */
export function memorySharedState(clock: Pick<Clock, 'now'>): SharedState {
  const values = new Map<string, { readonly text: string; readonly at: Instant }>();
  return {
    put: async (key, value) => {
      values.set(key, { text: JSON.stringify(value), at: clock.now() });
    },
    list: async (prefix) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { text, at }]) => ({
          key,
          value: JSON.parse(text) as unknown,
          ageMs: millisecondsOf(clock.now()) - millisecondsOf(at),
        })),
    remove: async (key) => {
      values.delete(key);
    },
  };
}
