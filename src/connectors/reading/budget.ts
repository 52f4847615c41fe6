import type { Urgency } from '../../ports/shop-connector.ts';

/** What a call is for: each kind has its own time. */
export type Purpose = Urgency | 'testing' | 'identifying';

/**
 * How long a call may take, tries and all, before it is given up: a person is told after a quarter of a minute. What
 * the shop itself asks us to wait is not counted.
 */
export const usualBudgets: Readonly<Record<Purpose, number>> = {
  interactive: 15_000,
  // Several questions, one after the other.
  testing: 30_000,
  identifying: 60_000,
  background: 600_000,
};

/** A test that only is to say who answers has the time of whoever asks. */
export const purposeOf = (urgency: Urgency | undefined): Purpose =>
  urgency === undefined ? 'testing' : urgency === 'background' ? 'identifying' : urgency;

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

/** What is told of a call that its budget has ended. */
export const spentWords = ({ milliseconds }: Budget): string =>
  `no whole answer within ${Math.round(milliseconds / 1000)} s`;
