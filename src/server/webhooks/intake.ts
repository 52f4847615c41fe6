import { setTimeout as pause } from 'node:timers/promises';
import { type Instant, later, type ShopId } from '../../domain/ids.ts';
import { serverGoneMs } from '../../domain/servers/server-report.ts';
import type { ShopSignal } from '../../ports/platform.ts';
import type { FetchResult, FetchService } from '../../services/fetch/fetch-service.ts';
import type { ServerLog } from '../server-log.ts';
import type { KeptSignal, KeptSignals, Signalled } from './kept-signals.ts';

export type IntakeOptions = {
  readonly fetch: FetchService;
  readonly kept: KeptSignals;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** Told of a change that names no product. */
  readonly hurry: (shopId: ShopId) => void;
  readonly onResult: (result: FetchResult) => void;
};

/** Takes in what shops told of, after they have had their answer: one shop after its own order, shops side by side. */
export type Intake = {
  /** Resolves once what was told is written down. */
  take(shopId: ShopId, signals: readonly ShopSignal[]): Promise<void>;
  /**
   * Takes on what other servers wrote down and did not take in: at first all of it, later what a dead one left; looked
   * for once a minute. That two ask for the same does no harm.
   */
  takeOver(): Promise<void>;
  /** Asks again for what the shop did not answer: it was heard of. */
  again(shopId: ShopId): void;
  /** How many products wait to be asked for. */
  waiting(): number;
  /** The shops whose products are being asked for, and since when. */
  working(): readonly { readonly shopId: ShopId; readonly since: Instant }[];
  idle(): Promise<void>;
};

const atOnce = 50;
const gatherMs = 200;
/** More than this of one shop is not told of one by one: the next round reads what changed. */
const maxWaiting = 10_000;
const maxTurns = 1000;

type Waiting = { readonly signalled: Signalled; readonly kept: KeptSignal };
/** What one shop told of: what is told twice before it was asked for is asked for once. */
type Queue = Map<string, Waiting>;

const keyOf = ({ shopProductId, sku }: Signalled): string =>
  shopProductId === undefined ? `sku ${sku}` : `id ${shopProductId}`;

export function makeIntake(options: IntakeOptions): Intake {
  const { fetch, kept, log, signal, now, hurry, onResult } = options;
  const waiting = new Map<ShopId, Queue>();
  /** What the shop did not answer, until it is heard of again. */
  const unanswered = new Map<ShopId, Queue>();
  const workers = new Map<ShopId, { readonly since: Instant; readonly done: Promise<void> }>();
  const of = (queues: Map<ShopId, Queue>, shopId: ShopId): Queue => {
    const queue = queues.get(shopId) ?? new Map<string, Waiting>();
    queues.set(shopId, queue);
    return queue;
  };

  /** When a shop was last asked, by the clock that only goes forward. */
  const begun = new Map<ShopId, number>();
  let lookedAt: Instant | undefined;
  let arrived = 0;
  /** Lets deliveries that have come be answered first: until a turn of the event loop brings none, or there is no end to them. */
  const untilAnswered = async (): Promise<void> => {
    for (let turn = 0; turn < maxTurns; turn += 1) {
      const before = arrived;
      await new Promise((resolve) => void setImmediate(resolve));
      if (arrived === before) return;
    }
  };

  /** In a flood many are asked for at once, and what is told of meanwhile goes along; one by itself waits for nothing. */
  const gathered = async (shopId: ShopId): Promise<void> => {
    const restMs = (begun.get(shopId) ?? 0) + gatherMs - performance.now();
    if (restMs > 0) await pause(restMs, undefined, { signal }).catch(() => undefined);
    begun.set(shopId, performance.now());
  };

  const putAside = (shopId: ShopId, some: readonly Waiting[]): void => {
    const queue = of(unanswered, shopId);
    for (const one of some) {
      const before = queue.get(keyOf(one.signalled));
      if (before === undefined && queue.size < maxWaiting) queue.set(keyOf(one.signalled), one);
      else void one.kept.drop();
    }
  };

  const ingestSome = async (shopId: ShopId, some: readonly Waiting[]): Promise<void> => {
    try {
      const results = await fetch.run(
        { asked: [], signalled: some.map(({ signalled }) => signalled), onResult },
        signal,
      );
      const open = some.filter((_, at) => results[at]?.outcome === 'unreachable');
      putAside(shopId, open);
      // What was cut off stays written down: the next start goes on with it.
      const done = some.filter((one, at) => results[at]?.outcome !== 'cancelled' && !open.includes(one));
      await Promise.all(done.map((one) => one.kept.drop()));
    } catch (error) {
      if (signal.aborted) return;
      log.error('taking in failed', { shop: shopId, products: some.length, err: error });
      putAside(shopId, some);
      hurry(shopId);
    }
  };

  const work = async (shopId: ShopId, queue: Queue): Promise<void> => {
    while (queue.size > 0 && !signal.aborted) {
      await gathered(shopId);
      await untilAnswered();
      const some = [...queue.entries()].slice(0, atOnce);
      for (const [key] of some) queue.delete(key);
      await ingestSome(
        shopId,
        some.map(([, one]) => one),
      );
    }
  };

  const start = (shopId: ShopId): void => {
    const queue = of(waiting, shopId);
    if (workers.has(shopId) || queue.size === 0 || signal.aborted) return;
    const done = work(shopId, queue).finally(() => {
      workers.delete(shopId);
      start(shopId);
    });
    workers.set(shopId, { since: now(), done });
  };

  /** Answers when it is safe; what waits already is. */
  const queueUp = (signalled: Signalled, given?: KeptSignal): Promise<void> => {
    const queue = of(waiting, signalled.shopId);
    const before = queue.get(keyOf(signalled));
    if (before !== undefined || queue.size >= maxWaiting) {
      if (before === undefined) hurry(signalled.shopId);
      void given?.drop();
      return before?.kept.safe ?? Promise.resolve();
    }
    const one = { signalled, kept: given ?? kept.keep(signalled) };
    queue.set(keyOf(signalled), one);
    return one.kept.safe;
  };

  return {
    take: async (shopId, signals) => {
      arrived += 1;
      const safe = signals.map(({ shopProductId, sku }) => {
        if (shopProductId !== undefined || sku !== undefined) return queueUp({ shopId, shopProductId, sku });
        hurry(shopId);
        return undefined;
      });
      start(shopId);
      await Promise.all(safe);
    },
    takeOver: async () => {
      if (lookedAt !== undefined && later(lookedAt, serverGoneMs) > now()) return;
      const left = await kept.left(lookedAt === undefined ? 0 : serverGoneMs);
      lookedAt = now();
      for (const one of left) void queueUp(one.signalled, one.kept);
      for (const shopId of new Set(left.map(({ signalled }) => signalled.shopId))) start(shopId);
      if (left.length > 0) log.info('taking in what was left', { products: left.length });
    },
    again: (shopId) => {
      const queue = unanswered.get(shopId) ?? new Map<string, Waiting>();
      unanswered.delete(shopId);
      for (const { signalled, kept } of queue.values()) void queueUp(signalled, kept);
      start(shopId);
    },
    waiting: () => [...waiting.values(), ...unanswered.values()].reduce((sum, queue) => sum + queue.size, 0),
    working: () => [...workers].map(([shopId, { since }]) => ({ shopId, since })),
    idle: async () => {
      while (workers.size > 0) await Promise.all([...workers.values()].map(({ done }) => done));
    },
  };
}
