import type { StoreError } from '../../ports/store-error.ts';

type Listener = (trouble: StoreError | undefined) => void;
export type TroubleWatchers = {
  readonly watch: (listener: Listener) => () => void;
  /** Takes what was found, nothing where all is well; those who watch hear of it when it is another thing than before. */
  readonly found: (trouble: StoreError | undefined) => void;
};

/** Those who want to hear that an open store cannot be read any more, and when it can again. */
export function makeTroubleWatchers(): TroubleWatchers {
  const listeners = new Set<{ readonly call: Listener }>();
  let now: StoreError | undefined;
  return {
    watch(listener) {
      const entry = { call: listener };
      listeners.add(entry);
      if (now !== undefined) listener(now);
      return () => void listeners.delete(entry);
    },
    found(trouble) {
      if (trouble?.message === now?.message) return;
      now = trouble;
      for (const { call } of [...listeners]) call(trouble);
    },
  };
}
