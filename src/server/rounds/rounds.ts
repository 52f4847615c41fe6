import { hostname } from 'node:os';
import type { Instant, ShopId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { passed } from '../../services/dependencies/service-dependencies.ts';
import type { Services } from '../../services/services.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { SyncResult } from '../../services/sync/sync-service.ts';
import { cronTimes } from '../cron-times.ts';
import type { RoundSettings } from '../serve-settings.ts';
import type { ServerLog } from '../server-log.ts';
import { type NextRound, nextRound, type RoundKind } from './due-round.ts';
import { jitterOf } from './jitter.ts';

/** How a round ended, and what it cost. */
export type RoundReport = {
  readonly shopId: ShopId;
  readonly kind: RoundKind;
  readonly tookMs: number;
  readonly result: SyncResult;
};

export type RoundsOptions = {
  readonly services: Services;
  readonly clock: Clock;
  readonly settings: RoundSettings;
  readonly timeZone: string;
  readonly shopsAtOnce: number;
  readonly log: ServerLog;
  /** Told after a round has ended, before the shop may be read again. */
  readonly onRound: (report: RoundReport, signal: AbortSignal) => Promise<void>;
  /** Tells servers apart; the machine and the process when left out. */
  readonly serverId?: string;
};

/** The next round of a shop, or the one that is under way. */
export type PlannedRound = {
  readonly shopId: ShopId;
  readonly underWay?: { readonly what: RoundKind | 'push'; readonly since: Instant };
  readonly next?: NextRound;
};

/** The rounds of one server over all shops. */
export type Rounds = {
  /** Begins what is due now and answers how many began; does not wait for their end. */
  tick(signal: AbortSignal): Promise<number>;
  /** Every shop that may be read is read now, whether it is due or not. */
  once(signal: AbortSignal): Promise<void>;
  /** The next round of a shop comes with the next tick: it told of a change that names no product. */
  hurry(shopId: ShopId): void;
  plan(): Promise<readonly PlannedRound[]>;
  /** Resolves once no round is under way. */
  idle(): Promise<void>;
};

type Memory = { tried?: Instant; triedFull?: Instant; hurried?: boolean };

/** Rounds over the shops: never two of one shop at a time, here or elsewhere; a few shops side by side. */
export function makeRounds(options: RoundsOptions): Rounds {
  const { services, clock, settings, log } = options;
  const full = cronTimes(settings.full, options.timeZone);
  const serverId = options.serverId ?? `${hostname()} ${process.pid}`;
  const memory = new Map<ShopId, Memory>();
  const underWay = new Map<ShopId, { what: RoundKind | 'push'; since: Instant; readonly done: Promise<void> }>();
  const memoryOf = (id: ShopId): Memory => {
    const one = memory.get(id) ?? {};
    memory.set(id, one);
    return one;
  };

  const nextOf = (overview: ShopOverview, now: Instant): NextRound | undefined => {
    const { id } = overview.shop;
    const { hurried, ...tried } = memoryOf(id);
    const shift = jitterOf(`${serverId} ${id}`);
    const next = nextRound({ overview, now, lastFullTime: full.last(now), ...tried, shift, settings });
    return next !== undefined && hurried === true ? { kind: next.kind, at: now } : next;
  };

  const run = async (id: ShopId, kind: RoundKind, signal: AbortSignal): Promise<void> => {
    const [startedAt, began] = [clock.now(), passed(clock)];
    const before = { ...memoryOf(id) };
    Object.assign(memoryOf(id), {
      tried: startedAt,
      hurried: false,
      ...(kind === 'full' ? { triedFull: startedAt } : {}),
    });
    log.info('round begins', { shop: id, kind });
    try {
      const [result] = await services.sync.run({ shopIds: [id], full: kind === 'full' }, signal);
      if (result === undefined) return;
      const endedAt = clock.now();
      // Another reads it: that was no round of ours, and should it die, the shop is due here.
      if (result.busy === undefined) memoryOf(id).tried = endedAt;
      else memory.set(id, before);
      Object.assign(underWay.get(id) ?? {}, { what: 'push', since: endedAt });
      log.info('round ended', { shop: id, kind, outcome: outcomeOf(result), counts: result.run?.counts });
      await options.onRound({ shopId: id, kind, tookMs: passed(clock) - began, result }, signal);
    } catch (error) {
      memoryOf(id).tried = clock.now();
      // One shop's bug is told and does not stop the others.
      if (!signal.aborted) log.error('round failed', { shop: id, kind, err: error });
    }
  };

  const begin = (id: ShopId, kind: RoundKind, signal: AbortSignal): Promise<void> => {
    const done = run(id, kind, signal).finally(() => underWay.delete(id));
    underWay.set(id, { what: kind, since: clock.now(), done });
    return done;
  };

  const idle = async (): Promise<void> => {
    await Promise.all([...underWay.values()].map(({ done }) => done));
  };

  return {
    tick: async (signal) => {
      const overviews = await services.shops.list();
      const now = clock.now();
      const due = overviews
        .filter(({ shop }) => !underWay.has(shop.id))
        .flatMap((overview) => {
          const next = nextOf(overview, now);
          return next === undefined || next.at > now ? [] : [{ id: overview.shop.id, next }];
        })
        .toSorted((a, b) => (a.next.at < b.next.at ? -1 : 1))
        .slice(0, Math.max(0, options.shopsAtOnce - underWay.size));
      if (signal.aborted) return 0;
      for (const { id, next } of due) void begin(id, next.kind, signal);
      return due.length;
    },
    once: async (signal) => {
      const waiting = (await services.shops.list()).filter(({ shop }) => !shop.paused && !underWay.has(shop.id));
      const worker = async (): Promise<void> => {
        for (let one = waiting.shift(); one !== undefined && !signal.aborted; one = waiting.shift()) {
          await begin(one.shop.id, nextOf(one, clock.now())?.kind ?? 'changes', signal);
        }
      };
      await Promise.all(Array.from({ length: options.shopsAtOnce }, worker));
    },
    hurry: (id) => {
      memoryOf(id).hurried = true;
    },
    plan: async () => {
      const now = clock.now();
      return (await services.shops.list()).map((overview) => {
        const shopId = overview.shop.id;
        const current = underWay.get(shopId);
        if (current === undefined) return { shopId, next: nextOf(overview, now) };
        return { shopId, underWay: { what: current.what, since: current.since } };
      });
    },
    idle,
  };
}

/** How a reading ended, in one word for logs and figures. */
export function outcomeOf(result: SyncResult): string {
  if (result.busy !== undefined) return 'busy';
  if (result.cancelled) return 'cancelled';
  return result.trouble?.kind ?? result.run?.outcome ?? 'refused';
}
