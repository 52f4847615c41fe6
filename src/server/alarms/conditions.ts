import type { Condition } from '../../domain/alarms/alarm.ts';
import { type Instant, later, millisecondsOf, type ShopId } from '../../domain/ids.ts';
import type { RemovalReason } from '../../domain/integration.ts';
import { type FoundPattern, removalPatterns } from '../../domain/patterns/find-patterns.ts';
import type { RunCounts } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { WebhookAccess } from '../../ports/webhooks.ts';
import type { Services } from '../../services/services.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { ServeSettings } from '../serve-settings.ts';
import { heldRows } from '../unattended-push.ts';
import type { KeptAlarms } from './memory.ts';
import { heldRemovals, lostConnection } from './shop-conditions.ts';

export type ConditionParts = {
  /** Services that only look. */
  readonly services: Services;
  readonly store: StoreReader;
  readonly webhooks: WebhookAccess;
  readonly settings: ServeSettings;
};

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const historyLimit = 5000;
/** Figures of a whole shop are worked out no more often. */
const figuresEveryMs = 15 * 60_000;

/** What is so now, and since when figures of shops differ. */
export type Found = { readonly conditions: readonly Condition[]; readonly differing: KeptAlarms['differing'] };

/** Finds what may need a person. Figures are looked at every quarter of an hour, the rest each time. */
export function makeConditions(parts: ConditionParts) {
  const { services, settings } = parts;
  const figures = new Map<ShopId, { readonly at: Instant; readonly send: number; readonly held: number }>();

  const figuresOf = async (shopId: ShopId, now: Instant) => {
    const known = figures.get(shopId);
    if (known !== undefined && later(known.at, figuresEveryMs) > now) return known;
    const { rows } = await services.push.plan({ shopIds: [shopId] });
    const passes = settings.push[shopId];
    const held = passes === undefined ? 0 : heldRows(rows, passes).length;
    const found = { at: now, send: rows.filter(({ kind }) => kind === 'send').length - held, held };
    figures.set(shopId, found);
    return found;
  };

  const ofFigures = async (shopId: ShopId, since: Instant | undefined, now: Instant): Promise<ShopFigures> => {
    const { send, held } = await figuresOf(shopId, now);
    const differs = send > 0 ? (since ?? now) : undefined;
    const isOld = differs !== undefined && later(differs, settings.alarms.differenceHours * hourMs) <= now;
    const conditions: readonly Condition[] = [
      ...(isOld
        ? [{ key: `stock-differs ${shopId}`, kind: 'stock-differs', shopId, since: differs, count: send } as const]
        : []),
      ...(held > 0
        ? [{ key: `pushes-held ${shopId}`, kind: 'pushes-held', shopId, since: now, count: held } as const]
        : []),
    ];
    return { conditions, differs };
  };

  return async (kept: KeptAlarms, signal: AbortSignal): Promise<Found> => {
    const now = services.now();
    const differing: Record<string, Instant> = {};
    const found: Condition[] = [...(await lostLinks(parts, kept, now)), ...oldWarehouse(services, settings, now)];
    for (const overview of await services.shops.list()) {
      if (signal.aborted) break;
      const { shop, counts, can } = overview;
      if (shop.paused || can === undefined) continue;
      if (counts.conflicts > 0) {
        const key = `conflicts ${shop.id}`;
        found.push({ key, kind: 'conflicts', shopId: shop.id, since: now, count: counts.conflicts });
      }
      found.push(...heldRemovals(overview, now), ...lostConnection(overview, settings, now));
      found.push(...(await silentWebhook(parts, overview, { kept, now })));
      const figures = await ofFigures(shop.id, kept.differing[shop.id], now);
      found.push(...figures.conditions);
      if (figures.differs !== undefined) differing[shop.id] = figures.differs;
    }
    return { conditions: found, differing };
  };
}

type ShopFigures = { readonly conditions: readonly Condition[]; readonly differs?: Instant };

/** The warehouse lets nobody in, or its figures are so old that no shop is told them. */
function oldWarehouse(services: Services, { alarms }: ServeSettings, now: Instant): readonly Condition[] {
  const overview = services.warehouse.show();
  if (overview?.settings === undefined) return [];
  const { readAt, failedAt, failure } = overview.state;
  const since = readAt ?? overview.settings.addedAt;
  const isLong = later(since, alarms.connectionMinutes * 60_000) <= now;
  return isLong && (failedAt !== undefined || overview.tooOld)
    ? [{ key: 'warehouse-old', kind: 'warehouse-old', since, said: failure }]
    : [];
}

type Heard = { readonly kept: KeptAlarms; readonly now: Instant };

/** A round that finds what a webhook told of moments before is no sign of silence. */
const oneAlarmWithinMs = 10 * 60_000;
const runsLooked = 1000;

/**
 * A shop is silent where it was heard before, or was told a secret of ours, which nobody does for nothing; and where
 * rounds since then found changes of which it told nothing. A shop in which nothing happens has nothing to tell.
 */
async function silentWebhook(
  parts: ConditionParts,
  { shop }: ShopOverview,
  { kept, now }: Heard,
): Promise<readonly Condition[]> {
  const driver = parts.webhooks.driver(shop);
  const ours = driver !== undefined && driver.signedWith === undefined && parts.webhooks.secret(shop) !== undefined;
  const since = kept.heard[shop.id] ?? (ours ? kept.since : undefined);
  if (driver === undefined || since === undefined) return [];
  if (later(since, parts.settings.alarms.silentHours * hourMs) > now) return [];
  const runs = await parts.store.history({
    shopId: shop.id,
    types: ['run-finished'],
    since: later(since, oneAlarmWithinMs),
    limit: runsLooked,
  });
  if (!runs.some((event) => event.type === 'run-finished' && foundNews(event.run.counts))) return [];
  return [{ key: `webhook-silent ${shop.id}`, kind: 'webhook-silent', shopId: shop.id, since, why: driver.silence }];
}

const foundNews = ({ updated, linked, unlinked, productsCreated }: RunCounts): boolean =>
  updated + linked + unlinked + productsCreated > 0;

/** Links that the program took away together and that are still missing; those that were told of stay until they are back. */
async function lostLinks(
  { store, settings }: ConditionParts,
  kept: KeptAlarms,
  now: Instant,
): Promise<readonly Condition[]> {
  const raised = kept.alarms.flatMap(({ condition }) => (condition.kind === 'links-lost' ? [condition] : []));
  const from = [later(now, -dayMs), ...raised.map(({ since }) => since)].toSorted()[0] ?? now;
  const events = await store.history({ types: ['integration-removed'], since: from, limit: historyLimit });
  const products = events.flatMap((event) =>
    event.type === 'integration-removed' && event.by.kind === 'program' ? [event.integration.productId] : [],
  );
  const distinct = [...new Set(products)];
  const linked = new Set(
    (await store.integrationsOf(distinct)).map(({ productId, ref }) => `${productId} ${ref.shopId}`),
  );
  const standing = (await store.tombstonesOf(distinct)).filter(
    ({ integration, at, by }) =>
      by.kind === 'program' && at >= from && !linked.has(`${integration.productId} ${integration.ref.shopId}`),
  );
  const still = raised.flatMap((condition): readonly Condition[] => {
    const { shopId, pattern } = condition;
    const left = standing.filter((one) => belongs(one, shopId, pattern));
    return left.length === 0 ? [] : [{ ...condition, pattern: { ...pattern, count: left.length } }];
  });
  const fresh = removalPatterns(
    standing.filter((one) => !raised.some(({ shopId, pattern }) => belongs(one, shopId, pattern))),
  ).filter(({ count }) => count >= settings.alarms.linksLost);
  return [
    ...still,
    ...fresh.map((pattern): Condition => {
      const since = pattern.from ?? now;
      const key = `links-lost ${pattern.shopId} ${pattern.because} ${since}`;
      // Which products they are is shown by the repair: the memory stays small.
      return { key, kind: 'links-lost', shopId: pattern.shopId, since, pattern: { ...pattern, productIds: [] } };
    }),
  ];
}

type Removed = {
  readonly integration: { readonly ref: { readonly shopId: ShopId } };
  readonly at: Instant;
  readonly because: RemovalReason;
};

/** What goes on being lost for the same reason within ten minutes is the same going. */
const belongs = ({ integration, at, because }: Removed, shopId: ShopId, pattern: FoundPattern): boolean =>
  integration.ref.shopId === shopId &&
  because === pattern.because &&
  pattern.from !== undefined &&
  pattern.to !== undefined &&
  at >= pattern.from &&
  millisecondsOf(at) <= millisecondsOf(pattern.to) + 10 * 60_000;
