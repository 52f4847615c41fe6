import type { Instant } from '../../domain/ids.ts';
import { isFarOff } from '../../domain/server-clock.ts';
import type { BlindSpot } from '../../ports/blind-spot.ts';
import type { ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import { quotedReason } from '../errors/shop-reason.ts';
import { troubleWord } from '../errors/trouble-word.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago, span } from '../format/times.ts';
import { runCountsLine, runOutcomeWord, runStatusWord, salesLine } from '../sync/run-lines.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** A shop's health in a word or two. */
export const healthWord = (health: ShopOverview['health'], words: Words): string => words.domain.health[health];

/**
 * A shop's health as a sign that also holds without colour. Green and its tick are for links and figures that are as
 * they should be: of a shop that answers they say nothing.
 */
export const healthSign = (health: ShopOverview['health']): string =>
  ({
    good: '·',
    'never-read': '○',
    paused: '‖',
    trouble: '!',
    'no-credentials': '!',
    stale: '◐',
    'unknown-platform': '?',
  })[health];

/** How a shop's health is meant, for a colour beside the words. */
export const healthTone = (health: ShopOverview['health']): Tone =>
  (
    ({
      good: 'quiet',
      'never-read': 'waiting',
      paused: 'quiet',
      trouble: 'wrong',
      'no-credentials': 'wrong',
      stale: 'waiting',
      'unknown-platform': 'waiting',
    }) as const
  )[health];

/** What this platform can never tell us, as one sentence. */
export const blindSpotSentence = (spot: BlindSpot, words: Words): string => words.domain.blindSpot[spot];

/** What a test of the connection warns of, as one sentence. */
export const warningSentence = (warning: ConnectionWarning, words: Words): string => words.domain.warning[warning];

/** A permission in words: what for, the platform's own word, and whether the key has it. */
export function permissionLine(permission: Permission, words: Words): string {
  const has =
    permission.granted === undefined ? words.domain.unknown : permission.granted ? words.domain.yes : words.domain.no;
  return `${words.domain.permission[permission.wanted]} (${permission.platformWord}): ${has}`;
}

/** One shop made ready to draw. Empty texts are nothing to say. */
export type ShopLine = {
  readonly sign: string;
  readonly health: string;
  readonly tone: Tone;
  readonly lastComplete: string;
  readonly lastRun: string;
  readonly trouble: string;
  readonly blindSpots: readonly string[];
};

/** Links that went in the newest sync of a shop that is well otherwise: it is not as it should be. */
export const lostLately = ({ health, state }: ShopOverview): number =>
  health === 'good' ? (state?.run?.counts.unlinked ?? 0) : 0;

/** Whether the newest sync of a shop that is well otherwise did not come to its end: what was not read is old. */
export const isHalfRead = ({ health, state, interrupted }: ShopOverview): boolean => {
  const run = state?.run;
  const isCut = interrupted || run?.status === 'interrupted' || run?.outcome === 'partial';
  return health === 'good' && isCut;
};

/** A shop in words: health, last complete reading, last run with status and outcome apart, what it cannot tell us. */
export function shopLine(overview: ShopOverview, format: FormatContext): ShopLine {
  const { words, now } = format;
  const { state } = overview;
  const lost = lostLately(overview);
  const shown = lost > 0 || isHalfRead(overview) ? 'stale' : overview.health;
  return {
    sign: healthSign(shown),
    health: lost > 0 ? words.domain.lostLinks(number(lost, words)) : howWord(overview, words),
    tone: healthTone(shown),
    lastComplete: state?.lastComplete === undefined ? words.domain.never : ago(state.lastComplete.at, now, words),
    lastRun: lastRunLine(overview, format),
    trouble:
      state?.lastTrouble === undefined
        ? ''
        : `${quotedReason(state.lastTrouble, words)} (${ago(state.lastTrouble.at, now, words)})`,
    blindSpots: (overview.can?.blindSpots ?? []).map((spot) => blindSpotSentence(spot, words)),
  };
}

/** A shop's health in a word or two; of one in trouble, what the trouble is; of one half read, that it is. */
function howWord(overview: ShopOverview, words: Words): string {
  const { health, state } = overview;
  if (isHalfRead(overview)) {
    return state?.run?.outcome === 'partial' ? words.domain.runOutcome.partial : words.domain.runStatus.interrupted;
  }
  const trouble = health === 'trouble' ? state?.lastTrouble : undefined;
  return (trouble && troubleWord(trouble, words)) ?? healthWord(health, words);
}

const lastRunLine = (
  { state, interrupted }: ShopOverview,
  { words, now }: Pick<FormatContext, 'words' | 'now'>,
): string => {
  const run = state?.run;
  if (run === undefined) return '';
  const status = interrupted ? words.domain.runStatus.interrupted : runStatusWord(run, words);
  const outcome = run.outcome === undefined ? '' : `, ${runOutcomeWord(run, words)}`;
  return `${words.domain.runKind[run.kind]}: ${status}${outcome} (${[runCountsLine(run.counts, words), ...salesLine(run, words)].join('; ')}), ${ago(run.endedAt ?? run.startedAt, now, words)}`;
};

/**
 * Until when the changes of a shop are known; where they cannot be asked for, why not. Nothing of one that was never
 * read to the end.
 */
export function changesKnown(
  { state }: Pick<ShopOverview, 'state'>,
  words: Words,
  written: (moment: Instant) => string,
): string | undefined {
  if (state?.watermark !== undefined) return written(state.watermark);
  if (state?.lastComplete === undefined) return undefined;
  const { clockAheadMs = 0 } = state;
  return isFarOff(clockAheadMs)
    ? words.warehouse.clockOff({ off: span(Math.abs(clockAheadMs), words), isAhead: clockAheadMs > 0 })
    : words.cli.wholeNext;
}
