export type Watchers = {
  readonly watch: (listener: () => void) => () => void;
  readonly tell: () => void;
  readonly close: () => void;
};

/** Those who want to hear of every change. Each watch is its own, even of the same listener. */
export function makeWatchers(): Watchers {
  const listeners = new Set<{ readonly call: () => void }>();
  return {
    watch(listener) {
      const entry = { call: listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell() {
      for (const { call } of [...listeners]) call();
    },
    close: () => listeners.clear(),
  };
}
