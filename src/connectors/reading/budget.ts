/** The time that a call may take, in parts: only what is spent on asking counts. */
export type Budget = {
  readonly milliseconds: number;
  /** Does some of the work; its signal aborts when the budget is spent. */
  spend<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value>;
  isSpent(): boolean;
};

/** A budget by the machine's own clock: a shop that is slow is slow in real time. */
export function makeBudget(milliseconds: number, signal: AbortSignal): Budget {
  let left = milliseconds;
  return {
    milliseconds,
    isSpent: () => left <= 0,
    spend: async (work) => {
      const stop = new AbortController();
      const began = performance.now();
      const timer = setTimeout(
        () => {
          left = 0;
          stop.abort(new Error('the time for an answer is over'));
        },
        Math.max(0, left),
      );
      try {
        return await work(AbortSignal.any([signal, stop.signal]));
      } finally {
        clearTimeout(timer);
        left = Math.max(0, left - (performance.now() - began));
      }
    },
  };
}
