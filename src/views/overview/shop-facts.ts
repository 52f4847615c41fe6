import type { StoredEvent } from '../../domain/event.ts';
import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import type { Money } from '../../domain/product.ts';
import type { Attention } from '../../services/overview/overview-service.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { isHalfRead, lostLately, shopLine } from '../shops/shop-lines.ts';

export type ShopFacts = {
  readonly shops: readonly ShopOverview[];
  /** The newest first. */
  readonly events: readonly StoredEvent[];
  /** Absent while it is being worked out. */
  readonly attention?: Attention;
  readonly servers: readonly ServerOverview[];
};

/** One shop as the first page tells of it. */
export type ShopRow = {
  readonly overview: ShopOverview;
  /** Whether its links and figures have been looked at. */
  readonly counted: boolean;
  readonly linked: number;
  /** Absent while it is being counted. */
  readonly expected?: number;
  readonly differing: number;
  /** Links lost a day, the newest last. */
  readonly lost: readonly number[];
  /** What lies on the shelf and cannot be bought there. */
  readonly unsellable: readonly Money[];
};

const dayMs = 86_400_000;
/** Days over which lost links are counted. */
export const daysShown = 14;
/** Puts together what is known of a shop from the lists and the last two weeks. */
export function shopRow(overview: ShopOverview, { events, attention }: ShopFacts, now: Instant): ShopRow {
  const { id } = overview.shop;
  const here = attention?.counts.get(id);
  return {
    overview,
    counted: attention !== undefined,
    linked: here?.linked ?? overview.counts.integrations,
    expected: here === undefined ? undefined : here.linked + here.missing + here.conflict,
    differing: here?.['stock-differs'] ?? 0,
    lost: lostADay(events, id, now),
    unsellable: (attention?.report.rows ?? []).flatMap(({ shopId, value }) => (shopId === id ? (value ?? []) : [])),
  };
}

function lostADay(events: readonly StoredEvent[], shopId: string, now: Instant): readonly number[] {
  const lost = Array.from({ length: daysShown }, () => 0);
  for (const event of events) {
    if (event.type !== 'integration-removed' || event.integration.ref.shopId !== shopId) continue;
    const at = daysShown - 1 - Math.floor((millisecondsOf(now) - millisecondsOf(event.at)) / dayMs);
    if (at >= 0 && at < daysShown) lost[at] = (lost[at] ?? 0) + 1;
  }
  return lost;
}

/** How a shop is, over its own health: green where it was looked at, and links and figures are as they should be. */
export function howItIs({ overview, linked, expected, differing, counted }: ShopRow, format: FormatContext) {
  const line = shopLine(overview, format);
  // Nothing is called well before it was looked at.
  if (overview.health !== 'good' || lostLately(overview) > 0 || isHalfRead(overview) || !counted)
    return { sign: line.sign, tone: line.tone };
  const lacks = expected !== undefined && (linked < expected || differing > 0);
  return lacks ? { sign: '◐', tone: 'waiting' as const } : { sign: '✓', tone: 'good' as const };
}
