import type { Condition } from '../../domain/alarms/alarm.ts';
import { type Instant, later } from '../../domain/ids.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { ServeSettings } from '../serve-settings.ts';

/** Links that a shop's word would take along, and that nobody has said yes to. */
export function heldRemovals({ shop, state }: ShopOverview, now: Instant): readonly Condition[] {
  const asked = state?.run?.outcome === 'stopped-by-guard' ? (state.run.heldRemovals ?? 0) : 0;
  const count = Math.max(asked, state?.heldSignals?.products.length ?? 0);
  const key = `removals-held ${shop.id}`;
  return count === 0 ? [] : [{ key, kind: 'removals-held', shopId: shop.id, since: now, count }];
}

/** A shop that has not answered for long, or lets nobody in. */
export function lostConnection(
  { shop, state, health }: ShopOverview,
  { alarms }: ServeSettings,
  now: Instant,
): readonly Condition[] {
  const trouble = state?.lastTrouble;
  const since = state?.lastAnswerAt ?? shop.addedAt;
  if (health === 'no-credentials') {
    return [{ key: `connection-lost ${shop.id}`, kind: 'connection-lost', shopId: shop.id, since, said: health }];
  }
  if (trouble === undefined || trouble.sending === true) return [];
  if (later(since, alarms.connectionMinutes * 60_000) > now) return [];
  const { kind, said, saidBy, reason } = trouble;
  const kept = { kind, said, saidBy, reason };
  return [{ key: `connection-lost ${shop.id}`, kind: 'connection-lost', shopId: shop.id, since, said, trouble: kept }];
}
