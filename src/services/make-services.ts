import { inactiveWithStock } from './inactive-with-stock.ts';
import { identify, lookUp } from './look-up.ts';
import { patterns } from './patterns.ts';
import { product } from './product-card.ts';
import type { Services } from './services.ts';
import { sync } from './sync.ts';
import { timeline } from './timeline.ts';
import { whoHolds } from './who-holds.ts';
import { why } from './why.ts';
import type { World } from './world.ts';

const unbuilt = (name: string) => (): Promise<never> => Promise.reject(new Error(`${name} is not built yet`));

/** Everything that can be done in a world, one function a file. */
export function makeServices(world: World): Services {
  return {
    actor: world.actor,
    readOnly: world.readOnly,
    now: () => world.clock.now(),
    watch: (listener) => world.store.watch(listener),

    lookUp: (text, limit) => lookUp(world, text, limit),
    product: (id) => product(world, id),
    identify: (text) => identify(world, text),
    whoHolds: (shopProductId, shopId) => whoHolds(world, shopProductId, shopId),
    integrationsOn: unbuilt('integrationsOn'),
    why: (productId, shopId, live) => why(world, { productId, ...(shopId === undefined ? {} : { shopId }) }, live),
    inactiveWithStock: (query) => inactiveWithStock(world, query),
    conflicts: unbuilt('conflicts'),
    patterns: (shopId) => patterns(world, shopId),
    timeline: (query) => timeline(world, query),
    shops: unbuilt('shops'),
    counts: () => world.store.counts(),
    plans: () => world.store.plans(),
    plan: (id) => world.store.plan(id),
    undoable: unbuilt('undoable'),

    addShop: unbuilt('addShop'),
    changeShop: unbuilt('changeShop'),
    removeShop: unbuilt('removeShop'),
    testShop: unbuilt('testShop'),
    saveCredentials: unbuilt('saveCredentials'),

    sync: (request, signal) => sync(world, request, signal),
    fetch: unbuilt('fetch'),
    setStock: unbuilt('setStock'),
    importStock: unbuilt('importStock'),
    planPush: unbuilt('planPush'),
    applyPush: unbuilt('applyPush'),
    remove: unbuilt('remove'),
    link: unbuilt('link'),
    settle: unbuilt('settle'),
    undo: unbuilt('undo'),
    mark: unbuilt('mark'),
    unmark: unbuilt('unmark'),
    verify: unbuilt('verify'),
    compare: unbuilt('compare'),
  };
}
