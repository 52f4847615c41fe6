import type { Instant, ShopId } from '../../domain/ids.ts';
import type { ShopSignal } from '../../ports/platform.ts';
import type { FetchResult, FetchService } from '../../services/fetch/fetch-service.ts';
import type { ServerLog } from '../server-log.ts';

/** One thing that a shop told of. */
type Told = { readonly shopId: ShopId; readonly shopProductId?: string; readonly sku?: string };

export type IntakeOptions = {
  readonly fetch: FetchService;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** Told of a change that names no product. */
  readonly hurry: (shopId: ShopId) => void;
  readonly onResult: (result: FetchResult) => void;
};

/** Takes in what shops told of, after they have had their answer: one shop after its own order, shops side by side. */
export type Intake = {
  take(shopId: ShopId, signals: readonly ShopSignal[]): void;
  /** How many products wait to be asked for. */
  waiting(): number;
  /** The shops whose products are being asked for, and since when. */
  working(): readonly { readonly shopId: ShopId; readonly since: Instant }[];
  idle(): Promise<void>;
};

const atOnce = 20;
/** More than this of one shop is not told of one by one: the next round reads what changed. */
const maxWaiting = 10_000;
const maxTurns = 1000;

export function makeIntake({ fetch, log, signal, now, hurry, onResult }: IntakeOptions): Intake {
  // What is told of twice before it was asked for is asked for once.
  const waiting = new Map<ShopId, Map<string, Told>>();
  const workers = new Map<ShopId, { readonly since: Instant; readonly done: Promise<void> }>();

  let arrived = 0;
  /** Lets deliveries that have come be answered first: until a turn of the event loop brings none, or there is no end to them. */
  const untilAnswered = async (): Promise<void> => {
    for (let turn = 0; turn < maxTurns; turn += 1) {
      const before = arrived;
      await new Promise((resolve) => void setImmediate(resolve));
      if (arrived === before) return;
    }
  };

  const work = async (shopId: ShopId, queue: Map<string, Told>): Promise<void> => {
    while (queue.size > 0 && !signal.aborted) {
      await untilAnswered();
      const told = [...queue].slice(0, atOnce);
      for (const [key] of told) queue.delete(key);
      try {
        await fetch.run({ asked: [], told: told.map(([, one]) => one), onResult }, signal);
      } catch (error) {
        if (!signal.aborted) log.error('taking in failed', { shop: shopId, products: told.length, err: error });
        hurry(shopId);
      }
    }
  };

  const start = (shopId: ShopId, queue: Map<string, Told>): void => {
    if (workers.has(shopId)) return;
    const done = work(shopId, queue).finally(() => {
      workers.delete(shopId);
      if (queue.size > 0 && !signal.aborted) start(shopId, queue);
    });
    workers.set(shopId, { since: now(), done });
  };

  return {
    take: (shopId, signals) => {
      arrived += 1;
      const queue = waiting.get(shopId) ?? new Map<string, Told>();
      waiting.set(shopId, queue);
      for (const { shopProductId, sku } of signals) {
        const key = shopProductId ?? sku;
        if (key === undefined || queue.size >= maxWaiting) hurry(shopId);
        else queue.set(`${shopProductId === undefined ? 'sku' : 'id'} ${key}`, { shopId, shopProductId, sku });
      }
      if (queue.size > 0) start(shopId, queue);
    },
    waiting: () => [...waiting.values()].reduce((sum, queue) => sum + queue.size, 0),
    working: () => [...workers].map(([shopId, { since }]) => ({ shopId, since })),
    idle: async () => {
      while (workers.size > 0) await Promise.all([...workers.values()].map(({ done }) => done));
    },
  };
}
