import { applyPush, brokenPlan } from './apply-push.ts';
import { compare } from './compare.ts';
import { conflicts } from './conflict-cards.ts';
import { fetch } from './fetch-product.ts';
import { importStock } from './import-stock.ts';
import { inactiveWithStock } from './inactive-with-stock.ts';
import { integrationsOn } from './integration-list.ts';
import { link } from './link.ts';
import { identify, lookUp } from './look-up.ts';
import { mark, unmark } from './marks.ts';
import { missing } from './missing-places.ts';
import { patterns } from './patterns.ts';
import { planPush } from './plan-push.ts';
import { product } from './product-card.ts';
import { readLinks } from './read-links.ts';
import { setStock } from './record-stock.ts';
import { remove } from './remove-integration.ts';
import type { Services } from './services.ts';
import { settle } from './settle-conflict.ts';
import { addShop, changeShop, removeShop, saveCredentials, secretNames, shops, testShop } from './shops.ts';
import { sync } from './sync.ts';
import { timeline } from './timeline.ts';
import { undo, undoable } from './undo.ts';
import { verify } from './verify.ts';
import { whoHolds } from './who-holds.ts';
import { why } from './why.ts';
import type { World } from './world.ts';

/** Everything that can be done in a world, one function a file. */
export function makeServices(world: World): Services {
  return {
    actor: world.actor,
    readOnly: world.readOnly,
    now: () => world.clock.now(),
    watch: (listener) => world.store.watch(listener),

    lookUp: (text, limit) => lookUp(world, text, limit),
    product: (id) => product(world, id),
    products: (ids) => world.store.products(ids),
    identify: (text) => identify(world, text),
    whoHolds: (shopProductId, shopId) => whoHolds(world, shopProductId, shopId),
    readLinks: (lines) => readLinks(world, lines),
    integrationsOn: (shopId, query) => integrationsOn(world, shopId, query),
    why: (productId, shopId, live) => why(world, { productId, ...(shopId === undefined ? {} : { shopId }) }, live),
    inactiveWithStock: (query) => inactiveWithStock(world, query),
    conflicts: (shopId) => conflicts(world, shopId),
    missing: (shopId) => missing(world, shopId),
    patterns: (shopId) => patterns(world, shopId),
    timeline: (query) => timeline(world, query),
    shops: () => shops(world),
    counts: () => world.store.counts(),
    plans: () => world.store.plans(),
    plan: (id) => world.store.plan(id),
    brokenPlan: () => brokenPlan(world),
    undoable: (limit) => undoable(world, limit),

    addShop: (shop) => addShop(world, shop),
    changeShop: (id, change) => changeShop(world, id, change),
    removeShop: (id) => removeShop(world, id),
    testShop: (shop, credentials, signal) => testShop(world, shop, credentials, signal),
    secretNames: (platform) => secretNames(world, platform),
    saveCredentials: (id, credentials) => saveCredentials(world, id, credentials),

    sync: (request, signal) => sync(world, request, signal),
    fetch: (request, signal) => fetch(world, request, signal),
    setStock: (productId, onHand, reserved) => setStock(world, productId, onHand, reserved),
    importStock: (lines, options) => importStock(world, lines, options),
    planPush: (request) => planPush(world, request),
    applyPush: (request, signal) => applyPush(world, request, signal),
    remove: (productId, shopId, note) => remove(world, productId, shopId, note),
    link: (productId, ref) => link(world, productId, ref),
    settle: (ref, choice, note) => settle(world, ref, choice, note),
    undo: (seq) => undo(world, seq),
    mark: (given) => mark(world, given),
    unmark: (given) => unmark(world, given),
    verify: (rows, signal, onRow) => verify(world, { rows, onRow }, signal),
    compare: (request, signal) => compare(world, request, signal),
  };
}
