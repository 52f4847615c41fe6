import { conflicts } from '../conflicts/conflict-cards.ts';
import { settle } from '../conflicts/resolve-conflict.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { compare } from '../diagnosis/compare-live.ts';
import { why } from '../diagnosis/explain.ts';
import { fetch } from '../fetch/fetch-products.ts';
import { timeline } from '../history/timeline.ts';
import { undo, undoable } from '../history/undo.ts';
import { inactiveWithStock } from '../inactive/inactive-report.ts';
import { verify } from '../inactive/verify.ts';
import { integrationsOn } from '../integrations/integration-list.ts';
import { link } from '../integrations/link-by-hand.ts';
import { missing } from '../integrations/missing-places.ts';
import { readLinks } from '../integrations/read-links.ts';
import { remove } from '../integrations/remove-integration.ts';
import { whoHolds } from '../lookup/id-holders.ts';
import { product } from '../lookup/product-card.ts';
import { identify, lookUp } from '../lookup/search.ts';
import { mark, unmark } from '../marks/marks.ts';
import { patterns } from '../patterns/patterns.ts';
import { applyPush, brokenPlan } from '../push/apply-push.ts';
import { planPush } from '../push/plan-push.ts';
import { pushResults } from '../push/push-results.ts';
import type { Services } from '../services.ts';
import {
  addShop,
  changeShop,
  detectPlatform,
  removeShop,
  saveCredentials,
  secretNames,
  shops,
  testShop,
} from '../shops/manage-shops.ts';
import { importStock } from '../stock/import-stock.ts';
import { setStock } from '../stock/set-stock.ts';
import { sync } from '../sync/sync.ts';

/** Builds every service over the same dependencies, one function a file. */
export function makeServices(deps: ServiceDependencies): Services {
  return {
    actor: deps.actor,
    readOnly: deps.readOnly,
    now: () => deps.clock.now(),
    watch: (listener) => deps.store.watch(listener),

    lookUp: (text, limit) => lookUp(deps, text, limit),
    product: (id) => product(deps, id),
    products: (ids) => deps.store.products(ids),
    identify: (text) => identify(deps, text),
    whoHolds: (shopProductId, shopId) => whoHolds(deps, shopProductId, shopId),
    readLinks: (lines) => readLinks(deps, lines),
    integrationsOn: (shopId, query) => integrationsOn(deps, shopId, query),
    why: (productId, shopId, live) => why(deps, { productId, ...(shopId === undefined ? {} : { shopId }) }, live),
    inactiveWithStock: (query) => inactiveWithStock(deps, query),
    conflicts: (shopId) => conflicts(deps, shopId),
    missing: (shopId) => missing(deps, shopId),
    patterns: (shopId) => patterns(deps, shopId),
    timeline: (query) => timeline(deps, query),
    shops: () => shops(deps),
    counts: () => deps.store.counts(),
    plans: () => deps.store.plans(),
    plan: (id) => deps.store.plan(id),
    pushResults: (id) => pushResults(deps, id),
    brokenPlan: () => brokenPlan(deps),
    undoable: (limit) => undoable(deps, limit),

    addShop: (shop) => addShop(deps, shop),
    changeShop: (id, change) => changeShop(deps, id, change),
    removeShop: (id) => removeShop(deps, id),
    testShop: (shop, credentials, signal) => testShop(deps, shop, credentials, signal),
    detectPlatform: (address, signal) => detectPlatform(deps, address, signal),
    platforms: () => deps.connectors.drivers(),
    secretNames: (platform) => secretNames(deps, platform),
    saveCredentials: (id, credentials) => saveCredentials(deps, id, credentials),

    sync: (request, signal) => sync(deps, request, signal),
    fetch: (request, signal) => fetch(deps, request, signal),
    setStock: (productId, onHand, reserved) => setStock(deps, productId, onHand, reserved),
    importStock: (lines, options) => importStock(deps, lines, options),
    planPush: (request) => planPush(deps, request),
    applyPush: (request, signal) => applyPush(deps, request, signal),
    remove: (productId, shopId, note) => remove(deps, productId, shopId, note),
    link: (productId, ref) => link(deps, productId, ref),
    settle: (ref, choice, note) => settle(deps, ref, choice, note),
    undo: (seq) => undo(deps, seq),
    mark: (given) => mark(deps, given),
    unmark: (given) => unmark(deps, given),
    verify: (rows, signal, onRow) => verify(deps, { rows, onRow }, signal),
    compare: (request, signal) => compare(deps, request, signal),
  };
}
