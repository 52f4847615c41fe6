import { platformRegistry } from '../../src/connectors/registry.ts';
import { instantOf, type ShopId, toPlatformId, toRunId } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { ShopConnector } from '../../src/ports/shop-connector.ts';
import type { Leases, Store } from '../../src/ports/store.ts';
import { makeNewId } from '../../src/runtime/id-generator.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { defaultTuning, type ServiceDependencies } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';

const never = new AbortController().signal;
const unused = (): never => {
  throw new Error('nothing asks for this here');
};

/**
 * Runs one sync of changes after another against a shop that takes no time, each with the listings that it is given, as
 * they were changed there. Answers the milliseconds of each.
 */
export async function syncChanges(
  { store, leases }: { readonly store: Store; readonly leases: Leases },
  shopId: ShopId,
  rounds: readonly (readonly Listing[])[],
): Promise<readonly number[]> {
  let changed: readonly Listing[] = [];
  const connector: ShopConnector = {
    platform: toPlatformId('woocommerce'),
    can: {
      since: true,
      pushBatch: 100,
      compareAndSet: false,
      negative: true,
      findByGtin: false,
      stockPass: false,
      blindSpots: [],
    },
    test: async () => ({ identity: 'bench', permissions: [], warnings: [], choices: [] }),
    page: async () => ({
      listings: changed.map((one) => ({ ...one, seenAt: systemClock.now() })),
      broken: [],
      total: changed.length,
      asOf: systemClock.now(),
    }),
    product: async (id) => changed.filter(({ ref }) => ref.shopProductId === id),
    withSku: async () => [],
    sales: async () => ({ sales: [] }),
    push: unused,
  };
  const services = makeServices({
    store,
    leases,
    clock: systemClock,
    connectors: {
      connect: () => connector,
      driver: platformRegistry.get,
      drivers: () => [],
      hasCredentials: () => true,
      credentialNames: () => [],
    } as unknown as ServiceDependencies['connectors'],
    newId: makeNewId(Date.now),
    actor: { kind: 'person', name: 'bench' },
    readOnly: false,
    tuning: defaultTuning,
  });
  // As if all of it had been read some hours ago.
  const at = instantOf(Date.now() - 6 * 3_600_000);
  const lastComplete = { runId: toRunId('bench'), startedAt: at, at, listings: 1 };
  await store.change(async () => ({
    put: { shopStates: [{ shopId, watermark: at, lastComplete, stockReadAt: at, sales: { from: at, to: at } }] },
    drop: {},
    events: [],
  }));
  const took: number[] = [];
  for (const round of rounds) {
    changed = round;
    const started = performance.now();
    const [result] = await services.sync.run({ shopIds: [shopId] }, never);
    took.push(performance.now() - started);
    const seen = result?.run?.counts.seen;
    if (result?.run?.kind !== 'changes' || seen !== round.length) {
      throw new Error(`the sync was ${result?.run?.kind}, saw ${seen}, ${JSON.stringify(result?.trouble)}`);
    }
  }
  return took;
}
