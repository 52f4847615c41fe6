import type { ShopId } from '../domain/ids.ts';
import type { Leases } from '../ports/store.ts';
import type { Services } from '../services/services.ts';
import type { Metrics } from './http/metrics.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { ServerLog } from './server-log.ts';
import { pushUnattended } from './unattended-push.ts';

export type StockSenderOptions = {
  readonly services: Pick<Services, 'push' | 'shops'>;
  /** Services that only look. */
  readonly looking: Pick<Services, 'push'>;
  readonly leases: Leases;
  readonly push: ServeSettings['push'];
  readonly metrics: Pick<Metrics, 'pushed'>;
  readonly log: ServerLog;
};

/** Tells shops their figures unattended, where that is switched on. */
export type StockSender = {
  sendTo(shopId: ShopId, signal: AbortSignal): Promise<void>;
  /** All shops that were well when they were last read: the warehouse has new figures. */
  sendToAll(signal: AbortSignal): Promise<void>;
};

export function makeStockSender({ services, looking, leases, push, metrics, log }: StockSenderOptions): StockSender {
  const sendTo = async (shopId: ShopId, signal: AbortSignal): Promise<void> => {
    const passes = push[shopId];
    if (passes === undefined) return;
    // A plan sees what was sent before it; two at a time would not see one another.
    const lease = await leases.take(`figures-${shopId}`, 'sending stock');
    if (!lease.held) return;
    const either = AbortSignal.any([signal, lease.lost]);
    const parts = { preview: looking.push, push: services.push, shopId, passes };
    const sent = await pushUnattended(parts, either).finally(() => lease.release());
    if (sent === undefined) return;
    metrics.pushed(shopId, 'sent', sent.sent);
    metrics.pushed(shopId, 'refused', sent.refused);
    log.info('figures sent', { shop: shopId, plan: sent.planId, sent: sent.sent, refused: sent.refused });
  };
  return {
    sendTo,
    sendToAll: async (signal) => {
      for (const { shop, health } of await services.shops.list()) {
        if (health === 'good' && !signal.aborted) await sendTo(shop.id, signal);
      }
    },
  };
}
