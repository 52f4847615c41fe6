import assert from 'node:assert/strict';
import { refKey } from '../../src/domain/changes.ts';
import { type Gtin, parseGtin, toShopId } from '../../src/domain/ids.ts';
import { type Fleet, type ModelShop, placeOf, type Window } from './model-fleet.ts';
import { type Action, checkLinks, type ModelRun, now, productOf, readShop, show, syncOnce } from './model-run.ts';

/** What real shops do on bad days: rows that cannot be read, EANs that change and are shared, another shop at the address, sales at any moment. */

/** A GTIN of its own for a number. */
export function gtinOf(count: number): Gtin {
  const digits = `57${String(1_000_000_000 + count * 7)}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return parseGtin(`${digits}${(10 - (sum % 10)) % 10}`)!;
}

const isKnown = (shop: ModelShop, window: Window): boolean =>
  window.seen !== undefined && shop.links.get(placeOf(window))?.window === window && !shop.inDoubt.has(window);

/** What follows this shop has the EAN that it shows here. */
export async function checkEans(modelRun: ModelRun, shop: ModelShop): Promise<void> {
  const { store } = modelRun.harness;
  for (const { window, thing } of shop.links.values()) {
    if (!isKnown(shop, window) || shop.windows.some((one) => one !== window && placeOf(one) === placeOf(window)))
      continue;
    const product = await productOf(modelRun, thing);
    const [link] = (await store.integrationsOf(product === undefined ? [] : [product.id])).filter(
      ({ ref }) => ref.shopId === shop.shopId,
    );
    const follows = product?.contentFrom && link && refKey(product.contentFrom) === refKey(link.ref);
    if (follows === true) assert.equal(product?.gtin, window.gtin, `the EAN of ${thing.sku} in ${shop.shopId}`);
  }
}

function newGtin({ random, fleet }: { readonly random: ModelRun['random']; readonly fleet: Fleet }, shop: ModelShop) {
  if (random.chance(0.2)) return undefined;
  const shared = shop.windows.flatMap(({ gtin, seen }) => (gtin === undefined || seen === undefined ? [] : [gtin]));
  if (shared.length > 0 && random.chance(0.3)) return random.pick(shared);
  fleet.made += 1;
  return gtinOf(fleet.made);
}

export const unkind: readonly Action[] = [
  async function getsAnotherEan(modelRun, shop) {
    if (shop.paused) return;
    await readShop(modelRun, shop);
    const known = shop.windows.filter((window) => isKnown(shop, window));
    if (known.length === 0) return;
    const window = modelRun.random.pick(known);
    Object.assign(window, { gtin: newGtin(modelRun, shop), changed: now(modelRun) + shop.aheadMs });
    await readShop(modelRun, shop);
    await checkEans(modelRun, shop);
  },
  async function cannotBeReadForAWhile(modelRun, shop) {
    if (shop.paused) return;
    await readShop(modelRun, shop);
    const ids = [...new Set(shop.windows.map(({ id }) => id))];
    if (ids.length === 0) return;
    const catalogue = modelRun.harness.catalogue(shop.shopId);
    catalogue.unreadable = new Set(modelRun.random.shuffle(ids).slice(0, 1 + modelRun.random.below(ids.length)));
    for (const full of [true, false]) {
      show(modelRun, shop);
      const result = await syncOnce(modelRun, shop, full);
      assert.equal(result.wouldRemove, undefined);
      await checkLinks(modelRun, 'rows that could not be read');
    }
    const [id] = catalogue.unreadable;
    await modelRun.harness.services.fetch.run({ asked: [id!], shopIds: [toShopId(shop.shopId)] }, modelRun.never);
    await checkLinks(modelRun, 'a fetch of a row that could not be read');
    catalogue.unreadable = new Set();
    await readShop(modelRun, shop);
  },
  async function isAnsweredByAnother(modelRun, shop) {
    if (shop.paused) return;
    await readShop(modelRun, shop);
    const { harness, random, never } = modelRun;
    const catalogue = harness.catalogue(shop.shopId);
    const { identity } = catalogue;
    const others = random.shuffle(catalogue.listings).slice(0, random.below(3));
    const exchange = (): void => void Object.assign(catalogue, { identity: 'https://klon.example', listings: others });
    if (random.chance(0.5)) exchange();
    else catalogue.onPage = exchange;
    const result = await syncOnce(modelRun, shop, true);
    catalogue.onPage = undefined;
    assert.equal(result.trouble?.kind, 'another-shop');
    harness.clock.advance(120_000);
    const { sku } = random.pick(modelRun.fleet.things);
    await harness.services.fetch.run({ asked: [sku], shopIds: [toShopId(shop.shopId)] }, never);
    await checkLinks(modelRun, 'an answer of another shop');
    catalogue.identity = identity;
    await readShop(modelRun, shop);
  },
  async function sellsWhileItIsTold(modelRun, shop) {
    if (shop.paused) return;
    await readShop(modelRun, shop);
    const { harness, random, never } = modelRun;
    for (const { thing } of random.shuffle([...shop.links.values()]).slice(0, 5)) {
      const product = await productOf(modelRun, thing);
      if (product !== undefined) await harness.services.stock.set(product.id, random.below(40));
    }
    const catalogue = harness.catalogue(shop.shopId);
    const plan = await harness.services.push.plan({ shopIds: [toShopId(shop.shopId)] });
    catalogue.onPush = () => {
      catalogue.listings = catalogue.listings.map((listing) =>
        random.chance(0.3) ? { ...listing, stock: { ...listing.stock, quantity: random.below(30) } } : listing,
      );
    };
    catalogue.written.length = 0;
    const result = await harness.services.push.apply({ planId: plan.id, yes: answersTo(plan.rows) }, never);
    catalogue.onPush = undefined;
    for (const { key, was } of catalogue.written) {
      const row = plan.rows.find(({ ref }) => ref !== undefined && refKey(ref) === key);
      assert.equal(was, row?.shopHad ?? row?.lastSent, `a figure that is not the plan's was written over at ${key}`);
    }
    assert.equal(result.sent, catalogue.written.length);
    // What was sold and what was told are what the shop has from now on.
    for (const window of shop.windows) {
      const listing = catalogue.listings.find(
        ({ ref, sku }) =>
          placeOf(window) === [ref.shopProductId, ref.shopVariantId ?? []].flat().join('/') && sku === window.sku,
      );
      if (listing?.stock.quantity !== undefined) window.quantity = listing.stock.quantity;
    }
  },
];

/** Yes to every question that a plan asks. */
export function answersTo(rows: Awaited<ReturnType<ModelRun['harness']['services']['push']['plan']>>['rows']) {
  const count = (...guards: readonly string[]): number =>
    rows.filter((row) => row.kind === 'send' && row.guards.some((guard) => guards.includes(guard))).length;
  return {
    zeroes: count('zero', 'zero-hides'),
    jumps: count('jump'),
    firsts: count('first-push', 'by-gtin'),
    negatives: count('negative'),
    changed: count('changed-in-shop'),
  };
}
