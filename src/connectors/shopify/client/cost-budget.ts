import type { Clock } from '../../../ports/clock.ts';
import { type Bucket, rowsWithin, waitFor } from './query-cost.ts';
import type { WireEnvelope } from './wire-envelope.ts';

/** What is left to spend in a shop, and what its documents have cost so far. */
export type CostBudget = {
  readonly bucket: () => Bucket | undefined;
  /** How many rows a document should ask for: as many as it begins with until its cost is known. */
  rowsFor(document: string, atFirst: number): number;
  /** Waits until the bucket can pay what a document will cost at so many rows. */
  waitForBudget(document: string, rows: number, signal: AbortSignal): Promise<void>;
  /** Remembers what an answer says it cost, and what it left. */
  keep(document: string, rows: number, envelope: WireEnvelope): void;
};

/** Shopify tells with each answer what it cost and what is left; nothing is known before the first. */
export function makeCostBudget(clock: Clock): CostBudget {
  let bucket: Bucket | undefined;
  const paid = new Map<string, { readonly rows: number; readonly cost: number }>();
  return {
    bucket: () => bucket,
    rowsFor: (document, atFirst) => {
      const before = paid.get(document);
      return before === undefined || bucket === undefined ? atFirst : rowsWithin(before, bucket);
    },
    waitForBudget: async (document, rows, signal) => {
      const before = paid.get(document);
      if (bucket === undefined || before === undefined) return;
      const wait = waitFor((before.cost * rows) / before.rows, bucket, clock.now());
      if (wait > 0) await clock.wait(wait, signal);
    },
    keep: (document, rows, { extensions }) => {
      const cost = extensions?.cost;
      if (cost === null || cost === undefined) return;
      const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus;
      bucket = { maximum: maximumAvailable, available: currentlyAvailable, restoreRate, at: clock.now() };
      paid.set(document, { rows, cost: cost.requestedQueryCost });
    },
  };
}
