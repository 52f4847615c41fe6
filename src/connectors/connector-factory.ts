import type { Instant, PlatformId, ShopId } from '../domain/ids.ts';
import type { Shop } from '../domain/shop.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  CredentialForm,
  Detection,
  PlatformDriver,
  PlatformRegistry,
  SecretKeeping,
  Secrets,
} from '../ports/platform.ts';
import type { ShopConnector } from '../ports/shop-connector.ts';
import { cleanSecret } from './clean.ts';
import { detectPlatforms } from './detect.ts';
import { type Limiter, makeLimiter } from './limiter.ts';
import { type RetryOptions, withRetry } from './retry.ts';
import { redactor } from './secrets/redact.ts';
import { splitSecrets } from './secrets/split-secrets.ts';
import { withoutSecrets } from './secrets/without-secrets.ts';

/** Told until when a shop is waited for because it asked us to, and `undefined` when that is over. */
export type WaitingListener = (shop: Shop, until: Instant | undefined) => void;

/** Looks for a shop's secrets of these names; what the environment has of them counts where it is a whole key. */
export type FindSecrets<Found, Of = Shop> = (
  shop: Of,
  names: readonly string[],
  isWhole?: (secrets: Secrets) => boolean,
) => Found | undefined;

export type ConnectorFactoryOptions = {
  readonly drivers: PlatformRegistry;
  /** What is kept for a shop, by secret name; nothing where nothing is kept. */
  readonly credentialsFor: FindSecrets<Secrets>;
  readonly save: (shop: Shop, secrets: Secrets) => Promise<void>;
  /** Takes away what is kept for a shop. */
  readonly forget?: (shop: Shop) => Promise<void>;
  /** Where a shop's secrets can be replaced; nothing where they come from the environment. */
  readonly keepingFor?: FindSecrets<SecretKeeping>;
  /** Environment variables that something other than a shop is read from: the mail, the warehouse. */
  readonly reservedVariables?: () => readonly string[];
  readonly clock: Clock;
  readonly onWaiting?: WaitingListener;
  readonly chance?: () => number;
  /** Milliseconds that each kind of call may take in all; the usual ones when left out. */
  readonly budgets?: RetryOptions['budgets'];
};

/** The name under which the secret of a shop's webhooks is kept, where it is of our own making. */
export const webhookSecretName = 'webhook_secret';

/** The environment variable that holds one secret of a shop. */
export const credentialVariable = (shopId: string, secretName: string): string =>
  `BINDELED_${shopId}_${secretName}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');

/**
 * The way to the shops: the services' `ConnectorFactory`. It keeps one connector a shop, so that retries and limits
 * hold over all calls, and makes a new one as soon as the shop or its credentials change.
 */
export function makeConnectorFactory(options: ConnectorFactoryOptions) {
  const limiters = new Map<string, Limiter>();
  const cache = new Map<string, { readonly cacheKey: string; readonly connector: ShopConnector }>();

  const limiterOf = (shop: Shop): Limiter => {
    const host = URL.canParse(shop.url) ? new URL(shop.url).host : shop.url;
    const limiter = limiters.get(host) ?? makeLimiter(options.clock);
    limiters.set(host, limiter);
    return limiter;
  };
  // The form that is filled in whole counts; of several, the first.
  const secretsOf = (shop: Shop, driver: PlatformDriver, given?: Secrets): Secrets | undefined => {
    const isWhole = fillsAForm(driver);
    const secrets = cleanSecrets(given ?? options.credentialsFor(shop, secretNames(driver), isWhole));
    return secrets !== undefined && isWhole(secrets) ? secrets : undefined;
  };
  /** Every variable in which a secret of a shop with this id could be looked for, on whatever platform. */
  const variablesOf = (id: ShopId): readonly string[] =>
    [...options.drivers.all().flatMap(secretNames), webhookSecretName].map((name) => credentialVariable(id, name));
  const typed = replacedSecrets();
  type Line = { readonly secrets: Secrets; readonly keeping: SecretKeeping | undefined };
  const make = (shop: Shop, driver: PlatformDriver, { secrets, keeping }: Line): ShopConnector => {
    const hookSecret = options.credentialsFor(shop, [webhookSecretName])?.[webhookSecretName] ?? '';
    const known = splitSecrets(driver.credentials, { [webhookSecretName]: hookSecret, ...secrets });
    return withRetry(
      driver.connect({ shop, secrets, keeping, options: driver.options.parse(shop.options), clock: options.clock }),
      {
        shopId: shop.id,
        clock: options.clock,
        limiter: limiterOf(shop),
        onWaiting: (until) => options.onWaiting?.(shop, until),
        chance: options.chance,
        budgets: options.budgets,
        redact: redactor([hookSecret, ...Object.values(secrets)]),
        withoutSecrets: withoutSecrets(known.secrets, known.names),
      },
    );
  };

  return {
    connect: (shop: Shop, given?: Secrets): ShopConnector | undefined => {
      const driver = options.drivers.get(shop.platform);
      const secrets = driver && secretsOf(shop, driver, given && typed.newest(given));
      if (driver === undefined || secrets === undefined) return undefined;
      const cacheKey = JSON.stringify([shop, secrets]);
      const cached = cache.get(shop.id);
      if (cached?.cacheKey === cacheKey) return cached.connector;
      const keeping =
        given === undefined
          ? options.keepingFor?.(shop, secretNames(driver), fillsAForm(driver))
          : typed.keepingOf(given);
      const connector = make(shop, driver, { secrets, keeping });
      if (given === undefined) cache.set(shop.id, { cacheKey, connector });
      return connector;
    },
    driver: (platform: PlatformId): PlatformDriver | undefined => options.drivers.get(platform),
    drivers: (): readonly PlatformDriver[] => options.drivers.all(),
    hasCredentials: (shop: Shop): boolean => {
      const driver = options.drivers.get(shop.platform);
      return driver !== undefined && secretsOf(shop, driver) !== undefined;
    },
    credentialNames: (shop: Shop): readonly string[] => {
      const driver = options.drivers.get(shop.platform);
      const isLasting = (name: string): boolean =>
        driver?.credentials.some((form) =>
          form.fields.some((field) => field.name === name && field.replaced !== true),
        ) === true;
      const names = driver === undefined ? [] : secretNames(driver).filter(isLasting);
      return names.map((name) => credentialVariable(shop.id, name));
    },
    // Two ids that differ in a dash or a dot name the same variables: one shop's key would go to the other's address.
    sharesVariables: (one: ShopId, other: ShopId): boolean => {
      const others = new Set(variablesOf(other));
      return variablesOf(one).some((name) => others.has(name));
    },
    reservedVariable: (id: ShopId): string | undefined => {
      const reserved = options.reservedVariables?.();
      return variablesOf(id).find((name) => reserved?.includes(name));
    },
    detect: (typed: string, signal: AbortSignal): Promise<readonly Detection[]> =>
      detectPlatforms(options.drivers.all(), typed, { signal, withinMs: options.budgets?.interactive }),
    saveCredentials: (shop: Shop, secrets: Secrets): Promise<void> => options.save(shop, typed.newest(secrets)),
    forgetCredentials: async (shop: Shop): Promise<void> => options.forget?.(shop),
  };
}

/**
 * Secrets that were typed and not kept yet, with what a shop put in their place when they were tried: what was typed is
 * worth nothing any more then.
 */
function replacedSecrets(): {
  readonly newest: (typed: Secrets) => Secrets;
  readonly keepingOf: (typed: Secrets) => SecretKeeping;
} {
  const replaced = new Map<string, Secrets>();
  const newest = (typed: Secrets): Secrets => replaced.get(JSON.stringify(typed)) ?? typed;
  return {
    newest,
    keepingOf: (typed) => ({
      renew: async (next) => {
        const renewed = await next(newest(typed));
        replaced.set(JSON.stringify(typed), renewed);
        return renewed;
      },
    }),
  };
}

const secretNames = (driver: PlatformDriver): readonly string[] => [
  ...new Set(driver.credentials.flatMap((form) => form.fields.map((field) => field.name))),
];

/** However they came: typed, pasted, from the environment or a file. */
export const cleanSecrets = (secrets: Secrets | undefined): Secrets | undefined =>
  secrets && Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, cleanSecret(value)]));

/** Whether secrets fill a form of a platform in whole: all that it takes to be let in. */
export const fillsAForm =
  (driver: PlatformDriver) =>
  (secrets: Secrets): boolean =>
    driver.credentials.some((form) => isFilled(form, secrets));

const isFilled = (form: CredentialForm, secrets: Secrets): boolean =>
  form.fields.every((field) => (secrets[field.name] ?? '') !== '');
