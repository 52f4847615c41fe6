import { cleanSecrets, credentialVariable } from '../connectors/connector-factory.ts';
import { redactor } from '../connectors/secrets/redact.ts';
import { splitSecrets } from '../connectors/secrets/split-secrets.ts';
import { withoutSecrets } from '../connectors/secrets/without-secrets.ts';
import type { Actor } from '../domain/actor.ts';
import type { Instant } from '../domain/ids.ts';
import type { WarehouseId, WarehouseSettings } from '../domain/warehouse/warehouse.ts';
import type { Clock } from '../ports/clock.ts';
import type { Secrets } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import type { Warehouse, WarehouseDriver, WarehouseKeeper, WarehouseRegistry } from '../ports/warehouse.ts';
import { withWarehouseRetry } from './with-retry.ts';

export type WarehouseFactoryOptions = {
  readonly drivers: WarehouseRegistry;
  readonly keeper: WarehouseKeeper;
  readonly credentialsFor: (names: readonly string[]) => Secrets | undefined;
  readonly saveCredentials: (secrets: Secrets) => Promise<void>;
  /** A new secret, not to be guessed. */
  readonly newSecret: () => string;
  readonly clock: Clock;
  readonly chance?: () => number;
};

/** The name under which the secret of what a warehouse tells by itself is kept. */
const hookSecretName = 'webhook_secret';

const secretNames = (driver: WarehouseDriver | undefined): readonly string[] => [
  ...new Set((driver?.credentials ?? []).flatMap((form) => form.fields.map((field) => field.name))),
];

const variableOf = (name: string): string => credentialVariable('warehouse', name);

/** Every environment variable in which a secret of some warehouse system is looked for. */
export const warehouseVariables = (drivers: WarehouseRegistry): readonly string[] =>
  [...drivers.all().flatMap(secretNames), hookSecretName].map(variableOf);

/** The way to the warehouse: keeps one connection, so that its limits hold over all calls, until something changes. */
export function makeWarehouseFactory(options: WarehouseFactoryOptions) {
  const { drivers, keeper, clock } = options;
  let cached: { readonly cacheKey: string; readonly warehouse: Warehouse } | undefined;

  // The form that is filled in whole counts; a system without one lets everybody in.
  const secretsOf = (driver: WarehouseDriver, given?: Secrets): Secrets | undefined => {
    if (driver.credentials.length === 0) return {};
    const secrets = cleanSecrets(given ?? options.credentialsFor(secretNames(driver)));
    const isFilled = driver.credentials.some((form) => form.fields.every(({ name }) => (secrets?.[name] ?? '') !== ''));
    return isFilled ? secrets : undefined;
  };

  const hookSecret = (): string | undefined => options.credentialsFor([hookSecretName])?.[hookSecretName];

  const listeners = new Set<(until: Instant | undefined) => void>();
  const tellWaiting = (until: Instant | undefined): void => {
    for (const listener of listeners) listener(until);
  };

  return {
    watchWaiting: (listener: (until: Instant | undefined) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    drivers: () => drivers.all(),
    driver: (id: WarehouseId) => drivers.get(id),
    ...keeper,
    hasCredentials: (settings: Pick<WarehouseSettings, 'kind'>): boolean => {
      const driver = drivers.get(settings.kind);
      return driver !== undefined && secretsOf(driver) !== undefined;
    },
    credentialNames: (id: WarehouseId): readonly string[] => secretNames(drivers.get(id)).map(variableOf),
    // A new key leaves the secret of what the warehouse tells by itself as it is.
    saveCredentials: (secrets: Secrets): Promise<void> => {
      const kept = hookSecret();
      return options.saveCredentials(kept === undefined ? secrets : { [hookSecretName]: kept, ...secrets });
    },
    hookSecret,
    makeHookSecret: async (): Promise<string> => {
      const made = options.newSecret();
      await options.saveCredentials({ ...options.credentialsFor([]), [hookSecretName]: made });
      return made;
    },
    connect: (
      settings: WarehouseSettings,
      world: { readonly store: Store; readonly actor: Actor },
      given?: Secrets,
    ): Warehouse | undefined => {
      const driver = drivers.get(settings.kind);
      const secrets = driver && secretsOf(driver, given);
      if (driver === undefined || secrets === undefined) return undefined;
      const cacheKey = JSON.stringify([settings, secrets, world.actor]);
      if (cached?.cacheKey === cacheKey) return cached.warehouse;
      const all = { [hookSecretName]: hookSecret() ?? '', ...secrets };
      const parsed = driver.options.parse(settings.options);
      const made = driver.connect({ ...world, address: settings.address, secrets, options: parsed, clock });
      const known = splitSecrets(driver.credentials, all);
      const warehouse = withWarehouseRetry(made, {
        clock,
        chance: options.chance,
        onWaiting: tellWaiting,
        known: async () => (await world.store.counts()).products,
        redact: redactor(Object.values(all)),
        withoutSecrets: withoutSecrets(known.secrets, known.names),
      });
      if (given === undefined) cached = { cacheKey, warehouse };
      return warehouse;
    },
  };
}
