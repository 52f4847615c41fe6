import type { Condition } from '../../domain/alarms/alarm.ts';
import { type Instant, later, millisecondsOf, type ShopId } from '../../domain/ids.ts';
import type { RemovalReason } from '../../domain/integration.ts';
import { type FoundPattern, removalPatterns } from '../../domain/patterns/find-patterns.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { WebhookAccess } from '../../ports/webhooks.ts';
import type { Services } from '../../services/services.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { ServeSettings } from '../serve-settings.ts';
import { heldRows } from '../unattended-push.ts';
import type { KeptAlarms } from './memory.ts';

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

/** Finds what may need a person. Figures are looked at every quarter of an hour, the rest each time. */
export function makeConditions(parts: ConditionParts) {
  const { services, settings } = parts;
  const figures = new Map<ShopId, { readonly at: Instant; readonly send: number; readonly held: number }>();
  const differsSince = new Map<ShopId, Instant>();

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

  const ofFigures = async (shopId: ShopId, kept: KeptAlarms, now: Instant): Promise<readonly Condition[]> => {
    const { send, held } = await figuresOf(shopId, now);
    const told = kept.alarms.find(({ condition }) => condition.key === `stock-differs ${shopId}`)?.condition.since;
    const since = differsSince.get(shopId) ?? told ?? now;
    if (send === 0) differsSince.delete(shopId);
    else differsSince.set(shopId, since);
    const isOld = send > 0 && later(since, settings.alarms.differenceHours * hourMs) <= now;
    return [
      ...(isOld
        ? [{ key: `stock-differs ${shopId}`, kind: 'stock-differs', shopId, since, count: send } as const]
        : []),
      ...(held > 0
        ? [{ key: `pushes-held ${shopId}`, kind: 'pushes-held', shopId, since: now, count: held } as const]
        : []),
    ];
  };

  return async (kept: KeptAlarms, signal: AbortSignal): Promise<readonly Condition[]> => {
    const now = services.now();
    const found: Condition[] = [...(await lostLinks(parts, kept, now))];
    for (const overview of await services.shops.list()) {
      if (signal.aborted) return found;
      const { shop, counts, can } = overview;
      if (shop.paused || can === undefined) continue;
      if (counts.conflicts > 0) {
        const key = `conflicts ${shop.id}`;
        found.push({ key, kind: 'conflicts', shopId: shop.id, since: now, count: counts.conflicts });
      }
      found.push(...lostConnection(overview, settings, now), ...silentWebhook(parts, overview, { kept, now }));
      found.push(...(await ofFigures(shop.id, kept, now)));
    }
    return found;
  };
}

function lostConnection(
  { shop, state, health }: ShopOverview,
  { alarms }: ServeSettings,
  now: Instant,
): readonly Condition[] {
  const trouble = state?.lastTrouble;
  if (health === 'no-credentials') {
    return [{ key: `connection-lost ${shop.id}`, kind: 'connection-lost', shopId: shop.id, since: now, said: health }];
  }
  if (trouble === undefined || trouble.sending === true) return [];
  const since = state?.lastAnswerAt ?? shop.addedAt;
  if (later(since, alarms.connectionMinutes * 60_000) > now) return [];
  const said = `${trouble.kind}: ${trouble.said}`;
  return [{ key: `connection-lost ${shop.id}`, kind: 'connection-lost', shopId: shop.id, since, said }];
}

type Heard = { readonly kept: KeptAlarms; readonly now: Instant };

/** A shop is silent where it was heard before, or where it was told a secret of ours, which nobody does for nothing. */
function silentWebhook(parts: ConditionParts, { shop }: ShopOverview, { kept, now }: Heard): readonly Condition[] {
  const driver = parts.webhooks.driver(shop);
  const ours = driver !== undefined && driver.signedWith === undefined && parts.webhooks.secret(shop) !== undefined;
  const since = kept.heard[shop.id] ?? (ours ? kept.since : undefined);
  if (driver === undefined || since === undefined) return [];
  if (later(since, parts.settings.alarms.silentHours * hourMs) > now) return [];
  return [{ key: `webhook-silent ${shop.id}`, kind: 'webhook-silent', shopId: shop.id, since, why: driver.silence }];
}

/** Links that the program took away together and that are still missing; those that were told of stay until they are back. */
async function lostLinks(
  { store, settings }: ConditionParts,
  kept: KeptAlarms,
  now: Instant,
): Promise<readonly Condition[]> {
  const told = kept.alarms.flatMap(({ condition }) => (condition.kind === 'links-lost' ? [condition] : []));
  const from = [later(now, -dayMs), ...told.map(({ since }) => since)].toSorted()[0] ?? now;
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
  const still = told.flatMap((condition): readonly Condition[] => {
    const { shopId, pattern } = condition;
    const left = standing.filter((one) => belongs(one, shopId, pattern));
    return left.length === 0 ? [] : [{ ...condition, pattern: { ...pattern, count: left.length } }];
  });
  const fresh = removalPatterns(
    standing.filter((one) => !told.some(({ shopId, pattern }) => belongs(one, shopId, pattern))),
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
