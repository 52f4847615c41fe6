import { type Alarm, isQuiet, updateAlarms } from '../../domain/alarms/alarm.ts';
import { type Instant, later, type ShopId } from '../../domain/ids.ts';
import type { Leases } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Services } from '../../services/services.ts';
import {
  alarmLine,
  digestMessage,
  type MessageText,
  raisedMessage,
  solvedMessage,
} from '../../views/alarms/alarm-lines.ts';
import { storeErrorLines } from '../../views/errors/store-error-lines.ts';
import { type FormatContext, formatContext } from '../../views/format/format-context.ts';
import { timeOfDay } from '../../views/format/times.ts';
import { type Language, wordsOf } from '../../views/words/words.ts';
import { cronTimes } from '../cron-times.ts';
import type { AlarmSettings } from '../serve-settings.ts';
import type { ServerLog } from '../server-log.ts';
import type { SendMessage } from './channels.ts';
import type { Found } from './conditions.ts';
import { digestFacts } from './digest-facts.ts';
import type { AlarmMemory, KeptAlarms } from './memory.ts';
import { makeStoreAlarm } from './store-alarm.ts';

/** Looks for what needs a person and tells it once. */
export type Watcher = {
  /** A shop's webhook was heard. */
  heard(shopId: ShopId, at: Instant): void;
  /** Looks now, if it is time to, and tells what is new and what is solved; answers whether the store was asked. */
  look(signal: AbortSignal): Promise<boolean>;
  /** What is wrong with the store, each time that is looked at; told when it stands for a while. */
  storeIs(trouble: StoreError | undefined): Promise<void>;
  close(): Promise<void>;
};

export type WatcherParts = {
  readonly services: Services;
  readonly leases: Leases;
  readonly memory: AlarmMemory;
  readonly settings: AlarmSettings;
  readonly timeZone: string;
  readonly language: Language;
  /** Where the server runs. */
  readonly machine: string;
  readonly log: ServerLog;
  readonly send: SendMessage;
  /** What is so now. */
  readonly conditions: (kept: KeptAlarms, signal: AbortSignal) => Promise<Found>;
  readonly counted: (kind: string, event: 'raised' | 'solved' | 'failed') => void;
};

const lookEveryMs = 60_000;

/** One server of all tells; what was told is kept, so that a start anew tells nothing twice. */
export function makeWatcher(parts: WatcherParts): Watcher {
  const { services, settings, timeZone, language, log } = parts;
  const digest = settings.digest === undefined ? undefined : cronTimes(settings.digest, timeZone);
  let heard: Record<string, Instant> = {};
  let lookedAt: Instant | undefined;
  let lease: Awaited<ReturnType<Leases['take']>> | undefined;

  const noteHeard = async (): Promise<void> => {
    if (Object.keys(heard).length === 0) return;
    const news = heard;
    heard = {};
    try {
      await parts.memory.hear(news);
    } catch (error) {
      heard = { ...news, ...heard };
      throw error;
    }
  };

  const holdsLease = async (): Promise<boolean> => {
    if (lease?.held === true && !lease.lost.aborted) return true;
    lease = await parts.leases.take('serve-alarms', 'telling alarms');
    return lease.held;
  };

  const format = async (): Promise<FormatContext> => {
    const shops = (await services.shops.list()).map(({ shop }) => shop);
    return formatContext({ words: wordsOf(language), now: services.now(), timeZone }, { shops });
  };

  /** Whether it was told; what could not be told is told with the next look. */
  const sent = async (event: 'raised' | 'solved' | 'digest', message: MessageText, alarms: readonly Alarm[]) => {
    try {
      await parts.send({ event, ...message, alarms: alarms.map(({ condition }) => condition) });
      return true;
    } catch (error) {
      for (const { condition } of alarms) parts.counted(condition.kind, 'failed');
      log.error('telling failed', { event, err: error });
      return false;
    }
  };

  const isQuietAt = (at: Instant): boolean =>
    settings.quiet !== undefined && isQuiet(timeOfDay(at, timeZone), settings.quiet);
  const storeIs = makeStoreAlarm({
    machine: parts.machine,
    now: () => services.now(),
    said: (trouble) => {
      const { said, details } = storeErrorLines(trouble, wordsOf(language));
      return `${said} ${details.join(': ')}`;
    },
    isQuiet: isQuietAt,
    // The names of shops lie in the store, which is what cannot be asked.
    tell: async (event, alarm) => {
      const known = formatContext({ words: wordsOf(language), now: services.now(), timeZone });
      const line = alarmLine(alarm.condition, known, language);
      const message = event === 'raised' ? raisedMessage([line], known) : solvedMessage([line], known);
      const isTold = await sent(event, message, [alarm]);
      if (isTold) parts.counted(alarm.condition.kind, event);
      return isTold;
    },
  });

  const sendAlarms = async (alarms: readonly Alarm[], known: FormatContext): Promise<readonly Alarm[]> => {
    const lines = (some: readonly Alarm[]) => some.map(({ condition }) => alarmLine(condition, known, language));
    const fresh = alarms.filter(({ toldAt }) => toldAt === undefined);
    const over = alarms.filter(({ solved }) => solved === true);
    const raised = fresh.length > 0 && (await sent('raised', raisedMessage(lines(fresh), known), fresh));
    const solved = over.length > 0 && (await sent('solved', solvedMessage(lines(over), known), over));
    if (raised) for (const { condition } of fresh) parts.counted(condition.kind, 'raised');
    if (solved) for (const { condition } of over) parts.counted(condition.kind, 'solved');
    return alarms
      .filter((alarm) => !(solved && alarm.solved === true))
      .map((alarm) => (raised && alarm.toldAt === undefined ? { ...alarm, toldAt: services.now() } : alarm));
  };

  const sendDigest = async (kept: KeptAlarms, known: FormatContext): Promise<Instant> => {
    const due = digest?.last(services.now());
    const last = kept.digestAt ?? services.now();
    if (due === undefined || due <= last) return last;
    const open = kept.alarms.filter(({ solved }) => solved !== true);
    const facts = await digestFacts(
      services,
      open.map(({ condition }) => alarmLine(condition, known, language)),
    );
    return (await sent('digest', digestMessage(facts, known), [])) ? due : last;
  };

  return {
    heard: (shopId, at) => {
      heard[shopId] = at;
    },
    storeIs,
    look: async (signal) => {
      const now = services.now();
      if (lookedAt !== undefined && later(lookedAt, lookEveryMs) > now) return false;
      lookedAt = now;
      await noteHeard();
      if (!(await holdsLease())) return true;
      const kept = await parts.memory.load(now);
      const { conditions, differing } = await parts.conditions(kept, signal);
      if (signal.aborted) return true;
      const alarms = updateAlarms(kept.alarms, conditions);
      const quiet = isQuietAt(now);
      const known = await format();
      const after = { ...kept, differing, alarms: quiet ? alarms : await sendAlarms(alarms, known) };
      await parts.memory.save({ ...after, digestAt: await sendDigest(after, known) });
      return true;
    },
    close: async () => {
      if (lease?.held === true) await lease.release();
    },
  };
}
