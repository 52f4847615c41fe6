/** Counts what is under way, so that one can wait until all is quiet. */
export type BusyTracker = {
  /** Begins something; the answer ends it, once. */
  begin(): () => void;
  readonly count: () => number;
  /** Resolves as soon as nothing is under way. */
  idle(): Promise<void>;
};

export function makeBusyTracker(): BusyTracker {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      count += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= 1;
        if (count > 0) return;
        const ready = waiting;
        waiting = [];
        for (const go of ready) go();
      };
    },
    count: () => count,
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
