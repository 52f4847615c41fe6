import type { ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { WebhookDriver, WebhookSubscriptions } from '../../ports/platform.ts';
import type { WebhookAccess } from '../../ports/webhooks.ts';
import { addressRefusal } from '../dependencies/address-refusal.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { WebhookList, WebhookService } from './webhook-service.ts';

type Connected = {
  readonly shop: Shop;
  readonly driver: WebhookDriver;
  readonly hooks: WebhookSubscriptions;
};

/** Looks after subscriptions. The secret is made and kept before the shop is told it. */
export function makeWebhookService(deps: ServiceDependencies, access: WebhookAccess): WebhookService {
  const connected = async (id: ShopId): Promise<Connected> => {
    const shop = (await deps.store.shops()).find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    const driver = access.driver(shop);
    if (driver === undefined) throw new Refusal('no-webhooks', { shop: id });
    const hooks = access.connect(shop);
    if (hooks === undefined) {
      throw new Refusal('no-credentials', { shop: id, names: deps.connectors.credentialNames(shop).join(', ') });
    }
    return { shop, driver, hooks };
  };

  const listed = async ({ shop, driver, hooks }: Connected, signal: AbortSignal): Promise<WebhookList> => ({
    subscriptions: await hooks.list(signal),
    silence: driver.silence,
    hasSecret: access.secret(shop) !== undefined,
  });

  return {
    ownAddress: (typed) => {
      const own = access.ownAddress(typed);
      if ('problem' in own) throw addressRefusal(typed, own);
      return own.url;
    },
    list: async (id, signal) => listed(await connected(id), signal),
    subscribe: async (id, url, signal) => {
      assertCanWrite(deps);
      const one = await connected(id);
      const { signedWith } = one.driver;
      // A secret of the platform's making cannot be made here.
      if (signedWith !== undefined && access.secret(one.shop) === undefined) {
        throw new Refusal('no-credentials', { shop: id, names: signedWith });
      }
      await one.hooks.subscribe(url, await access.secretFor(one.shop), signal);
      return listed(one, signal);
    },
    unsubscribe: async (id, hookId, signal) => {
      assertCanWrite(deps);
      const one = await connected(id);
      await one.hooks.unsubscribe(hookId, signal);
      return listed(one, signal);
    },
  };
}
