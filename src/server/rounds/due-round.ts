import { type Instant, later } from '../../domain/ids.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { RoundSettings } from '../serve-settings.ts';
import { liesAhead } from './lies-ahead.ts';

/** Reading a shop whole, or what changed in it. */
export type RoundKind = 'full' | 'changes';
export type NextRound = { readonly kind: RoundKind; readonly at: Instant };

export type RoundFacts = {
  readonly overview: ShopOverview;
  readonly now: Instant;
  /** When whole readings last came round. */
  readonly lastFullTime: Instant | undefined;
  /** When this server last began a round here, and a whole one. */
  readonly tried?: Instant;
  readonly triedFull?: Instant;
  /** 0 to 1: how far this server's rounds of this shop are shifted. */
  readonly shift: number;
  readonly settings: RoundSettings;
};

const minuteMs = 60_000;
const latest = (...times: readonly (Instant | undefined)[]): Instant | undefined =>
  times
    .filter((time) => time !== undefined)
    .toSorted()
    .at(-1);

/**
 * What is to be read next of a shop and when, judged by what the store says was read: so a server that starts anew goes
 * on where another ended, and of several servers whoever comes first does the work. `undefined` while the shop is
 * paused, unknown, without a key or being read.
 */
export function nextRound(facts: RoundFacts): NextRound | undefined {
  const { overview, settings, now, lastFullTime } = facts;
  const { shop, state, can, hasCredentials, syncBy } = overview;
  if (shop.paused || can === undefined || !hasCredentials || syncBy !== undefined) return undefined;
  const jitter = Math.round(facts.shift * settings.jitterSeconds * 1000);
  // Our own clock was ahead when we last read, and then nothing that lies ahead can be waited for.
  const wasAhead = facts.tried !== undefined && facts.tried > now;
  const believed = (at: Instant | undefined): Instant | undefined =>
    at !== undefined && (wasAhead ? at > now : liesAhead(at, now)) ? undefined : at;
  const [tried, triedFull] = [believed(facts.tried), believed(facts.triedFull)];
  const run = state?.run;
  // Broken off by the death of whoever read since we last did: there is nothing to wait for.
  if (overview.interrupted && (tried === undefined || (run !== undefined && run.startedAt > tried)))
    return { kind: run?.kind ?? 'changes', at: now };
  const ended = latest(believed(run?.endedAt), tried, run?.status === 'finished' ? believed(run.startedAt) : undefined);
  if (ended === undefined) return { kind: 'full', at: later(now, 0) };
  const complete = latest(believed(state?.lastComplete?.startedAt), triedFull);
  const fullIsDue = lastFullTime !== undefined && (complete === undefined || complete < lastFullTime);
  const minutes = can.since ? settings.changesMinutes : settings.wholeMinutes;
  const usual = later(ended, minutes * minuteMs + jitter);
  if (!fullIsDue) return { kind: can.since ? 'changes' : 'full', at: usual };
  const at = later(lastFullTime, jitter);
  // A whole reading that failed is tried again when the next round would have come.
  return { kind: 'full', at: ended < lastFullTime ? at : usual };
}
