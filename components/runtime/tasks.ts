import type { BusyTracker } from './busy-tracker.ts';

/** Work that a person waits for and may break off: a fetch, a look at a shop, a push. */
export type Tasks = {
  /** Starts work; its signal asks it to stop after the item on its way. Trouble is the caller's to catch. */
  run(work: (signal: AbortSignal) => Promise<void>): void;
  /** Asks all work to stop; false when there is none, or it was asked before. */
  stop(): boolean;
  running(): boolean;
  subscribe(listener: () => void): () => void;
};

export function makeTasks(busy: BusyTracker): Tasks {
  const listeners = new Set<() => void>();
  const stops = new Set<AbortController>();
  const emit = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    run(work) {
      const stop = new AbortController();
      const end = busy.begin();
      stops.add(stop);
      emit();
      void work(stop.signal).finally(() => {
        stops.delete(stop);
        emit();
        end();
      });
    },
    stop() {
      const going = [...stops].filter((stop) => !stop.signal.aborted);
      for (const stop of going) stop.abort();
      return going.length > 0;
    },
    running: () => stops.size > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
