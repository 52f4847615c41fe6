import type { Random } from '../../src/demo/seeded-random.ts';
import { type Changes, keyOf, placeKey, refKey } from '../../src/domain/changes.ts';
import type { Conflict, Ruling } from '../../src/domain/conflict.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import {
  type Instant,
  type ProductId,
  parseGtin,
  toActId,
  toProductId,
  toRunId,
  toShopId,
  toSku,
} from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  instant,
  makeContent,
  makeIntegration,
  makeListing,
  makeLocationStock,
  makeMark,
  makeProduct,
  makeSale,
  makeShop,
  makeTombstone,
  mette,
  program,
  refTo,
} from '../support/builders.ts';

/** The moment at which lists are asked for: some marks have run out by then, others not. */
export const asked = instant('2026-11-26T08:00:00.000Z');

export const shopIds = ['dk', 'no', 'se', 'de'] as const;
export const productIds = Array.from({ length: 12 }, (_, n) => toProductId(`p${n}`));
const ids = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const names = ['Hue', 'Hue 7', 'Æblegrød på glas', 'Lyskæde, 10 m', 'Telt'];
const gtins = ['5701234567899', '4006381333931'].flatMap((text) => parseGtin(text) ?? []);
const moments: readonly Instant[] = ['01', '12', '24', '27'].map((day) => instant(`2026-11-${day}T08:00:00.000Z`));

/** A change at random to few records, so that they meet; it may break a law. */
export function randomChanges({ below, pick }: Pick<Random, 'below' | 'pick'>): Changes {
  const some = <Row>(make: () => Row, most = 3): Row[] => Array.from({ length: below(most + 1) }, make);
  const maybe = <Value>(value: () => Value): Value | undefined => (below(2) === 0 ? value() : undefined);
  const sku = () => toSku(`S-${below(14)}${below(4) === 0 ? '-dk' : ''}`);
  const ref = () =>
    refTo(
      pick(shopIds),
      pick(ids),
      maybe(() => pick(['1', '2'])),
    );
  const product = () => pick(productIds);
  const listing = () =>
    makeListing({
      ref: ref(),
      sku: maybe(sku),
      gtin: maybe(() => pick(gtins)),
      activity: pick(['active', 'active', 'draft', 'archived']),
      sellable: pick(['unit', 'unit', 'parent', 'not-stocked']),
      content: makeContent({ name: pick(names) }),
      stock: pick([
        { tracked: true, quantity: below(4) },
        { tracked: false },
        { tracked: true },
        { tracked: true, quantity: 1.5 },
        { tracked: true, quantity: 2, heldByParent: true },
        { tracked: true, quantity: 3, locations: [{ id: 'L1', quantity: below(4) }, { id: 'L2' }] },
        { tracked: true, quantity: 3, locations: [{ id: 'L2', quantity: below(3) }] },
      ]),
      listedAt: maybe(() => pick(moments)),
      seenIn: maybe(() => toRunId(`run-${below(2)}`)),
      goneAt: below(5) === 0 ? pick(moments) : undefined,
      offShow: below(5) === 0 ? true : undefined,
      unbuyable: below(9) === 0 ? [{ why: 'no-price', shopSays: '0' }] : undefined,
    });
  const conflict = (): Conflict => {
    const where = { ref: ref(), since: pick(moments) };
    const [holder, claimant] = [product(), product()];
    return pick<Conflict>([
      { ...where, kind: 'shop-id-taken', holder, claimant },
      { ...where, kind: 'sku-changed', holder, sku: sku() },
      { ...where, kind: 'product-taken', product: holder, other: ref() },
      { ...where, kind: 'ambiguous', candidates: [holder, claimant] },
    ]);
  };
  const ruling = (): Ruling => {
    const of = { ref: ref(), at: pick(moments), by: 'mette' };
    return pick<Ruling>([
      { ...of, kind: 'not-the-same', productId: product() },
      { ...of, kind: 'keep', settled: 'ambiguous', between: ['a', 'b'] },
    ]);
  };
  const integration = () =>
    makeIntegration({
      productId: product(),
      ref: ref(),
      pushed: maybe(() => ({
        quantity: below(4),
        at: pick(moments),
        locations: maybe(() => ['L1', 'L2'].map((id) => ({ id, quantity: below(3), at: pick(moments) }))),
      })),
    });
  const shop = () =>
    makeShop({
      id: toShopId(pick(shopIds)),
      negative: pick(['send', 'hold-at-zero']),
      ...pick([
        { locations: maybe(() => pick([['A'], ['A', 'B']])) },
        { shopLocations: [{ id: 'L1', from: ['A'] }, ...(maybe(() => [{ id: 'L2', from: ['B*'] }]) ?? [])] },
      ]),
      owner: maybe(() => maybe(() => pick([{ name: 'Ejer', skuPostfix: '-dk' }]))),
      addedAt: pick(moments),
      identity: maybe(() => 'https://dk.example'),
      formerly: maybe(() => ({ identity: maybe(() => 'https://dk.example'), since: maybe(() => pick(moments)) })),
    });
  const event = (): DomainEvent => ({
    at: pick(moments),
    by: pick([mette, program]),
    actId: maybe(() => toActId(`act-${below(5)}`)),
    type: 'integration-created',
    integration: integration(),
  });
  const place = () => placeKey(product(), toShopId(pick(shopIds)));
  return {
    put: {
      shops: below(12) === 0 ? [shop()] : [],
      products: some(() =>
        makeProduct({
          id: product(),
          sku: maybe(sku),
          gtin: maybe(() => pick(gtins)),
          content: makeContent({ name: pick(names) }),
          contentFrom: maybe(ref),
          createdAt: pick(moments),
          stock: { onHand: below(5), reserved: below(3) },
        }),
      ),
      stockLevels: some(() =>
        makeLocationStock({ productId: product(), location: pick(['A', 'B', 'C']), available: below(4) }),
      ),
      listings: some(listing).map((front) =>
        below(4) === 0 ? { ...front, beside: [{ ...listing(), ref: front.ref }] } : front,
      ),
      integrations: some(integration, 2),
      tombstones: some(() => makeTombstone({ integration: integration(), at: pick(moments) }), 1),
      conflicts: some(conflict, 1),
      rulings: some(ruling, 1),
      sales: some(() => makeSale({ ref: ref(), at: pick(moments) })),
      marks: some(() =>
        makeMark({
          productId: product(),
          shopId: maybe(() => toShopId(pick(shopIds))),
          kind: pick(['not-for-this-shop', 'note', 'ticked']),
          until: maybe(() => pick(moments)),
          at: pick(moments),
        }),
      ),
    },
    drop: {
      shops: below(40) === 0 ? [pick(shopIds)] : [],
      products: below(6) === 0 ? [product()] : [],
      stockLevels: some(() => keyOf.stockLevels(makeLocationStock({ productId: product(), location: 'A' })), 1),
      listings: some(() => refKey(ref()), 1),
      integrations: some(place, 2),
      tombstones: some(place, 1),
      conflicts: some(() => refKey(ref()), 1),
      marks: some(() => keyOf.marks(makeMark({ productId: product(), kind: 'not-for-this-shop' })), 1),
    },
    events: some(event),
  };
}

/** Other figures at random for what a store holds already, in one shop: what a sync and a push write. */
export async function randomFigures({ below, pick }: Pick<Random, 'below' | 'pick'>, store: Store): Promise<Changes> {
  const shopId = toShopId(pick(shopIds));
  const some = <Row>(rows: readonly Row[]): readonly Row[] => rows.filter(() => below(3) === 0);
  const listings = some(await store.listingsOn(shopId)).map((one) =>
    pick([
      { ...one, stock: { tracked: true, quantity: below(4) } },
      { ...one, stock: { tracked: true, locations: [{ id: 'L1', quantity: below(4) }] } },
      { ...one, listedAt: pick(moments), seenIn: toRunId(`run-${below(2)}`) },
      { ...one, offShow: below(2) === 0 ? (true as const) : undefined, stock: { tracked: false } },
    ]),
  );
  const integrations = some(await store.integrationsOn(shopId)).map((one) => ({
    ...one,
    pushed: below(2) === 0 ? { quantity: below(4), at: pick(moments) } : undefined,
  }));
  const moved = below(2) === 0 ? integrations.map(keyOf.integrations) : [];
  return { put: { listings, integrations }, drop: { integrations: moved }, events: [] };
}

/** Everything that a store can be asked, with answers that keep no order put in order. */
export async function answersOf(store: Store): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  const set = (rows: readonly unknown[]): readonly string[] =>
    rows.map((row) => JSON.stringify(row, sorted)).toSorted();
  const refs = shopIds.flatMap((shop) =>
    ids.flatMap((id) => [refTo(shop, id), refTo(shop, id, '1'), refTo(shop, id, '2')]),
  );
  const skus = Array.from({ length: 14 }, (_, n) => toSku(`S-${n}`));
  const unsoldBefore = new Map([[toShopId('dk'), moments[1] ?? asked]]);
  found.counts = { ...(await store.counts()), shops: set((await store.counts()).shops) };
  found.products = set(await store.products(productIds));
  found.productPages = (await store.productPage({ limit: 100 })).length;
  found.bySku = set(await store.productsBy({ skus, gtins }));
  found.levels = set(await store.stockLevelsOf(productIds));
  found.locations = await store.stockLocations({ limit: 10 });
  found.near = set(await store.productsNear(['s 1', 's3']));
  found.from = set(await store.productsFrom(refs));
  found.listingsBy = set(await store.listingsBy({ skus, gtins }));
  found.listingsNear = set(await store.listingsNear(['s 1', 's3']));
  found.at = set(await store.integrationsAt(refs));
  found.of = set(await store.integrationsOf(productIds));
  found.tombstones = set([...(await store.tombstonesAt(refs)), ...(await store.tombstonesOf(productIds))]);
  found.conflicts = set([...(await store.conflictsAt(refs)), ...(await store.conflictsOf(productIds))]);
  found.rulings = set(await store.rulingsAt(refs));
  found.sales = set(await store.salesAt(refs));
  found.marks = set([...(await store.marks()), ...(await store.marksOf(productIds))]);
  found.conflictPages = await inPages<Conflict>((after) => store.conflictPage({ after, limit: 3 }));
  found.candidates = await inPages<ProductId>((after) =>
    store.inactiveCandidates({ after, unsoldBefore, at: asked, limit: 3 }),
  );
  const { any, linked } = await store.inStock();
  found.inStock = { any, linked: set([...linked]) };
  found.ofProducts = (await store.history({ productIds: productIds.slice(0, 3), limit: 7 })).map(({ actId }) => actId);
  found.history = (await store.history({ limit: 1_000 })).map(({ seq }) => seq).length;
  found.acts = (await store.acts({ limit: 100 })).map(({ actId, events, types }) => [
    actId.startsWith('#') ? '#' : actId,
    events,
    types,
  ]);
  found.ofMette = (await store.acts({ by: mette, limit: 3 })).length;
  found.act = (await store.eventsOf({ actId: toActId('act-1'), limit: 1_000 })).length;
  for (const text of ['hue', 'HUE 7', 'lys 10', 's-1', '5712345', 'telt', '1', 'nowhere']) {
    const hits = await store.search({ text, limit: 1_000 });
    found[`search ${text}`] = set(hits.map(({ productId, ref, how }) => [productId ?? ref, how]));
  }
  for (const shop of shopIds) {
    const shopId = toShopId(shop);
    found[`${shop} on`] = [
      set(await store.integrationsOn(shopId)),
      set(await store.listingsOn(shopId)),
      set(await store.conflictsOn(shopId)),
      set(await store.tombstonesOn(shopId)),
    ];
    found[`${shop} links`] = await inPages((after: { productId: (typeof productIds)[number] } | undefined) =>
      store.integrationPage({ shopId, after: after?.productId, limit: 2 }),
    );
    const paged = (ask: typeof store.listingPage) =>
      inPages((after: { ref: ReturnType<typeof refTo> } | undefined) => ask({ shopId, after: after?.ref, limit: 3 }));
    found[`${shop} listings`] = await paged(store.listingPage);
    found[`${shop} open`] = await paged(store.openListings);
    found[`${shop} unsent`] = await inPages<ProductId>((after) => store.unsentProducts({ shopId, after, limit: 3 }));
    found[`${shop} variants`] = await paged((request) => store.unseenVariants({ ...request, runId: toRunId('run-1') }));
    found[`${shop} unseen`] = await paged((request) => store.unseenListings({ ...request, runId: toRunId('run-1') }));
    for (const filter of ['all', 'linked', 'missing', 'conflict', 'stock-differs'] as const) {
      for (const text of ['', 'hue 7', 'LYSK', 's', '57123']) {
        const page = await store.shopLines({ shopId, filter, text, at: asked, offset: 1, limit: 4 });
        // A text that is too short to be looked up is counted only as far as the page goes.
        found[`${shop} ${filter} ${text}`] = text === 's' ? page.lines : page;
      }
    }
  }
  return found;
}

async function inPages<Row>(ask: (after: Row | undefined) => Promise<readonly Row[]>): Promise<readonly string[]> {
  const all: Row[] = [];
  for (let page = await ask(undefined); page.length > 0; page = await ask(all.at(-1))) {
    all.push(...page);
    if (all.length > 10_000) throw new Error('pages without end');
  }
  return all.map((row) => JSON.stringify(row, sorted));
}

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
