import { describe, expect, test, vi } from 'vitest';
import type { ListingRef, PlanId, ProductId } from '../../src/domain/ids.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { toWarehouseId } from '../../src/domain/warehouse/warehouse.ts';
import type { Store } from '../../src/ports/store.ts';
import { defaultTuning } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import type { Services } from '../../src/services/services.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import {
  forever,
  idIn,
  openTestEnvironment,
  quantityIn,
  stockUp,
  syncAll,
  type TestEnvironment,
  theProduct,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What the acts of these tests are done to: all of it stands in the shops `dk` and `no`. */
type SetUp = {
  readonly environment: TestEnvironment;
  readonly productId: ProductId;
  readonly ref: ListingRef;
  readonly planId: PlanId;
};
const dk = toShopId('dk');

async function setUp(): Promise<SetUp> {
  const environment = await openTestEnvironment(['dk', 'no']);
  stockUp(environment, ['dk', 'no'], 'A-1');
  stockUp(environment, ['dk'], 'A-2');
  await syncAll(environment);
  const { id: productId } = await theProduct(environment, 'A-1');
  await environment.services.stock.set(productId, 7);
  const ref: ListingRef = { shopId: dk, shopProductId: idIn(environment, 'dk', 'A-1') as ListingRef['shopProductId'] };
  const { id: planId } = await environment.services.push.plan({});
  return { environment, productId, ref, planId };
}

type Call = (services: Services, setUp: SetUp) => unknown;

/** Every service, and whether it acts. A new one that is not named here fails the first test below. */
const looking: Readonly<Record<string, Call>> = {
  watch: (services) => services.watch(() => undefined),
  watchTrouble: (services) => services.watchTrouble(() => undefined)(),
  now: (services) => services.now(),
  'lookup.search': (services) => services.lookup.search('A-1'),
  'lookup.product': (services, { productId }) => services.lookup.product(productId),
  'lookup.products': (services, { productId }) => services.lookup.products([productId]),
  'lookup.many': (services) => services.lookup.many(['A-1']),
  'lookup.identify': (services) => services.lookup.identify('A-1'),
  'lookup.holders': (services, { ref }) => services.lookup.holders(ref.shopProductId),
  'pictures.compare': (services, { productId }) =>
    services.pictures.compare(productId, { signal: forever, onCompared: () => undefined }),
  'pictures.show': (services, { productId }) => services.pictures.show({ productId, shopId: dk, signal: forever }),
  'integrations.readLinks': (services, { ref }) =>
    services.integrations.readLinks([{ line: 1, sku: 'A-1', shopId: dk, ref }]),
  'integrations.list': (services) => services.integrations.list(dk, { filter: 'all', offset: 0, limit: 10 }),
  'diagnosis.explain': (services, { productId }) => services.diagnosis.explain(productId, dk, { signal: forever }),
  'diagnosis.askShops': (services, { productId }) =>
    services.diagnosis.askShops(productId, { signal: forever, onAnswer: () => undefined }),
  'overview.attention': (services) => services.overview.attention(),
  'servers.list': (services) => services.servers.list(),
  'inactive.list': (services) => services.inactive.list({}),
  'conflicts.list': (services) => services.conflicts.list(),
  'conflicts.find': (services, { ref }) => services.conflicts.find(ref),
  'patterns.list': (services) => services.patterns.list(),
  'integrations.missing': (services) => services.integrations.missing(),
  'history.list': (services) => services.history.list({ limit: 10 }),
  'shops.all': (services) => services.shops.all(),
  'shops.list': (services) => services.shops.list(),
  'shops.detectPlatform': (services) => services.shops.detectPlatform('http://127.0.0.1:9', forever),
  'shops.platforms': async (services) => services.shops.platforms(),
  counts: (services) => services.counts(),
  'push.planIds': (services) => services.push.planIds(1),
  'push.interruptedPlan': (services) => services.push.interruptedPlan(),
  'push.storedPlan': (services, { planId }) => services.push.storedPlan(planId),
  'push.results': (services, { planId }) => services.push.results(planId),
  'history.acts': (services) => services.history.acts(5),
  'history.undoable': (services) => services.history.undoable(5),
  'warehouse.show': async (services) => services.warehouse.show(),
  'warehouse.drivers': async (services) => services.warehouse.drivers(),
  'warehouse.hasKeyFor': async (services) => services.warehouse.hasKeyFor(services.warehouse.drivers()[0]!),
  'warehouse.test': (services) => services.warehouse.test(forever),
  // A WooCommerce keeps its goods in one place, and says so.
  'warehouse.shopLocations': (services) =>
    expect(services.warehouse.shopLocations(dk, forever)).rejects.toMatchObject({ kind: 'one-shop-location' }),
  'warehouse.locations': (services) => services.warehouse.locations({ limit: 5 }),
  'warehouse.notInWarehouse': (services) => services.warehouse.notInWarehouse({ limit: 5 }),
  'warehouse.inNoShop': (services) => services.warehouse.inNoShop({ limit: 5 }),
  'warehouse.preview': (services) => services.warehouse.preview(forever),
  'shops.test': (services) => services.shops.test(dk, undefined, forever),
  'diagnosis.compareStock': (services, { productId }) => services.diagnosis.compareStock({ productId }, forever),
};

/** Acts that a program which is only to look refuses. */
const acting: Readonly<Record<string, Call>> = {
  'shops.add': (services) => services.shops.add({ id: 'fi', platform: 'woocommerce', url: 'http://127.0.0.1:9' }),
  'shops.check': (services) => services.shops.check({ id: 'fi' }),
  'shops.change': (services) => services.shops.change(dk, { paused: true }),
  'shops.remove': (services) => services.shops.remove(toShopId('no')),
  'shops.saveCredentials': (services) => services.shops.saveCredentials(dk, { key: 'k', secret: 's' }),
  'sync.run': (services) => services.sync.run({}, forever),
  'fetch.run': (services) => services.fetch.run({ asked: ['A-1'] }, forever),
  'warehouse.add': (services) => services.warehouse.add({ kind: 'peakwms' }),
  'warehouse.change': (services) => services.warehouse.change({ master: 'warehouse' }),
  'warehouse.configure': (services) =>
    services.warehouse.configure({ settings: { kind: 'peakwms' }, mappings: [] }, forever),
  'warehouse.remove': (services) => services.warehouse.remove(),
  'warehouse.reread': (services) => services.warehouse.reread([], forever),
  'warehouse.hookSecret': (services) => services.warehouse.hookSecret(),
  'warehouse.mapShopLocations': (services) => services.warehouse.mapShopLocations(dk, [], forever),
  'warehouse.mapShop': (services) => services.warehouse.mapShop(dk, []),
  'warehouse.count': (services, { productId }) => services.warehouse.count({ productId, onHand: 3 }, forever),
  'warehouse.saveCredentials': (services) => services.warehouse.saveCredentials({ key: 'k' }),
  'warehouse.sync': (services) => services.warehouse.sync({}, forever),
  'stock.set': (services, { productId }) => services.stock.set(productId, 3),
  'stock.import': (services) => services.stock.import([{ sku: 'A-1', onHand: 4 }], { create: false, dryRun: false }),
  'push.apply': (services, { planId }) => services.push.apply({ planId, yes: { firsts: 3, zeroes: 1 } }, forever),
  'integrations.remove': (services, { productId }) => services.integrations.remove(productId, dk, 'ryddet op'),
  'integrations.link': (services, { productId, ref }) => services.integrations.link(productId, ref),
  'conflicts.resolve': (services, { ref }) => services.conflicts.resolve(ref, 'keep'),
  'conflicts.keepAll': (services) => services.conflicts.keepAll({ shopId: dk }),
  'history.undo': (services) => services.history.undo(),
  'marks.add': (services, { productId }) => services.marks.add({ productId, kind: 'note', text: 'set' }),
  'marks.addAll': (services, { productId }) => services.marks.addAll([{ productId, kind: 'note', text: 'set' }]),
  'marks.removeAll': (services, { productId }) => services.marks.removeAll([{ productId, kind: 'note' }]),
  'marks.remove': (services, { productId }) => services.marks.remove({ productId, kind: 'note' }),
};

/** `actor`, `fetch.run`: everything that a service can be asked for. */
const methodsOf = (services: Services): readonly string[] =>
  Object.entries(services).flatMap(([name, service]) =>
    typeof service === 'object' && name !== 'actor'
      ? Object.keys(service).map((method) => `${name}.${method}`)
      : [name],
  );

/** Acts of which the looking half goes on, with nothing written. */
const halfway: Readonly<Record<string, Call>> = {
  'push.plan': (services) => services.push.plan({}),
  'inactive.verify': (services, { productId }) => services.inactive.verify([{ productId, shopId: dk }], forever),
};

/** A program that is only to look, over a store that notices every attempt to write. */
function looker({ environment }: SetUp): { readonly services: Services; readonly written: () => number } {
  let writes = 0;
  const change: Store['change'] = (decide) => {
    writes += 1;
    return environment.store.change(decide);
  };
  const store: Store = { ...environment.store, change };
  const { clock } = environment;
  const settings = {
    kind: toWarehouseId('embedded'),
    address: '',
    master: 'shop',
    options: {},
    addedAt: clock.now(),
  } as const;
  const warehouses = memoryWarehouses(clock, { settings });
  const services = makeServices({ ...environment.harness, store, warehouses, tuning: defaultTuning, readOnly: true });
  return { services, written: () => writes };
}

describe('while the program is only to look', () => {
  test('every service is known to look or to act', async () => {
    const { environment } = await setUp();
    const named = [...Object.keys(looking), ...Object.keys(acting), ...Object.keys(halfway), 'actor', 'readOnly'];
    expect(named.toSorted()).toEqual(methodsOf(environment.services).toSorted());
  });

  // All of them on one world, since none of them changes it.
  test('every service that acts refuses, and nothing is written', async () => {
    const set = await setUp();
    const before = await set.environment.store.history({ limit: 1 });
    for (const [name, act] of Object.entries(acting)) {
      const { services, written } = looker(set);
      const refused = await Promise.resolve()
        .then(() => act(services, set))
        .then(
          () => 'done',
          (error: { readonly kind?: string }) => error.kind,
        );
      expect.soft([name, refused, written()]).toEqual([name, 'read-only', 0]);
      expect.soft([name, await set.environment.store.history({ limit: 1 })]).toEqual([name, before]);
      expect.soft([name, quantityIn(set.environment, 'dk', 'A-1')]).toEqual([name, 3]);
    }
  });

  test('every service that looks answers, and nothing is written', async () => {
    const set = await setUp();
    for (const [name, look] of [...Object.entries(looking), ...Object.entries(halfway)]) {
      const { services, written } = looker(set);
      const answered = await Promise.resolve()
        .then(() => look(services, set))
        .then(
          () => 'answered',
          (error: unknown) => String(error),
        );
      expect.soft([name, answered, written()]).toEqual([name, 'answered', 0]);
    }
  });
});

describe('whoever acts', () => {
  test.each([
    ...Object.keys(acting),
    ...Object.keys(halfway),
  ])('%s leaves no line in the history without a name', async (name) => {
    const set = await setUp();
    const [last] = await set.environment.store.history({ limit: 1 });
    const services = set.environment.as({ actor: { kind: 'person', name: 'søren' } });
    await Promise.resolve()
      .then(() => (acting[name] ?? halfway[name])!(services, set))
      // Some have nothing to act upon here; what matters is what they leave behind.
      .catch((refused: unknown) => expect(refused).toMatchObject({ name: 'Refusal' }));
    const since = (await set.environment.store.history({ limit: 500 })).filter(({ seq }) => seq > (last?.seq ?? 0));
    expect(since.map(({ by }) => by.name).filter((by) => by !== 'søren')).toEqual([]);
  });
});
