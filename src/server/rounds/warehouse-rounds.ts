import { type Instant, later } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { passed } from '../../services/dependencies/service-dependencies.ts';
import type { Services } from '../../services/services.ts';
import type { WarehouseSync } from '../../services/warehouse/warehouse-service.ts';
import type { ServerLog } from '../server-log.ts';
import { liesAhead } from './lies-ahead.ts';

export type WarehouseRoundsOptions = {
  readonly services: Services;
  readonly clock: Clock;
  /** Minutes between the end of one reading and the next. */
  readonly minutes: number;
  readonly log: ServerLog;
  /** Told after a reading has ended, before the next may begin. */
  readonly onRead: (read: WarehouseSync, signal: AbortSignal) => Promise<void>;
};

/** The readings of the warehouse by one server; none where our own stock is all there is. */
export type WarehouseRounds = {
  /** Begins a reading if one is due; does not wait for its end. */
  tick(signal: AbortSignal): void;
  /** Reads now, whether it is due or not. */
  once(signal: AbortSignal): Promise<void>;
  /** The next reading comes with the next tick: the warehouse told that something changed. */
  hurry(): void;
  plan(): { readonly underWay?: Instant; readonly next?: Instant };
  /** Resolves once no reading is under way. */
  idle(): Promise<void>;
};

/** A warehouse that takes long to read is read more seldom: no more than a fifth of the time is spent on it. */
const pausePerReading = 4;

/** So many lines of stock files that were not taken are named in the log. */
const linesLogged = 5;

/** No reading takes longer; that of a clock which was set meanwhile may seem to. */
const longestMs = 3_600_000;

/** Where changes confirm what did not change, everything is read so often, for what no change tells of. */
const wholeEveryMs = 3_600_000;

/** Readings of the warehouse, never two at a time, here or elsewhere. */
export function makeWarehouseRounds(options: WarehouseRoundsOptions): WarehouseRounds {
  const { services, clock, log } = options;
  let underWay: { readonly since: Instant; readonly done: Promise<void> } | undefined;
  let ended: Instant | undefined;
  let tookMs = 0;
  let wholeTookMs = 0;
  let hurried = false;

  const nextOf = (now: Instant): Instant | undefined => {
    const overview = services.warehouse.show();
    if (overview?.settings === undefined || !overview.hasCredentials) return undefined;
    const { readAt, changesReadAt, failedAt } = overview.state;
    const last = [ended, readAt, changesReadAt, failedAt]
      // What lies ahead was written by a clock that was wrong: there is nothing to wait for.
      .filter((time) => time !== undefined && !liesAhead(time, now))
      .toSorted()
      .at(-1);
    if (last === undefined || hurried) return now;
    return later(last, Math.max(options.minutes * 60_000, pausePerReading * Math.min(longestMs, tookMs)));
  };

  /**
   * Between two whole readings only what changed is read. Where changes may say nothing of stock, the whole comes as
   * often as it may; else once an hour.
   */
  const onlyChanges = (now: Instant): boolean => {
    const overview = services.warehouse.show();
    const wholeReadAt = overview?.state.wholeReadAt;
    if (overview?.driver.can.changedSince !== true || wholeReadAt === undefined || wholeReadAt > now) return false;
    const pauseMs = overview.driver.can.changesConfirm
      ? wholeEveryMs
      : Math.max(options.minutes * 60_000, pausePerReading * Math.min(longestMs, wholeTookMs));
    return now < later(wholeReadAt, pauseMs);
  };

  const onWaiting = (until: Instant | undefined): void => {
    if (until !== undefined) log.info('the warehouse asked to wait', { until });
  };
  const read = async (signal: AbortSignal): Promise<void> => {
    const [began, counted] = [clock.now(), passed(clock)];
    hurried = false;
    try {
      const result = await services.warehouse.sync({ changes: onlyChanges(began), onWaiting }, signal);
      const { kind, counts, trouble, busy } = result;
      const inFiles = result.broken.filter(({ inFile }) => inFile !== undefined).slice(0, linesLogged);
      const lines = inFiles.length === 0 ? undefined : inFiles.map(({ where, said }) => `${where}: ${said}`);
      if (kind === 'full' && busy === undefined && trouble === undefined) wholeTookMs = passed(clock) - counted;
      const outcome = busy === undefined ? (trouble?.kind ?? 'read') : 'busy';
      log.info('warehouse read', { kind, outcome, counts, lines });
      await options.onRead(result, signal);
    } catch (error) {
      if (!signal.aborted) log.error('reading the warehouse failed', { err: error });
    } finally {
      ended = clock.now();
      tookMs = passed(clock) - counted;
    }
  };
  const begin = (signal: AbortSignal): Promise<void> => {
    const done = read(signal).finally(() => {
      underWay = undefined;
    });
    underWay = { since: clock.now(), done };
    return done;
  };

  return {
    tick: (signal) => {
      const now = clock.now();
      const next = underWay === undefined ? nextOf(now) : undefined;
      if (next !== undefined && next <= now && !signal.aborted) void begin(signal);
    },
    once: async (signal) => {
      if (underWay === undefined && nextOf(clock.now()) !== undefined) await begin(signal);
    },
    hurry: () => {
      hurried = true;
    },
    plan: () => ({ underWay: underWay?.since, next: underWay === undefined ? nextOf(clock.now()) : undefined }),
    idle: async () => underWay?.done,
  };
}
