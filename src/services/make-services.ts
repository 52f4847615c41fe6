import { importStock } from './acts/import-stock.ts';
import { link } from './acts/link.ts';
import { mark, unmark } from './acts/marks.ts';
import { setStock } from './acts/record-stock.ts';
import { remove } from './acts/remove-integration.ts';
import { settle } from './acts/settle-conflict.ts';
import {
  addShop,
  changeShop,
  detectPlatform,
  removeShop,
  saveCredentials,
  secretNames,
  shops,
  testShop,
} from './acts/shops.ts';
import { undo, undoable } from './acts/undo.ts';
import { fetch } from './asking/fetch-product.ts';
import { verify } from './asking/verify.ts';
import { missing } from './evidence/missing-places.ts';
import { compare } from './looking/compare.ts';
import { conflicts } from './looking/conflict-cards.ts';
import { inactiveWithStock } from './looking/inactive-with-stock.ts';
import { integrationsOn } from './looking/integration-list.ts';
import { identify, lookUp } from './looking/look-up.ts';
import { patterns } from './looking/patterns.ts';
import { product } from './looking/product-card.ts';
import { readLinks } from './looking/read-links.ts';
import { timeline } from './looking/timeline.ts';
import { whoHolds } from './looking/who-holds.ts';
import { why } from './looking/why.ts';
import { applyPush, brokenPlan } from './pushing/apply-push.ts';
import { planPush } from './pushing/plan-push.ts';
import { pushResults } from './pushing/push-results.ts';
import { sync } from './reading/sync.ts';
import type { Services } from './services.ts';
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
    pushResults: (id) => pushResults(world, id),
    brokenPlan: () => brokenPlan(world),
    undoable: (limit) => undoable(world, limit),

    addShop: (shop) => addShop(world, shop),
    changeShop: (id, change) => changeShop(world, id, change),
    removeShop: (id) => removeShop(world, id),
    testShop: (shop, credentials, signal) => testShop(world, shop, credentials, signal),
    detectPlatform: (address, signal) => detectPlatform(world, address, signal),
    platforms: () => world.door.drivers(),
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
