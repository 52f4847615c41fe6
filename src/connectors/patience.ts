import pRetry from 'p-retry';
import { type Instant, later } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShopConnector, Urgency } from '../ports/shop-connector.ts';
import { ShopError } from '../ports/shop-error.ts';
import { cleanLine, cutText } from './clean.ts';
import type { Limiter } from './limiter.ts';

export type PatienceOptions = {
  readonly shopId: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** Told until when the shop is waited for, and `undefined` when the waiting is over. */
  readonly onWaiting?: (until: Instant | undefined) => void;
  /** Between 0 and 1. */
  readonly chance?: () => number;
};

/** How often and how long each kind of call is tried. A person is told rather than kept waiting. */
const manners = {
  interactive: { retries: 2, firstWaitMs: 500, longestWaitMs: 30_000 },
  background: { retries: 5, firstWaitMs: 1000, longestWaitMs: 15 * 60_000 },
} as const;

/** So long after a wrong key no call but a test goes out: hosts lock out those who hammer. */
const wrongKeyMs = 10_000;
/** So long after a shop stayed unreachable, one try is enough to know. */
const downMs = 15_000;

/**
 * A connector that waits out temporary trouble, for all platforms alike and at one place: got never tries
 * twice. Waits grow and differ by chance, unless the shop itself says how long; such a wait holds for every
 * call to that host. A wrong key is never tried again.
 */
export function patient(connector: ShopConnector, options: PatienceOptions): ShopConnector {
  const call = makeCaller(options);
  return {
    platform: connector.platform,
    can: connector.can,
    test: (signal) => call('testing', signal, () => connector.test(signal)),
    page: (request, signal) => call('background', signal, () => connector.page(request, signal)),
    product: (id, signal, urgency = 'interactive') => call(urgency, signal, () => connector.product(id, signal)),
    withSku: (sku, signal, urgency = 'interactive') => call(urgency, signal, () => connector.withSku(sku, signal)),
    sales: (request, signal) => call('background', signal, () => connector.sales(request, signal)),
    push: (quantities, signal) => call('background', signal, () => connector.push(quantities, signal)),
  };
}

type Purpose = Urgency | 'testing';
type Caller = <Value>(purpose: Purpose, signal: AbortSignal, work: () => Promise<Value>) => Promise<Value>;

/** What is remembered of the last trouble, and until when it counts. */
type Memory = { wrongKey?: { readonly error: ShopError; readonly until: Instant }; downUntil?: Instant };

function makeCaller(options: PatienceOptions): Caller {
  const { clock, limiter } = options;
  const memory: Memory = {};

  return async (purpose, signal, work) => {
    const urgency = purpose === 'background' ? 'background' : 'interactive';
    const known = memory.wrongKey;
    if (purpose !== 'testing' && known !== undefined && clock.now() < known.until) throw known.error;
    const once = memory.downUntil !== undefined && clock.now() < memory.downUntil;
    const attempt = async () => {
      await waitFor(limiter.restLeft(), urgency, signal);
      return limiter.run(work, urgency, signal);
    };
    try {
      const value = await pRetry(
        () => attempt().catch((error: unknown) => Promise.reject(asShopError(error, signal))),
        {
          retries: once ? 0 : manners[urgency].retries,
          minTimeout: 0,
          maxTimeout: 0,
          signal,
          shouldRetry: ({ error }) => error instanceof ShopError && error.temporary,
          onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
            error instanceof ShopError && error.temporary && retriesLeft > 0
              ? waitAfter(error, attemptNumber, urgency, signal)
              : undefined,
        },
      );
      memory.wrongKey = undefined;
      memory.downUntil = undefined;
      return value;
    } catch (error) {
      const trouble = asShopError(error, signal);
      remember(trouble);
      throw trouble;
    }
  };

  async function waitAfter(error: ShopError, tries: number, urgency: Urgency, signal: AbortSignal): Promise<void> {
    const { firstWaitMs, longestWaitMs } = manners[urgency];
    const asked = error.detail.retryAfter;
    if (asked !== undefined) {
      const milliseconds = Math.min(asked * 1000, manners.background.longestWaitMs);
      limiter.rest(milliseconds);
      if (milliseconds > longestWaitMs) throw error;
    }
    const grown = Math.min(firstWaitMs * 2 ** (tries - 1), 60_000);
    const own = grown / 2 + (grown / 2) * (options.chance ?? Math.random)();
    await waitFor(asked === undefined || asked === 0 ? own : limiter.restLeft(), urgency, signal);
  }

  async function waitFor(milliseconds: number, urgency: Urgency, signal: AbortSignal): Promise<void> {
    if (milliseconds <= 0) return;
    if (milliseconds > manners[urgency].longestWaitMs) throw stillResting(milliseconds);
    options.onWaiting?.(later(clock.now(), milliseconds));
    try {
      await clock.wait(milliseconds, signal);
    } finally {
      options.onWaiting?.(undefined);
    }
  }

  function stillResting(milliseconds: number): ShopError {
    const retryAfter = Math.ceil(milliseconds / 1000);
    return new ShopError('rate-limited', { shop: options.shopId, doing: 'waiting as the shop asked', retryAfter });
  }

  function asShopError(error: unknown, signal: AbortSignal): ShopError {
    if (signal.aborted) return new ShopError('cancelled', { shop: options.shopId, doing: 'waiting for the shop' });
    if (error instanceof ShopError) return error;
    const said = cutText(cleanLine(error instanceof Error ? error.message : String(error)), 200);
    return new ShopError('unintelligible', { shop: options.shopId, doing: 'reading the shop', said }, error);
  }

  function remember(trouble: ShopError): void {
    if (trouble.kind === 'unauthorized') memory.wrongKey = { error: trouble, until: later(clock.now(), wrongKeyMs) };
    if (trouble.kind === 'unreachable') memory.downUntil = later(clock.now(), downMs);
  }
}
