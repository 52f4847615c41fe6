import pRetry from 'p-retry';
import { type Instant, later } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShopConnector, Urgency } from '../ports/shop-connector.ts';
import { ShopError } from '../ports/shop-error.ts';
import { cleanLine, cutText } from './clean.ts';
import type { Limiter } from './limiter.ts';

export type RetryOptions = {
  readonly shopId: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** Told until when the shop is waited for, and `undefined` when the waiting is over. */
  readonly onWaiting?: (until: Instant | undefined) => void;
  /** Between 0 and 1. */
  readonly chance?: () => number;
};

/** How often and how long each kind of call is tried. A person is told rather than kept waiting. */
const retryPolicy = {
  interactive: { retries: 2, initialDelayMs: 500, maxDelayMs: 30_000 },
  background: { retries: 5, initialDelayMs: 1000, maxDelayMs: 15 * 60_000 },
} as const;

/** So long after a wrong key no call but a test goes out: hosts lock out those who hammer. */
const unauthorizedMs = 10_000;
/** So long after a shop stayed unreachable, one try is enough to know. */
const downMs = 15_000;

/**
 * A connector that waits out temporary trouble, for all platforms alike and at one place: got never tries
 * twice. Waits grow and differ by chance, unless the shop itself says how long; such a wait holds for every
 * call to that host. A wrong key is never tried again.
 */
export function withRetry(connector: ShopConnector, options: RetryOptions): ShopConnector {
  const call = makeCaller(options);
  const { identify, withGtin, stockPage } = connector;
  return {
    platform: connector.platform,
    can: connector.can,
    test: (signal) => call('testing', signal, () => connector.test(signal)),
    identify: identify && ((signal, urgency = 'interactive') => call(urgency, signal, () => identify(signal))),
    page: (request, signal) => call('background', signal, () => connector.page(request, signal)),
    product: (id, signal, urgency = 'interactive') => call(urgency, signal, () => connector.product(id, signal)),
    withSku: (sku, signal, urgency = 'interactive') => call(urgency, signal, () => connector.withSku(sku, signal)),
    withGtin:
      withGtin &&
      ((barcode, signal, urgency = 'interactive') => call(urgency, signal, () => withGtin(barcode, signal, urgency))),
    stockPage: stockPage && ((request, signal) => call('background', signal, () => stockPage(request, signal))),
    sales: (request, signal) => call('background', signal, () => connector.sales(request, signal)),
    push: (quantities, signal) => call('background', signal, () => connector.push(quantities, signal)),
  };
}

type Purpose = Urgency | 'testing';
type Caller = <Value>(purpose: Purpose, signal: AbortSignal, work: () => Promise<Value>) => Promise<Value>;

/** What is remembered of the last trouble, and until when it counts. */
type RecentFailures = { unauthorized?: { readonly error: ShopError; readonly until: Instant }; downUntil?: Instant };

function makeCaller(options: RetryOptions): Caller {
  const { clock, limiter } = options;
  const recent: RecentFailures = {};

  return async (purpose, signal, work) => {
    const urgency = purpose === 'background' ? 'background' : 'interactive';
    const known = recent.unauthorized;
    if (purpose !== 'testing' && known !== undefined && clock.now() < known.until) throw known.error;
    const once = recent.downUntil !== undefined && clock.now() < recent.downUntil;
    const attempt = async () => {
      await waitFor(limiter.pauseLeftMs(), urgency, signal);
      return limiter.run(work, urgency, signal);
    };
    try {
      const value = await pRetry(
        () => attempt().catch((error: unknown) => Promise.reject(asShopError(error, signal))),
        {
          retries: once ? 0 : retryPolicy[urgency].retries,
          minTimeout: 0,
          maxTimeout: 0,
          signal,
          shouldRetry: ({ error }) => error instanceof ShopError && error.temporary,
          onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
            error instanceof ShopError && error.temporary && retriesLeft > 0
              ? backOff(error, attemptNumber, urgency, signal)
              : undefined,
        },
      );
      recent.unauthorized = undefined;
      recent.downUntil = undefined;
      return value;
    } catch (error) {
      const trouble = asShopError(error, signal);
      recordFailure(trouble);
      throw trouble;
    }
  };

  async function backOff(error: ShopError, tries: number, urgency: Urgency, signal: AbortSignal): Promise<void> {
    const { initialDelayMs, maxDelayMs } = retryPolicy[urgency];
    const asked = error.detail.retryAfter;
    if (asked !== undefined) {
      const milliseconds = Math.min(asked * 1000, retryPolicy.background.maxDelayMs);
      limiter.pauseFor(milliseconds);
      if (milliseconds > maxDelayMs) throw error;
    }
    const grown = Math.min(initialDelayMs * 2 ** (tries - 1), 60_000);
    const own = grown / 2 + (grown / 2) * (options.chance ?? Math.random)();
    await waitFor(asked === undefined || asked === 0 ? own : limiter.pauseLeftMs(), urgency, signal);
  }

  async function waitFor(milliseconds: number, urgency: Urgency, signal: AbortSignal): Promise<void> {
    if (milliseconds <= 0) return;
    if (milliseconds > retryPolicy[urgency].maxDelayMs) throw rateLimited(milliseconds);
    options.onWaiting?.(later(clock.now(), milliseconds));
    try {
      await clock.wait(milliseconds, signal);
    } finally {
      options.onWaiting?.(undefined);
    }
  }

  function rateLimited(milliseconds: number): ShopError {
    const retryAfter = Math.ceil(milliseconds / 1000);
    return new ShopError('rate-limited', { shop: options.shopId, doing: 'waiting as the shop asked', retryAfter });
  }

  function asShopError(error: unknown, signal: AbortSignal): ShopError {
    if (signal.aborted) return new ShopError('cancelled', { shop: options.shopId, doing: 'waiting for the shop' });
    if (error instanceof ShopError) return error;
    const said = cutText(cleanLine(error instanceof Error ? error.message : String(error)), 200);
    return new ShopError('unintelligible', { shop: options.shopId, doing: 'reading the shop', said }, error);
  }

  function recordFailure(trouble: ShopError): void {
    if (trouble.kind === 'unauthorized')
      recent.unauthorized = { error: trouble, until: later(clock.now(), unauthorizedMs) };
    if (trouble.kind === 'unreachable') recent.downUntil = later(clock.now(), downMs);
  }
}
