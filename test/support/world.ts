import type { Shop } from '../../src/domain/shop.ts';
import type { Store } from '../../src/ports/store.ts';
import { makeServices } from '../../src/services/make-services.ts';
import type { Services } from '../../src/services/services.ts';
import { type ShopDoor, usualTuning, type World } from '../../src/services/world.ts';
import { memoryLeases, memoryStore } from '../../src/stores/memory.ts';
import { type HandClock, makeClock } from './clock.ts';
import { mette } from './make.ts';
import { type Shelf, shelfConnector, shelfDriver } from './shelf-connector.ts';

/** A whole small world: shops that are shelves, a store in memory, a clock moved by hand, and the real services. */
export type TestWorld = {
  readonly world: World;
  readonly services: Services;
  readonly store: Store;
  readonly clock: HandClock;
  readonly shelves: readonly Shelf[];
  shelf(shopId: string): Shelf;
};

const doorTo = (shelves: readonly Shelf[], clock: HandClock): ShopDoor => ({
  connect: (shop) => {
    const shelf = shelves.find(({ shopId }) => shopId === shop.id);
    return shelf && shelfConnector(shelf, clock);
  },
  driver: () => shelfDriver,
  drivers: () => [shelfDriver],
  detect: async () => [],
  sharesVariables: () => false,
  hasCredentials: (shop) => shelves.some(({ shopId }) => shopId === shop.id),
  credentialNames: (shop) => [`BINDELED_${shop.id.toUpperCase()}_KEY`],
  saveCredentials: async () => {},
});

export async function makeTestWorld(
  shops: readonly Shop[],
  shelves: readonly Shelf[],
  over: Partial<World> = {},
): Promise<TestWorld> {
  const clock = makeClock({ auto: true });
  const store = over.store ?? memoryStore();
  let ids = 0;
  const world: World = {
    store,
    leases: memoryLeases(clock),
    clock,
    door: doorTo(shelves, clock),
    newId: () => {
      ids += 1;
      return `id-${String(ids).padStart(6, '0')}`;
    },
    actor: mette,
    readOnly: false,
    tuning: usualTuning,
    ...over,
  };
  await store.change(async () => ({ put: { shops }, drop: {}, events: [] }));
  const shelfOf = (shopId: string): Shelf => {
    const shelf = shelves.find((one) => one.shopId === shopId);
    if (shelf === undefined) throw new Error(`no shelf ${shopId}`);
    return shelf;
  };
  return { world, services: makeServices(world), store, clock, shelves, shelf: shelfOf };
}
