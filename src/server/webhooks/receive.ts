import type { Instant, ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { RawRequest } from '../../ports/platform.ts';
import type { WebhookAccess } from '../../ports/webhooks.ts';
import type { Deliveries } from './deliveries.ts';
import type { Intake } from './intake.ts';

/** What became of a delivery; each is counted. */
export type Reception = 'taken' | 'duplicate' | 'empty' | 'paused' | 'bad-signature' | 'unknown-shop';

export type ReceiverParts = {
  readonly access: WebhookAccess;
  readonly shops: () => Promise<readonly Shop[]>;
  readonly deliveries: Deliveries;
  readonly intake: Pick<Intake, 'take'>;
  readonly now: () => Instant;
  /** A right signature was seen: the shop is not silent. */
  readonly heard: (shopId: ShopId, at: Instant) => void;
};

/**
 * Looks at a delivery and hands on what it tells. Asks nobody; answers once it is written down what is to be asked.
 * A shop that we do not know, or that has no secret, is no more than a wrong address.
 */
export async function receive(parts: ReceiverParts, shopId: string, request: RawRequest): Promise<Reception> {
  const shop = (await parts.shops()).find(({ id }) => id === shopId);
  const driver = shop && parts.access.driver(shop);
  const secret = shop && driver && parts.access.secret(shop);
  if (shop === undefined || driver === undefined || secret === undefined) return 'unknown-shop';
  if (!driver.verify(request, secret)) return 'bad-signature';
  if (shop.paused) return 'paused';
  const signals = driver.signals(request);
  if (signals.length === 0) return 'empty';
  parts.heard(shop.id, parts.now());
  const ids = new Set(signals.flatMap(({ deliveryId }) => deliveryId ?? []));
  // Every number is noted, also where the first is new already.
  const fresh = [...ids].filter((id) => parts.deliveries.isNew(shop.id, id));
  if (ids.size > 0 && fresh.length === 0) return 'duplicate';
  await parts.intake.take(shop.id, signals);
  return 'taken';
}

/** The status that a shop is answered with. A paused shop's deliveries are well received, or the shop would give up. */
export const statusOf: Readonly<Record<Reception, number>> = {
  taken: 202,
  duplicate: 200,
  empty: 200,
  paused: 200,
  'bad-signature': 401,
  'unknown-shop': 404,
};
