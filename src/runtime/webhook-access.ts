import { randomBytes } from 'node:crypto';
import { type ConnectorFactoryOptions, fillsAForm, webhookSecretName } from '../connectors/connector-factory.ts';
import { normaliseUrl } from '../connectors/urls.ts';
import type { Shop } from '../domain/shop.ts';
import type { Clock } from '../ports/clock.ts';
import type { PlatformRegistry, Secrets } from '../ports/platform.ts';
import type { WebhookAccess } from '../ports/webhooks.ts';

export type WebhookAccessOptions = {
  readonly drivers: PlatformRegistry;
  readonly credentialsFor: ConnectorFactoryOptions['credentialsFor'];
  readonly save: (shop: Shop, secrets: Secrets) => Promise<void>;
  readonly keepingFor?: ConnectorFactoryOptions['keepingFor'];
  readonly clock: Clock;
};

/** The way to the webhooks of every platform that has them. */
export function makeWebhookAccess({
  drivers,
  credentialsFor,
  save,
  keepingFor,
  clock,
}: WebhookAccessOptions): WebhookAccess {
  const driver: WebhookAccess['driver'] = (shop) => drivers.get(shop.platform)?.webhooks;
  const secret: WebhookAccess['secret'] = (shop) => {
    const name = driver(shop)?.signedWith ?? webhookSecretName;
    return credentialsFor(shop, [name])?.[name];
  };
  return {
    ownAddress: (typed) => normaliseUrl(typed, /^$/),
    driver,
    secret,
    secretFor: async (shop) => {
      const kept = secret(shop);
      if (kept !== undefined) return kept;
      const made = randomBytes(32).toString('hex');
      await save(shop, { ...credentialsFor(shop, []), [webhookSecretName]: made });
      return made;
    },
    connect: (shop) => {
      const platform = drivers.get(shop.platform);
      const names = platform?.credentials.flatMap((form) => form.fields.map((field) => field.name)) ?? [];
      const secrets = platform && credentialsFor(shop, names, fillsAForm(platform));
      if (platform === undefined || secrets === undefined) return undefined;
      const keeping = keepingFor?.(shop, names, fillsAForm(platform));
      return platform.webhooks?.connect({
        shop,
        secrets,
        keeping,
        options: platform.options.parse(shop.options),
        clock,
      });
    },
  };
}
