import { type Instant, millisecondsOf } from '../../../domain/ids.ts';

/** The bucket of points that all calls of one app in one shop draw on, as the shop last told it. */
export type Bucket = {
  readonly maximum: number;
  readonly available: number;
  /** Points a second. */
  readonly restoreRate: number;
  readonly at: Instant;
};

/** One query may never cost more, however full the bucket is. */
const maxQueryCost = 1000;

/** The most rows a page may have. */
export const maxRows = 250;

/** How many points there are by now. */
const pointsAt = (bucket: Bucket, now: Instant): number =>
  Math.min(
    bucket.maximum,
    bucket.available + (Math.max(0, millisecondsOf(now) - millisecondsOf(bucket.at)) / 1000) * bucket.restoreRate,
  );

/** No answer makes us wait longer, whatever it says it cost. */
const maxWaitMs = 5 * 60_000;

/** Milliseconds until the bucket can pay for a call. A call dearer than the whole bucket waits for a full one. */
export function waitFor(cost: number, bucket: Bucket, now: Instant): number {
  const missing = Math.min(cost, bucket.maximum) - pointsAt(bucket, now);
  if (missing <= 0) return 0;
  const wait = Math.ceil((missing / Math.max(bucket.restoreRate, 1)) * 1000);
  return Number.isFinite(wait) ? Math.min(wait, maxWaitMs) : maxWaitMs;
}

/**
 * How many rows the next page should ask for. The cost of a query is Shopify's own secret; it is told with each
 * answer and grows with the rows, so the next page is sized to cost half a bucket at most.
 */
export function rowsWithin(asked: { readonly rows: number; readonly cost: number }, bucket: Bucket): number {
  const affordable = Math.min(maxQueryCost * 0.9, bucket.maximum / 2);
  const rows = Math.floor((asked.rows * affordable) / Math.max(asked.cost, 1));
  return Math.max(1, Math.min(maxRows, rows));
}
