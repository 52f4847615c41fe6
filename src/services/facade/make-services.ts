import { conflictAt, conflicts } from '../conflicts/conflict-cards.ts';
import { keepAll, settle } from '../conflicts/resolve-conflict.ts';
import { oneAct } from '../dependencies/one-act.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { askShops } from '../diagnosis/ask-shops.ts';
import { compare } from '../diagnosis/compare-live.ts';
import { why } from '../diagnosis/explain.ts';
import { fetch } from '../fetch/fetch-products.ts';
import { lastActs } from '../history/last-acts.ts';
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
import { many } from '../lookup/product-list.ts';
import { identify, lookUp } from '../lookup/search.ts';
import { mark, markAll, unmarkAll } from '../marks/marks.ts';
import { attention } from '../overview/attention.ts';
import { patterns } from '../patterns/patterns.ts';
import { comparePictures, type PictureCache } from '../pictures/compare-pictures.ts';
import { type ShownPictures, showPicture } from '../pictures/show-picture.ts';
import { applyPush, brokenPlan } from '../push/apply-push.ts';
import { planPush } from '../push/plan-push.ts';
import { pushResults } from '../push/push-results.ts';
import { listServers } from '../servers/list-servers.ts';
import type { Services } from '../services.ts';
import {
  addShop,
  changeShop,
  checkNewShop,
  detectPlatform,
  removeShop,
  saveCredentials,
  shops,
  testShop,
} from '../shops/manage-shops.ts';
import { importStock } from '../stock/import-stock.ts';
import { setStock } from '../stock/set-stock.ts';
import { sync } from '../sync/sync.ts';
import { configureWarehouse, removeWarehouse } from '../warehouse/configure-warehouse.ts';
import { countInWarehouse } from '../warehouse/count-in-warehouse.ts';
import {
  addWarehouse,
  changeWarehouse,
  hookSecret,
  saveWarehouseCredentials,
  showWarehouse,
  testWarehouse,
} from '../warehouse/manage-warehouse.ts';
import { mapShop, warehouseLocations } from '../warehouse/map-locations.ts';
import { mapShopLocations, shopLocations } from '../warehouse/map-shop-locations.ts';
import { previewWarehouse } from '../warehouse/preview-warehouse.ts';
import { rereadProducts } from '../warehouse/reread-products.ts';
import { syncWarehouse } from '../warehouse/sync-warehouse.ts';
import { inNoShop, notInWarehouse } from '../warehouse/unmatched.ts';

/** Builds every service over the same dependencies, one function a file. */
export function makeServices(deps: ServiceDependencies): Services {
  const pictures: PictureCache = new Map();
  const shownPictures: ShownPictures = new Map();
  /** What sends figures, takes them in or refuses them knows which warehouse is chosen by now, on whichever machine. */
  const fresh = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    await deps.warehouses?.refresh();
    return work();
  };
  return {
    actor: deps.actor,
    readOnly: deps.readOnly,
    now: () => deps.clock.now(),
    watch: (listener) => deps.store.watch(listener),
    watchTrouble: (listener) => deps.store.watchTrouble?.(listener) ?? (() => undefined),
    counts: () => deps.store.counts(),
    lookup: {
      search: (text, limit) => lookUp(deps, text, limit),
      many: (asked) => many(deps, asked),
      product: (id, answers) => product(deps, id, answers),
      products: (ids) => deps.store.products(ids),
      identify: (text) => identify(deps, text),
      holders: (shopProductId, shopId) => whoHolds(deps, shopProductId, shopId),
    },
    fetch: {
      run: (request, signal) => fetch(oneAct(deps), request, signal),
    },
    sync: {
      run: (request, signal) => fresh(() => sync(deps, request, signal)),
    },
    push: {
      planIds: (limit) => deps.store.planIds({ limit }),
      storedPlan: (id) => deps.store.plan(id),
      results: (id) => pushResults(deps, id),
      interruptedPlan: () => brokenPlan(deps),
      plan: (request) => fresh(() => planPush(deps, request)),
      apply: (request, signal) => fresh(() => applyPush(oneAct(deps), request, signal)),
    },
    conflicts: {
      list: (query) => conflicts(deps, query),
      find: (ref) => conflictAt(deps, ref),
      keepAll: (which, note) => keepAll(deps, which, note),
      resolve: (ref, choice, note) => settle(oneAct(deps), ref, choice, note),
    },
    inactive: {
      list: (query) => inactiveWithStock(deps, query),
      verify: (rows, signal, onRow) => verify(oneAct(deps), { rows, onRow }, signal),
    },
    stock: {
      set: (productId, onHand, reserved) => fresh(() => setStock(oneAct(deps), productId, onHand, reserved)),
      import: (lines, options) => fresh(() => importStock(oneAct(deps), lines, options)),
    },
    warehouse: {
      show: () => showWarehouse(deps),
      drivers: () => deps.warehouses?.drivers() ?? [],
      hasKeyFor: (driver) => deps.warehouses?.hasCredentials({ kind: driver.id }) ?? false,
      add: (given) => fresh(() => addWarehouse(deps, given)),
      change: (change) => fresh(() => changeWarehouse(deps, change)),
      configure: (setup, signal) => fresh(() => configureWarehouse(oneAct(deps), setup, signal)),
      remove: () => fresh(() => removeWarehouse(oneAct(deps))),
      saveCredentials: (secrets) => fresh(() => saveWarehouseCredentials(deps, secrets)),
      test: (signal, given) => fresh(() => testWarehouse(deps, signal, given)),
      sync: (request, signal) => fresh(() => syncWarehouse(oneAct(deps), request, signal)),
      reread: (keys, signal) => fresh(() => rereadProducts(oneAct(deps), keys, signal)),
      hookSecret: () => fresh(() => hookSecret(deps)),
      preview: (signal) => fresh(() => previewWarehouse(deps, signal)),
      locations: (request) => warehouseLocations(deps, request),
      mapShop: (shopId, locations) => fresh(() => mapShop(deps, shopId, locations)),
      shopLocations: (shopId, signal) => shopLocations(deps, shopId, signal),
      mapShopLocations: (shopId, wanted, signal) => fresh(() => mapShopLocations(deps, shopId, wanted, signal)),
      notInWarehouse: (request) => fresh(() => notInWarehouse(deps, request)),
      inNoShop: (request) => fresh(() => inNoShop(deps, request)),
      count: (request, signal) => fresh(() => countInWarehouse(oneAct(deps), request, signal)),
    },
    shops: {
      all: () => deps.store.shops(),
      list: () => shops(deps),
      add: (shop) => addShop(oneAct(deps), shop),
      check: (shop) => checkNewShop(deps, shop),
      change: (id, change) => changeShop(oneAct(deps), id, change),
      remove: (id) => removeShop(oneAct(deps), id),
      test: (shop, credentials, signal) => testShop(deps, shop, credentials, signal),
      detectPlatform: (address, signal) => detectPlatform(deps, address, signal),
      platforms: () => deps.connectors.drivers(),
      saveCredentials: (id, credentials) => saveCredentials(deps, id, credentials),
    },
    integrations: {
      readLinks: (lines) => readLinks(deps, lines),
      list: (shopId, query) => integrationsOn(deps, shopId, query),
      missing: (shopId) => missing(deps, shopId),
      remove: (productId, shopId, note) => remove(oneAct(deps), productId, shopId, note),
      link: (productId, ref) => fresh(() => link(oneAct(deps), productId, ref)),
    },
    diagnosis: {
      explain: (productId, shopId, live) => why(deps, { productId, shopId }, live),
      askShops: (productId, asking) => askShops(deps, productId, asking),
      compareStock: (request, signal) => fresh(() => compare(deps, request, signal)),
    },
    history: {
      list: (query) => timeline(deps, query),
      undoable: (limit) => undoable(deps, limit),
      acts: (limit) => lastActs(deps, limit),
      undo: (seq, signal) => fresh(() => undo(oneAct(deps), seq, signal)),
    },
    marks: {
      add: (given) => mark(oneAct(deps), given),
      addAll: (given) => markAll(oneAct(deps), given),
      remove: (given) => unmarkAll(oneAct(deps), [given]),
      removeAll: (given) => unmarkAll(oneAct(deps), given),
    },
    overview: {
      attention: () => attention(deps),
    },
    patterns: {
      list: (shopId) => patterns(deps, shopId),
    },
    pictures: {
      compare: (productId, asking) => comparePictures(deps, pictures, productId, asking),
      show: (asked) => showPicture(deps, shownPictures, asked),
    },
    servers: {
      list: () => listServers(deps),
    },
  };
}
