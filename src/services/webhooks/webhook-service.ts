import type { ShopId } from '../../domain/ids.ts';
import type { Localised, Subscription } from '../../ports/platform.ts';

/** What a shop tells by itself, and why it may fall silent. */
export type WebhookList = {
  readonly subscriptions: readonly Subscription[];
  readonly silence: Localised;
  /** Whether there is a secret to check deliveries with. */
  readonly hasSecret: boolean;
};

/** Subscriptions to what shops tell by themselves. Rejects with a `ShopError`, or a `Refusal` (`no-webhooks`, `no-credentials`). */
export type WebhookService = {
  /** An address of ours as it can be given to others: encrypted, without a key, and what it looks like. Throws a `Refusal`. */
  ownAddress(typed: string): string;
  list(shopId: ShopId, signal: AbortSignal): Promise<WebhookList>;
  /** Subscribes this address to all that leads to a product; answers what stands afterwards. */
  subscribe(shopId: ShopId, url: URL, signal: AbortSignal): Promise<WebhookList>;
  /** Takes one subscription away. */
  unsubscribe(shopId: ShopId, id: string, signal: AbortSignal): Promise<WebhookList>;
};
