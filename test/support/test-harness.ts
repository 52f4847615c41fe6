import type { Shop } from '../../src/domain/shop.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  type ConnectorFactory,
  defaultTuning,
  type ServiceDependencies,
} from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import type { Services } from '../../src/services/services.ts';
import { memoryLeases, memoryStore } from '../../src/stores/memory-store.ts';
import { mette } from './builders.ts';
import { type Catalogue, catalogueConnector, catalogueDriver } from './catalogue-connector.ts';
import { type ManualClock, makeClock } from './clock.ts';

/** Everything the services need: shops that are catalogues, a store in memory, a clock moved by hand, and the real services. */
export type TestHarness = {
  readonly harness: ServiceDependencies;
  readonly services: Services;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly catalogues: readonly Catalogue[];
  catalogue(shopId: string): Catalogue;
};

const connectorsFor = (catalogues: readonly Catalogue[], clock: ManualClock): ConnectorFactory => ({
  connect: (shop) => {
    const catalogue = catalogues.find(({ shopId }) => shopId === shop.id);
    return catalogue && catalogueConnector(catalogue, clock);
  },
  driver: (platform) => (platform === catalogueDriver.id || platform === 'shopify' ? catalogueDriver : undefined),
  drivers: () => [catalogueDriver],
  detect: async () => [],
  sharesVariables: () => false,
  reservedVariable: (id) => (id === 'smtp' ? 'BINDELED_SMTP_PASSWORD' : undefined),
  hasCredentials: (shop) => catalogues.some(({ shopId }) => shopId === shop.id),
  credentialNames: (shop) => [`BINDELED_${shop.id.toUpperCase()}_KEY`],
  saveCredentials: async () => {},
  forgetCredentials: async () => {},
});

export async function makeTestHarness(
  shops: readonly Shop[],
  catalogues: readonly Catalogue[],
  over: Partial<ServiceDependencies> = {},
): Promise<TestHarness> {
  const clock = makeClock({ auto: true });
  const store = over.store ?? memoryStore();
  let ids = 0;
  const harness: ServiceDependencies = {
    store,
    leases: memoryLeases(clock),
    clock,
    connectors: connectorsFor(catalogues, clock),
    newId: () => {
      ids += 1;
      return `id-${String(ids).padStart(6, '0')}`;
    },
    actor: mette,
    readOnly: false,
    tuning: defaultTuning,
    ...over,
  };
  await store.change(async () => ({ put: { shops }, drop: {}, events: [] }));
  const catalogueOf = (shopId: string): Catalogue => {
    const catalogue = catalogues.find((one) => one.shopId === shopId);
    if (catalogue === undefined) throw new Error(`no catalogue ${shopId}`);
    return catalogue;
  };
  return { harness, services: makeServices(harness), store, clock, catalogues, catalogue: catalogueOf };
}
