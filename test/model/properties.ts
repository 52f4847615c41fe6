import assert from 'node:assert/strict';
import fc from 'fast-check';
import { refKey } from '../../src/domain/changes.ts';
import { parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Activity, Listing } from '../../src/domain/listing.ts';
import type { Product } from '../../src/domain/product.ts';
import { countGuards } from '../../src/domain/push/push-guards.ts';
import { listingsUnderId } from '../../src/domain/reconcile/duplicates.ts';
import type { Store } from '../../src/ports/store.ts';
import { instant, makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

/** What holds for any data, also for what nobody thought of. Run by `npm test` with a fixed seed, and by `npm run test:model` with many. */
export type ModelProperty = { readonly name: string; readonly property: fc.IAsyncProperty<unknown> };

const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE' });
const never = new AbortController().signal;

const gtins = ['5701234567899', '5701234567905', '4006381333931'].map((digits) => parseGtin(digits));

/** One thing in a shop's window: few ids, few SKUs and few EANs, so that everything collides with everything. */
const thing = (shopId: string): fc.Arbitrary<Listing> =>
  fc
    .record({
      id: fc.integer({ min: 1, max: 5 }),
      variant: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined, freq: 4 }),
      sku: fc.option(fc.constantFrom('A', 'B', 'C', 'D'), { nil: undefined, freq: 6 }),
      gtin: fc.option(fc.constantFrom(...gtins), { nil: undefined, freq: 1 }),
      activity: fc.constantFrom<Activity>('active', 'active', 'active', 'draft'),
      day: fc.integer({ min: 1, max: 9 }),
      name: fc.constantFrom('Kop', 'Fad', 'Krus'),
    })
    .map(({ id, variant, sku, gtin, activity, day, name }) =>
      makeListing({
        ref: refTo(shopId, String(id), variant === undefined ? undefined : String(variant)),
        sku: sku === undefined ? undefined : toSku(sku),
        gtin,
        activity,
        listedAt: instant(`2026-02-0${day}T00:00:00Z`),
        content: makeContent({ name }),
      }),
    );

/** What lies under one id is one thing or several, each with an item number of its own: copies that kept the id. */
const window = (shopId: string): fc.Arbitrary<readonly Listing[]> =>
  fc.uniqueArray(thing(shopId), { maxLength: 10, selector: ({ ref, sku }) => `${refKey(ref)} ${sku}` });

const harnessOf = (inDk: readonly Listing[], inSe: readonly Listing[] = []): Promise<TestHarness> =>
  makeTestHarness([dk, se], [makeCatalogue('dk', inDk), makeCatalogue('se', inSe)]);

/** Reads shops to the end, and says yes to whatever a guard asks. */
async function sync(harness: TestHarness, ...shopIds: readonly string[]): Promise<void> {
  harness.clock.advance(60_000);
  for (const shopId of shopIds.map(toShopId)) {
    const [result] = await harness.services.sync.run({ shopIds: [shopId], full: true }, never);
    const acceptRemovals = result?.wouldRemove;
    if (acceptRemovals !== undefined)
      await harness.services.sync.run({ shopIds: [shopId], full: true, acceptRemovals }, never);
  }
}

const productsIn = (store: Store): Promise<readonly Product[]> => store.productPage({ limit: 10_000 });
const linksIn = (store: Store, shopId: string) => store.integrationsOn(toShopId(shopId));

/** Everything that is known, in words that hold no id of ours and no moment. */
async function standing(store: Store, shopId: string) {
  const id = toShopId(shopId);
  const products = await productsIn(store);
  const names = new Map<string, string>(
    products.map(({ id, sku, gtin, contentFrom }) => [id, sku ?? `${gtin} from ${contentFrom && refKey(contentFrom)}`]),
  );
  const said = ({ sku, gtin, activity, content, goneAt }: Listing): string =>
    `${sku} ${gtin} ${activity} ${content.name}${goneAt === undefined ? '' : ' gone'}`;
  const listings = await store.listingsOn(id);
  const tombstones = await store.tombstonesOn(id);
  const named = (value: object): string =>
    Object.entries(value)
      .filter(([key]) => !['ref', 'since', 'copy'].includes(key))
      .map(([key, text]) => `${key} ${names.get(text) ?? (typeof text === 'string' ? text : JSON.stringify(text))}`)
      .join(', ');
  return {
    products: products.map(({ id, content }) => `${names.get(id)} ${content.name}`).toSorted(),
    listings: listings.map((one) => `${refKey(one.ref)}: ${listingsUnderId(one).map(said).join(' | ')}`).toSorted(),
    links: (await store.integrationsOn(id))
      .map(({ productId, ref }) => `${refKey(ref)} = ${names.get(productId)}`)
      .toSorted(),
    lost: tombstones
      .map(({ integration, because }) => `${refKey(integration.ref)} ${names.get(integration.productId)} ${because}`)
      .toSorted(),
    conflicts: (await store.conflictsOn(id)).map((one) => `${refKey(one.ref)} ${named(one)}`).toSorted(),
  };
}

async function everything(store: Store) {
  const products = await productsIn(store);
  return {
    products: products.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    dk: await standing(store, 'dk'),
    se: await standing(store, 'se'),
    links: (await store.integrationsOf(products.map(({ id }) => id))).toSorted((a, b) =>
      refKey(a.ref) < refKey(b.ref) ? -1 : 1,
    ),
  };
}

/** A shop that shows one window after another, read to the end each time. */
async function shownInTurn(
  windows: readonly (readonly Listing[])[],
  inSe: readonly Listing[] = [],
): Promise<TestHarness> {
  const harness = await harnessOf([], inSe);
  await sync(harness, 'se');
  for (const listings of windows) {
    harness.catalogue('dk').listings = listings;
    await sync(harness, 'dk');
  }
  return harness;
}

const past = (shopId: string): fc.Arbitrary<readonly (readonly Listing[])[]> =>
  fc.array(window(shopId), { minLength: 0, maxLength: 3 });

export const properties: readonly ModelProperty[] = [
  {
    name: 'a product has one integration in a shop, and a listing belongs to one product',
    property: fc.asyncProperty(past('dk'), window('dk'), async (before, now) => {
      const { store } = await shownInTurn([...before, now]);
      const links = await linksIn(store, 'dk');
      assert.equal(new Set(links.map(({ productId }) => productId)).size, links.length);
      assert.equal(new Set(links.map(({ ref }) => refKey(ref))).size, links.length);
      const shown = new Set(now.filter(({ activity }) => activity === 'active').map(({ ref }) => refKey(ref)));
      for (const { ref } of links) assert.ok(shown.has(refKey(ref)), `linked at ${refKey(ref)}, which is not for sale`);
    }),
  },
  {
    name: 'every active listing has a link or a conflict that says why not',
    property: fc.asyncProperty(past('dk'), window('dk'), async (before, now) => {
      const { store } = await shownInTurn([...before, now]);
      const conflicts = await store.conflictsOn(toShopId('dk'));
      const answered = new Set([...(await linksIn(store, 'dk')), ...conflicts].map(({ ref }) => refKey(ref)));
      const active = now.filter(({ activity }) => activity === 'active');
      for (const { ref } of active) assert.ok(answered.has(refKey(ref)), `neither link nor conflict at ${refKey(ref)}`);
    }),
  },
  {
    name: 'every thing that a shop shows by an item number is a product',
    property: fc.asyncProperty(past('dk'), window('dk'), async (before, now) => {
      const { store } = await shownInTurn([...before, now]);
      const listings = (await store.listingsOn(toShopId('dk'))).flatMap(listingsUnderId);
      const known = new Set(
        listings.filter(({ goneAt }) => goneAt === undefined).map((one) => `${refKey(one.ref)} ${one.sku}`),
      );
      for (const one of now)
        assert.ok(known.has(`${refKey(one.ref)} ${one.sku}`), `${one.sku} at ${refKey(one.ref)} is forgotten`);
    }),
  },
  {
    name: 'what one shop says leaves the other alone',
    property: fc.asyncProperty(past('dk'), window('se'), window('dk'), async (before, inSe, now) => {
      const harness = await shownInTurn(before, inSe);
      const links = async () => (await linksIn(harness.store, 'se')).map(({ ref }) => refKey(ref)).toSorted();
      const was = await links();
      harness.catalogue('dk').listings = now;
      await sync(harness, 'dk');
      assert.deepEqual(await links(), was);
    }),
  },
  {
    name: 'looking twice changes nothing',
    property: fc.asyncProperty(past('dk'), window('se'), window('dk'), async (before, inSe, now) => {
      const harness = await shownInTurn([...before, now], inSe);
      const was = await everything(harness.store);
      await sync(harness, 'dk');
      const happened = await harness.store.history({ limit: 100 });
      const newest = happened.slice(
        0,
        happened.findIndex(({ type }, place) => place > 0 && type === 'run-finished'),
      );
      assert.deepEqual(
        newest.map(({ type }) => type),
        ['run-finished'],
      );
      assert.deepEqual(await everything(harness.store), was);
    }),
  },
  {
    name: 'the order of pages does not matter',
    property: fc.asyncProperty(
      fc.array(
        window('dk').chain((listings) =>
          fc.tuple(
            fc.constant(listings),
            fc.shuffledSubarray([...listings], { minLength: listings.length, maxLength: listings.length }),
            fc.integer({ min: 1, max: 5 }),
          ),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      window('se'),
      async (readings, inSe) => {
        const one = await shownInTurn([], inSe);
        const other = await shownInTurn([], inSe);
        for (const [inOrder, shuffled, pageSize] of readings) {
          one.catalogue('dk').listings = inOrder;
          other.catalogue('dk').listings = shuffled;
          other.catalogue('dk').pageSize = pageSize;
          await sync(one, 'dk');
          await sync(other, 'dk');
          assert.deepEqual(await standing(other.store, 'dk'), await standing(one.store, 'dk'));
        }
      },
    ),
  },
  {
    name: 'no product is ever deleted',
    property: fc.asyncProperty(fc.array(window('dk'), { minLength: 2, maxLength: 4 }), async (windows) => {
      const harness = await harnessOf([]);
      let known: readonly string[] = [];
      for (const listings of windows) {
        harness.catalogue('dk').listings = listings;
        await sync(harness, 'dk');
        const now = (await productsIn(harness.store)).map(({ id }) => id);
        for (const id of known)
          assert.ok(
            now.some((one) => one === id),
            `${id} is gone`,
          );
        known = now;
      }
    }),
  },
  {
    name: 'an interrupted sync, run again, ends where an uninterrupted one does',
    property: fc.asyncProperty(
      past('dk'),
      window('dk'),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
      async (before, now, stops) => {
        const whole = await shownInTurn(before);
        const cut = await shownInTurn(before);
        whole.catalogue('dk').listings = now;
        cut.catalogue('dk').listings = now;
        await sync(whole, 'dk');
        for (const page of stops) {
          cut.catalogue('dk').stopAtPage = page;
          await sync(cut, 'dk');
        }
        cut.catalogue('dk').stopAtPage = undefined;
        await sync(cut, 'dk');
        assert.deepEqual(await standing(cut.store, 'dk'), await standing(whole.store, 'dk'));
      },
    ),
  },
];

/** Laws about what a shop may say on a bad day. */
export const unkindProperties: readonly ModelProperty[] = [
  {
    name: 'what cannot be read loses no link',
    property: fc.asyncProperty(
      past('dk'),
      window('dk'),
      window('dk'),
      fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      fc.boolean(),
      async (before, then, now, ids, full) => {
        const harness = await shownInTurn([...before, then]);
        const catalogue = harness.catalogue('dk');
        catalogue.unreadable = new Set(ids.map(String));
        const unread = async (): Promise<readonly string[]> =>
          (await linksIn(harness.store, 'dk'))
            .filter(({ ref }) => catalogue.unreadable.has(ref.shopProductId))
            .map(({ ref, productId }) => `${refKey(ref)} = ${productId}`)
            .toSorted();
        const was = await unread();
        catalogue.listings = now;
        if (full) await sync(harness, 'dk');
        else await harness.services.sync.run({ shopIds: [dk.id] }, never);
        for (const id of ids) await harness.services.fetch.run({ asked: [String(id)], shopIds: [dk.id] }, never);
        const still = await unread();
        assert.deepEqual(
          was.filter((link) => !still.includes(link)),
          [],
        );
      },
    ),
  },
  {
    name: 'no link goes or moves on the word of another shop',
    property: fc.asyncProperty(window('dk'), window('dk'), fc.integer({ min: 0, max: 3 }), async (then, now, at) => {
      const harness = await shownInTurn([then]);
      const catalogue = harness.catalogue('dk');
      const links = async () =>
        (await linksIn(harness.store, 'dk')).map(({ ref, productId }) => `${refKey(ref)} = ${productId}`);
      const was = (await links()).toSorted();
      let asked = 0;
      catalogue.onPage = () => {
        if (asked === at) Object.assign(catalogue, { identity: 'https://klon.example', listings: now });
        asked += 1;
      };
      await harness.services.sync.run({ shopIds: [dk.id], full: true }, never);
      harness.clock.advance(120_000);
      Object.assign(catalogue, { identity: 'https://klon.example', listings: now });
      for (const sku of ['A', 'B', 'C', 'D'])
        await harness.services.fetch.run({ asked: [sku], shopIds: [dk.id] }, never);
      assert.deepEqual((await links()).toSorted(), was);
    }),
  },
  {
    name: 'an EAN on several item numbers of one shop joins nothing, and what follows a shop has its EAN',
    property: fc.asyncProperty(window('se'), window('dk'), async (inSe, inDk) => {
      const { store } = await shownInTurn([inDk], inSe);
      const links = await linksIn(store, 'dk');
      const products = new Map((await productsIn(store)).map((product) => [product.id, product]));
      const fronts = await Promise.all(['dk', 'se'].map((shopId) => store.listingsOn(toShopId(shopId))));
      for (const { ref, productId } of links) {
        const product = products.get(productId)!;
        const listing = fronts[0]!.find((one) => refKey(one.ref) === refKey(ref))!;
        const contested = (await store.conflictsAt([ref])).length > 0;
        if (!contested && product.contentFrom && refKey(product.contentFrom) === refKey(ref))
          assert.equal(product.gtin, listing.gtin);
        if (listing.sku === undefined || product.sku === listing.sku || product.sku === undefined) continue;
        for (const listings of fronts) {
          const alike = listings.filter(({ gtin, sku }) => gtin === listing.gtin && sku !== undefined);
          assert.ok(new Set(alike.map(({ sku }) => sku)).size < 2, `${listing.sku} was joined to ${product.sku}`);
        }
      }
    }),
  },
  {
    name: "no push overwrites a figure that is not the plan's",
    property: fc.asyncProperty(
      window('dk'),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }),
      async (inDk, counted, sold) => {
        const harness = await shownInTurn([inDk]);
        for (const [place, { id }] of (await productsIn(harness.store)).entries())
          await harness.services.stock.set(id, counted[place % 10]!);
        for (const round of [0, 1]) {
          const plan = await harness.services.push.plan({});
          const catalogue = harness.catalogue('dk');
          catalogue.written.length = 0;
          catalogue.onPush = () => {
            catalogue.listings = catalogue.listings.map((listing, place) => {
              const left = sold[(place + round) % 10]!;
              return left > 6 ? listing : { ...listing, stock: { tracked: true, quantity: left } };
            });
          };
          await harness.services.push.apply({ planId: plan.id, yes: countGuards(plan.rows) }, never);
          for (const { key, was } of catalogue.written) {
            const row = plan.rows.find(({ ref }) => ref !== undefined && refKey(ref) === key);
            assert.equal(was, row?.shopHad ?? row?.lastSent);
          }
          harness.clock.advance(60_000);
        }
      },
    ),
  },
];

/** Tries a property in so many runs; fast-check names the seed and the path of a failure. */
export const holds = (property: ModelProperty, seed: number, numRuns: number): Promise<void> =>
  fc.assert(property.property, { seed, numRuns });
