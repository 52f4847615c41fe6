import { fetch } from './fetch-product.ts';
import { importStock } from './import-stock.ts';
import { inactiveWithStock } from './inactive-with-stock.ts';
import { link } from './link.ts';
import { identify, lookUp } from './look-up.ts';
import { mark, unmark } from './marks.ts';
import { patterns } from './patterns.ts';
import { product } from './product-card.ts';
import { setStock } from './record-stock.ts';
import { remove } from './remove-integration.ts';
import type { Services } from './services.ts';
import { settle } from './settle-conflict.ts';
import { addShop, changeShop, removeShop, saveCredentials, shops, testShop } from './shops.ts';
import { sync } from './sync.ts';
import { timeline } from './timeline.ts';
import { undo, undoable } from './undo.ts';
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
    shops: () => shops(world),
    counts: () => world.store.counts(),
    plans: () => world.store.plans(),
    plan: (id) => world.store.plan(id),
    undoable: (limit) => undoable(world, limit),

    addShop: (shop) => addShop(world, shop),
    changeShop: (id, change) => changeShop(world, id, change),
    removeShop: (id) => removeShop(world, id),
    testShop: (shop, credentials, signal) => testShop(world, shop, credentials, signal),
    saveCredentials: (id, credentials) => saveCredentials(world, id, credentials),

    sync: (request, signal) => sync(world, request, signal),
    fetch: (request, signal) => fetch(world, request, signal),
    setStock: (productId, onHand, reserved) => setStock(world, productId, onHand, reserved),
    importStock: (lines, options) => importStock(world, lines, options),
    planPush: unbuilt('planPush'),
    applyPush: unbuilt('applyPush'),
    remove: (productId, shopId, note) => remove(world, productId, shopId, note),
    link: (productId, ref) => link(world, productId, ref),
    settle: (ref, choice, note) => settle(world, ref, choice, note),
    undo: (seq) => undo(world, seq),
    mark: (given) => mark(world, given),
    unmark: (given) => unmark(world, given),
    verify: unbuilt('verify'),
    compare: unbuilt('compare'),
  };
}
