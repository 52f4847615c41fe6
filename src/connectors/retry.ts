import pRetry from 'p-retry';
import { type Instant, later } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShopConnector, Urgency } from '../ports/shop-connector.ts';
import { ShopError } from '../ports/shop-error.ts';
import { cleanLine, cutText } from './clean.ts';
import { keepingSettled } from './driver-parts/push/settled-outcomes.ts';
import type { Limiter } from './limiter.ts';
import { aboutAsked } from './reading/asked-product.ts';
import { boundedPages } from './reading/bounded-pages.ts';
import { type Budget, makeBudget, type Purpose, purposeOf, spentWords, usualBudgets } from './reading/budget.ts';
import type { Redact } from './secrets/redact.ts';

export type RetryOptions = {
  readonly shopId: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** Told until when the shop is waited for, and `undefined` when the waiting is over. */
  readonly onWaiting?: (until: Instant | undefined) => void;
  /** Between 0 and 1. */
  readonly chance?: () => number;
  /** Hides the secrets of this connection in what a bug says. */
  readonly redact?: Redact;
  /** Takes the secrets of this connection out of what it brings. */
  readonly withoutSecrets?: <Value>(value: Value) => Value;
  /** Milliseconds that each kind of call may take in all; the usual ones when left out. */
  readonly budgets?: Partial<Readonly<Record<Purpose, number>>>;
};

/** How often and how long each kind of call is tried. A person is told rather than kept waiting. */
const retryPolicy = {
  interactive: { retries: 2, initialDelayMs: 500, maxDelayMs: 10_000 },
  background: { retries: 5, initialDelayMs: 1000, maxDelayMs: 15 * 60_000 },
} as const;

/** A shop that asks for a longer pause is not waited for: no try within a day would be let in. */
const longestAskedMs = 60 * 60_000;
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
  const { identify, products, withGtin, stockPage, locations } = connector;
  return {
    platform: connector.platform,
    get can() {
      return connector.can;
    },
    test: (signal, urgency) => call(purposeOf(urgency), signal, (inner) => connector.test(inner)),
    identify: identify && ((signal, urgency = 'interactive') => call(urgency, signal, (inner) => identify(inner))),
    page: boundedPages(
      (request, signal) => call('background', signal, (inner) => connector.page(request, inner)),
      options,
    ),
    product: async (id, signal, urgency = 'interactive') =>
      aboutAsked(id, await call(urgency, signal, (inner) => connector.product(id, inner, urgency)), options),
    products:
      products &&
      ((ids, signal, urgency = 'interactive') => call(urgency, signal, (inner) => products(ids, inner, urgency))),
    withSku: (sku, signal, urgency = 'interactive') =>
      call(urgency, signal, (inner) => connector.withSku(sku, inner, urgency)),
    withGtin:
      withGtin &&
      ((barcode, signal, urgency = 'interactive') =>
        call(urgency, signal, (inner) => withGtin(barcode, inner, urgency))),
    locations: locations && ((signal) => call('interactive', signal, (inner) => locations(inner))),
    stockPage: stockPage && ((request, signal) => call('background', signal, (inner) => stockPage(request, inner))),
    sales: (request, signal) => call('background', signal, (inner) => connector.sales(request, inner)),
    push: (quantities, signal) =>
      keepingSettled(
        quantities,
        (some, inner) => connector.push(some, inner),
        (once) => call('background', signal, once),
      ),
  };
}

export type Caller = <Value>(
  purpose: Purpose,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
) => Promise<Value>;

/** What is remembered of the last trouble, and until when it counts. */
type RecentFailures = { unauthorized?: { readonly error: ShopError; readonly until: Instant }; downUntil?: Instant };

export function makeCaller(options: RetryOptions): Caller {
  const { clock, limiter } = options;
  const recent: RecentFailures = {};
  /** Whether a time of this length is not over yet; where the clock was set back meanwhile, it is. */
  const isWithin = (milliseconds: number, until: Instant): boolean =>
    clock.now() < until && until <= later(clock.now(), milliseconds);

  return async (purpose, signal, work) => {
    const urgency = purpose === 'background' ? 'background' : 'interactive';
    const known = recent.unauthorized;
    const isTest = purpose === 'testing' || purpose === 'identifying';
    if (!isTest && known !== undefined && isWithin(unauthorizedMs, known.until)) throw known.error;
    const once = recent.downUntil !== undefined && isWithin(downMs, recent.downUntil);
    const budget = makeBudget(options.budgets?.[purpose] ?? usualBudgets[purpose], signal);
    const attempt = async () => {
      await waitFor(limiter.pauseLeftMs(), urgency, signal);
      return budget.spend((inner) => limiter.run(() => work(inner), urgency, inner));
    };
    try {
      const value = await pRetry(
        () => attempt().catch((error: unknown) => Promise.reject(asShopError(error, signal, budget))),
        {
          retries: once ? 0 : retryPolicy[urgency].retries,
          minTimeout: 0,
          maxTimeout: 0,
          signal,
          shouldRetry: ({ error }) => error instanceof ShopError && error.temporary && !budget.isSpent(),
          onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
            error instanceof ShopError && error.temporary && retriesLeft > 0 && !budget.isSpent()
              ? backOff(error, attemptNumber, urgency, signal)
              : undefined,
        },
      );
      recent.unauthorized = undefined;
      recent.downUntil = undefined;
      return options.withoutSecrets === undefined ? value : options.withoutSecrets(value);
    } catch (error) {
      const trouble = asShopError(error, signal, budget);
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
      if (milliseconds > maxDelayMs || asked * 1000 > longestAskedMs) throw error;
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

  function asShopError(error: unknown, signal: AbortSignal, budget: Budget): ShopError {
    if (budget.isSpent() && !signal.aborted && isCutOff(error)) {
      const said = spentWords(budget);
      return new ShopError('unreachable', { shop: options.shopId, doing: 'waiting for the shop', said, saidBy: 'us' });
    }
    if (signal.aborted) return new ShopError('cancelled', { shop: options.shopId, doing: 'waiting for the shop' });
    if (error instanceof ShopError) return error;
    const redact = options.redact ?? ((text: string) => text);
    const words = error instanceof Error ? error.message : String(error);
    const said = cutText(redact(cleanLine(redact(words))), 200);
    return new ShopError(
      'unintelligible',
      { shop: options.shopId, doing: 'speaking with the shop', said, saidBy: 'us', reason: 'program-fault' },
      bugOf(error, redact),
    );
  }

  function recordFailure(trouble: ShopError): void {
    if (trouble.kind === 'unauthorized')
      recent.unauthorized = { error: trouble, until: later(clock.now(), unauthorizedMs) };
    if (trouble.kind === 'unreachable') recent.downUntil = later(clock.now(), downMs);
  }
}

/** Stopped from here, and not by the shop. */
const isCutOff = (error: unknown): boolean => !(error instanceof ShopError) || error.kind === 'cancelled';

/** Where a bug lies, without what it was about. */
function bugOf(error: unknown, redact: Redact): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const bug = new Error(redact(error.message));
  bug.stack = redact(error.stack ?? '');
  return bug;
}
